// Services that fetch tokens all the while and verify each with jose, and tell at the end what happened to them.
// First line on stdin: { id, key, path, issuer, audience, gateway, silos: [url], rate, tolerance }, where rate is tokens a second,
// all together, and tolerance the seconds by which clocks may differ.
// Then lines { op: "report" } and { op: "stop" }, each answered by one line. Nothing that is told has a token in it.
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';

const Workers = 2; // at each address
const RequestPatience = 15_000;
const PublishedWithin = 2_000; // by every silo, is promised for what one of them was told
const Unheard = 10_000; // after which a key that a silo does not publish is missing there
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const setup = JSON.parse((await lines.next()).value);
const authorization = `Basic ${Buffer.from(`${setup.id}:${setup.key}`).toString('base64')}`;
const jwksPath = setup.path.replace('/oauth2/token', '/.well-known/jwks.json');
const addresses = { gateway: setup.gateway, ...Object.fromEntries(setup.silos.map((url, n) => [`silo-${n + 1}`, url])) };

// What goes on beside the workers.
const beside = new Set();
const track = (work) => { const all = work.finally(() => beside.delete(all)); beside.add(all); };

const reason = (error) => [error.code ?? error.name, error.cause?.code ?? error.cause?.message, error.message].filter(Boolean).join(': ').slice(0, 300);
const now = () => new Date().toISOString();
const some = (list, entry) => { if (list.filter(({ target }) => target === entry.target).length < 20) list.push(entry); };

// --- how long nobody answered, and who answered what --------------------------------------------------------------------
const targets = Object.fromEntries(Object.keys(addresses).map((name) => [name, {
  issued: 0, verified: 0, unknownAtFirst: 0, rejected: 0, failed: 0, slowestMs: 0, gap: gap(), keySets: 0, keySetsFailed: 0, keySetGap: gap(),
}]));
const failures = [], rejections = [], strangers = [];

function gap() {
  let last = performance.now(), longest = 0, since = now(), from = now();
  const look = () => { const length = performance.now() - last; if (length > longest) [longest, since] = [length, from]; };
  return { answered() { look(); last = performance.now(); from = now(); }, toJSON() { look(); return { ms: Math.round(longest), since }; } };
}

// --- verifying, as services do -----------------------------------------------------------------------------------------
// One that knows nothing but the issuer, and has its own idea of how often it asks for keys.
const known = createRemoteJWKSet(new URL(jwksPath, setup.gateway));
const expected = { issuer: setup.issuer, audience: setup.audience, typ: 'at+jwt', clockTolerance: setup.tolerance, requiredClaims: ['iss', 'sub', 'aud', 'client_id', 'iat', 'exp', 'jti'] };
const unverified = new Set(); // tokens for which no key set was to be had at the time

async function verify(token, target) {
  try {
    await jwtVerify(token, known, expected);
  } catch (error) {
    if (error.code?.startsWith('ERR_JWT_')) return reject(target, token, error);
    // A key that it has not heard of and may not ask for again so soon, or no answer: what is published decides.
    targets[target].unknownAtFirst++;
    const began = performance.now();
    for (;;) {
      try {
        await jwtVerify(token, createLocalJWKSet(await fetchKeys(addresses.gateway)), expected);
        break;
      } catch (refusal) {
        if (performance.now() - began < PublishedWithin) await pause(50);
        else if (refusal.code) return reject(target, token, refusal);
        else return unverified.add({ token, target });
      }
    }
  }
  targets[target].verified++;
}

function reject(target, token, error) {
  targets[target].rejected++;
  some(rejections, { at: now(), target, error: `kid ${decodeProtectedHeader(token).kid}: ${reason(error)}` });
}

async function fetchKeys(address) {
  const answer = await fetch(new URL(jwksPath, address), { signal: AbortSignal.timeout(RequestPatience) });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

// --- every key that signs is published by every silo that answers ------------------------------------------------------------
const kids = new Map();

function meet(kid) {
  if (kids.has(kid)) return;
  kids.set(kid, {});
  for (const [name, address] of Object.entries(addresses)) track(seek(kid, name, address));
}

// Milliseconds until it was published there; null where nobody answered.
async function seek(kid, name, address) {
  const began = performance.now();
  let lacked = 0; // since when it had been met, as far as this one still answers
  while (performance.now() - began < Unheard) {
    try {
      const found = (await fetchKeys(address)).keys.some((key) => key.kid === kid);
      if (found) { kids.get(kid)[name] = Math.round(performance.now() - began); return; }
      lacked = performance.now() - began;
    } catch { /* it is away */ }
    await pause(20);
  }
  kids.get(kid)[name] = null;
  if (lacked > PublishedWithin) some(strangers, { at: now(), target: name, error: `kid ${kid} signs and is not published here` });
}

// --- working -----------------------------------------------------------------------------------------------------------
let working = true;
const every = (1000 * Workers * Object.keys(addresses).length) / setup.rate;

async function inTurns(period, act) {
  let next = performance.now() + period * Math.random();
  while (working) {
    await pause(Math.max(0, next - performance.now()));
    next = Math.max(next + period, performance.now());
    if (working) await act();
  }
}

async function fetchToken(name) {
  const target = targets[name], began = performance.now();
  let token;
  try {
    const answer = await fetch(new URL(setup.path, addresses[name]), {
      method: 'POST', headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' }, body: 'grant_type=client_credentials',
      signal: AbortSignal.timeout(RequestPatience),
    });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${body}`);
    token = JSON.parse(body).access_token;
  } catch (error) {
    target.failed++;
    some(failures, { at: now(), target: name, error: `token: ${reason(error)}` });
    return;
  }
  target.issued++;
  target.gap.answered();
  target.slowestMs = Math.max(target.slowestMs, Math.round(performance.now() - began));
  meet(decodeProtectedHeader(token).kid);
  track(verify(token, name));
}

async function fetchKeySet(name) {
  try {
    await fetchKeys(addresses[name]);
    targets[name].keySets++;
    targets[name].keySetGap.answered();
  } catch (error) {
    targets[name].keySetsFailed++;
    some(failures, { at: now(), target: name, error: `key set: ${reason(error)}` });
  }
}

const work = Object.keys(addresses).flatMap((name) => [
  ...Array.from({ length: Workers }, () => inTurns(every, () => fetchToken(name))),
  inTurns(200, () => fetchKeySet(name)),
]);

const report = () => ({ targets, failures, rejections, strangers, unverified: unverified.size, kids: Object.fromEntries(kids) });

for await (const line of lines) {
  if (JSON.parse(line).op === 'stop') {
    working = false;
    const gaps = JSON.parse(JSON.stringify(targets)); // before the last ones are waited for
    await Promise.all(work);
    await Promise.all(beside);
    for (const each of [...unverified]) { unverified.delete(each); await verify(each.token, each.target); }
    for (const [name, target] of Object.entries(targets)) Object.assign(target, { gap: gaps[name].gap, keySetGap: gaps[name].keySetGap });
  }
  process.stdout.write(`${JSON.stringify(report())}\n`);
}
process.exit();

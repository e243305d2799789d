// Verifies access tokens and kill lists with jose. One question a line on stdin, one answer a line on stdout, in the same order.
import { createInterface } from 'node:readline';
import { createLocalJWKSet, createRemoteJWKSet, exportSPKI, importJWK, jwtVerify } from 'jose';

const local = new Map();
const remote = new Map();
const once = (map, key, make) => map.get(key) ?? map.set(key, make()).get(key);

const options = ({ issuer, audience, now }) => ({
  issuer,
  audience,
  typ: 'at+jwt',
  requiredClaims: ['iss', 'sub', 'aud', 'client_id', 'iat', 'exp', 'jti'],
  ...(now !== undefined && { currentDate: new Date(now * 1000) }),
});

const keysOf = (issuer) => once(remote, issuer, async () => {
  const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  if (metadata.issuer !== issuer) throw new Error(`the metadata's issuer is ${metadata.issuer}`);
  return createRemoteJWKSet(new URL(metadata.jwks_uri));
});

const questions = {
  // { jwks: text, token, issuer, audience, now }
  local: async (q) => {
    await jwtVerify(q.token, once(local, q.jwks, () => createLocalJWKSet(JSON.parse(q.jwks))), options(q));
  },

  // { issuer, token, audience, now? }: knows nothing but the issuer
  remote: async (q) => {
    await jwtVerify(q.token, await keysOf(q.issuer), options(q));
  },

  // { issuer, list } → its claims
  list: async (q) => (await jwtVerify(q.list, await keysOf(q.issuer), {
    issuer: q.issuer, typ: 'revocations+jwt', requiredClaims: ['iat', 'exp', 'number', 'revoked'],
  })).payload,

  // { jwks: text } → the keys as PEM
  pem: async (q) => Promise.all(JSON.parse(q.jwks).keys.map(async (jwk) => exportSPKI(await importJWK(jwk)))),
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = { ok: true, value: (await questions[question.op](question)) ?? null };
  } catch (error) {
    answer = { ok: false, error: `${error.code ?? error.name}: ${error.message}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

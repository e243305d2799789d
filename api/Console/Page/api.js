// The API, and the one place that knows the credential: a variable of this module, gone with the page.

const base = new URL("../", document.baseURI);
let credential = null;
let whenRefused = () => {};

/** What the server answers instead (RFC 9457), or that it did not. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body.message ?? `The server answered ${status}.`);
    this.status = status;
    this.errorId = body.error_id ?? null;
    this.fields = body.fields ?? [];
    this.retryAfter = retryAfter;
  }
}

export function onRefusal(listener) {
  whenRefused = listener;
}

/** Takes a credential when the API does. */
export async function signIn(text) {
  credential = headerOf(text.trim());
  try {
    return await call("GET", "api/v1/admin/cluster", { quiet: true });
  } catch (problem) {
    credential = null;
    throw problem;
  }
}

export function signOut() {
  credential = null;
}

/** Three parts with dots between them are a JWT; no admin key has dots. */
function headerOf(text) {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text) ? { Authorization: `Bearer ${text}` } : { "X-Admin-Key": text };
}

/** In a page that came over plain HTTP there is no crypto.randomUUID. */
export function newIdempotencyKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
}

export function path(...parts) {
  return parts.map((part, n) => n === 0 ? part : encodeURIComponent(part)).join("/");
}

/** Sends the request; answers that are no success become a Problem. */
export async function send(method, address, { query = {}, body, once, signal, accept = () => false, quiet = false } = {}) {
  const url = new URL(address, base);
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== "") url.searchParams.set(name, value);
  const headers = { ...credential };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (once) headers["Idempotency-Key"] = once;

  let answer;
  try {
    answer = await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal, cache: "no-store", credentials: "omit", redirect: "error" });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new Problem(0, { message: "The server can't be reached." });
  }
  if (answer.ok || accept(answer.status)) return answer;

  const said = await answer.json().catch(() => ({}));
  const problem = new Problem(answer.status, said, Number(answer.headers.get("Retry-After")) || null);
  if (answer.status === 401 && !quiet) whenRefused(problem);
  throw problem;
}

export async function call(method, address, options) {
  const answer = await send(method, address, options);
  return answer.status === 204 ? null : await answer.json();
}

export const get = (address, options) => call("GET", address, options);

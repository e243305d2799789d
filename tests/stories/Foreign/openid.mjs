// Gets tokens with openid-client, knowing nothing but the issuer. One question a line on stdin, one answer a line on stdout.
import https from 'node:https';
import { webcrypto } from 'node:crypto';
import { createInterface } from 'node:readline';
import * as openid from 'openid-client';

// Node.js 18 has these, but not where newer ones have them.
globalThis.crypto ??= webcrypto;
globalThis.CryptoKey ??= webcrypto.CryptoKey;

// The fetch of Node.js knows no certificates of clients.
const fetchWith = ({ ca, certificate }) => (url, options) => new Promise((resolve, reject) => {
  const request = https.request(
    url,
    { method: options.method, headers: options.headers, ca, cert: certificate, key: certificate, agent: false },
    (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve(new Response(Buffer.concat(chunks), {
        status: answer.statusCode,
        headers: Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
      })));
    },
  );
  request.on('error', reject);
  request.end(options.body?.toString());
});

const algorithms = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
};
const keys = new Map();

const authentication = {
  private_key_jwt: ({ algorithm, kid }) => openid.PrivateKeyJwt({ key: keys.get(algorithm).privateKey, kid }),
  tls_client_auth: () => openid.TlsClientAuth(),
  self_signed_tls_client_auth: () => openid.TlsClientAuth(),
};

const discover = async (q) => {
  const config = await openid.discovery(
    new URL(q.issuer), q.client, { token_endpoint_auth_method: q.method }, authentication[q.method](q), { [openid.customFetch]: fetchWith(q) },
  );
  const metadata = config.serverMetadata();
  for (const endpoint of ['token', 'introspection', 'revocation']) {
    if (!metadata[`${endpoint}_endpoint_auth_methods_supported`].includes(q.method)) throw new Error(`the metadata does not name ${q.method}`);
  }
  return config;
};

const questions = {
  // { algorithm, kid } → the public key, as a JWK
  key: async ({ algorithm, kid }) => {
    const pair = await crypto.subtle.generateKey(algorithms[algorithm], true, ['sign', 'verify']);
    keys.set(algorithm, pair);
    return { ...await crypto.subtle.exportKey('jwk', pair.publicKey), kid, alg: algorithm };
  },

  // { issuer, client, method, algorithm?, kid?, ca, certificate?, scope } → what the token endpoint answered
  token: async (q) => openid.clientCredentialsGrant(await discover(q), { scope: q.scope }),

  // the same, with { token } → what introspection said of it before and after it was revoked
  revoke: async (q) => {
    const config = await discover(q);
    const before = await openid.tokenIntrospection(config, q.token);
    await openid.tokenRevocation(config, q.token);
    return { before, after: await openid.tokenIntrospection(config, q.token) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = { ok: true, value: await questions[question.op](question) };
  } catch (error) {
    // A 401 with a challenge is an error of its own here; what OAuth has against the request stands in the body.
    const response = error.response ?? error.cause?.response;
    const body = response && !response.bodyUsed ? await response.json() : {};
    answer = { ok: false, error: `${error.error ?? body.error ?? error.code ?? error.name}: ${error.message}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

// An issuer that is not ours: npm's oidc-provider, with one client and one service. One question a line on stdin, one answer a line
// on stdout. The first: { algorithm, client, secret, audience } → its URL. Then { op: 'rotate', drop } → the kid that signs from now on.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { exportJWK, generateKeyPair } from 'jose';

// stdout is for answers, and that it is no production server is meant.
console.info = console.log = console.warn = () => {};
const { default: Provider } = await import('oidc-provider');

const newKey = async (algorithm, kid) => ({
  ...await exportJWK((await generateKeyPair(algorithm, { extractable: true })).privateKey), kid, alg: algorithm, use: 'sig',
});

const providerOf = (issuer, keys, { algorithm, client, secret, audience }) => new Provider(issuer, {
  jwks: { keys },
  clients: [{
    client_id: client, client_secret: secret, token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['client_credentials'], redirect_uris: [], response_types: [], id_token_signed_response_alg: algorithm,
  }],
  scopes: ['orders:read', 'orders:write'],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      getResourceServerInfo: (_, resource) => ({
        scope: 'orders:read orders:write', audience: resource, accessTokenTTL: 300, accessTokenFormat: 'jwt',
        jwt: { sign: { alg: algorithm, kid: keys[0].kid } },
      }),
    },
  },
});

let handle;
const server = createServer((request, response) => handle(request, response));
await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
const issuer = `http://127.0.0.1:${server.address().port}`;
let set;
let keys = [];

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  set ??= question;
  const key = await newKey(set.algorithm, `key-${Date.now()}-${keys.length}`);
  keys = question.drop ? [key] : [key, ...keys];
  handle = providerOf(issuer, keys, set).callback();
  process.stdout.write(`${JSON.stringify({ issuer, kid: key.kid })}\n`);
}
server.close();
server.closeAllConnections();

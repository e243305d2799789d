// npm's oidc-provider as fast as it honestly goes: production mode, nothing kept outside memory, JWT access tokens for one client.
// usage: provider.mjs <algorithm> <port> <processes> <client_id>     the client's secret comes on stdin; says "ready" when it is
import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';

const [algorithm, port, processes, client] = process.argv.slice(2);

if (cluster.isPrimary) {
  const secret = readFileSync(0, 'utf8').trim();
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const key = { ...await exportJWK(privateKey), kid: 'bench', alg: algorithm, use: 'sig' };
  let waiting = Number(processes);
  cluster.on('listening', () => { if (--waiting === 0) process.stdout.write('ready\n'); });
  cluster.on('message', (worker) => worker.send({ key, secret }));
  for (let n = 0; n < Number(processes); n++) cluster.fork();
} else {
  console.info = console.warn = () => {};
  process.on('disconnect', () => process.exit());
  process.once('message', async ({ key, secret }) => {
    const { default: Provider } = await import('oidc-provider');
    const provider = new Provider(`http://127.0.0.1:${port}`, {
      jwks: { keys: [key] },
      clients: [{
        client_id: client, client_secret: secret, token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['client_credentials'], redirect_uris: [], response_types: [], id_token_signed_response_alg: algorithm,
      }],
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => 'https://bench.example',
          getResourceServerInfo: () => ({
            scope: '', audience: 'https://bench.example', accessTokenTTL: 300, accessTokenFormat: 'jwt', jwt: { sign: { alg: algorithm, kid: 'bench' } },
          }),
        },
      },
    });
    createServer(provider.callback()).listen(Number(port), '127.0.0.1');
  });
  process.send('the key and the secret, please');
}

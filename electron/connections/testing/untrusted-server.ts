import https from 'node:https';
import type { AddressInfo } from 'node:net';

import { UNTRUSTED_CERTIFICATE, UNTRUSTED_KEY } from './certificate.ts';

/** A server with TLS whose certificate is signed by itself, and how many requests reached it nevertheless. */
export async function startUntrustedServer(): Promise<{
  address: string;
  requests(): number;
  close(): Promise<void>;
}> {
  let requests = 0;
  const server = https.createServer({ key: UNTRUSTED_KEY, cert: UNTRUSTED_CERTIFICATE });
  server.on('request', () => (requests += 1));
  server.on('upgrade', () => (requests += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

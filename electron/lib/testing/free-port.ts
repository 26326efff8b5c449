import { createServer } from 'node:net';

/** Below what systems hand out to whoever asks for any port, so that nobody gets this one between the look and its use. */
const LOWEST = 10_000;
const HIGHEST = 32_000;

/** A port on 127.0.0.1 that nobody uses at this moment, and that only somebody who names it can take. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

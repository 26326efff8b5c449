import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface BlackHole {
  port: number;
  /** From now on bytes vanish both ways and nothing is closed, as when a cable is cut or a laptop is shut. */
  swallow(): void;
  /** Lets bytes through again. What was open before stays dead and is broken off. */
  release(): void;
  close(): Promise<void>;
}

/** A way to a server of this machine on which both ends can be made to hear nothing of one another. */
export async function startBlackHole(targetPort: number): Promise<BlackHole> {
  const open = new Set<Socket>();
  let swallows = false;

  function keep(socket: Socket): void {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  }

  const server = createServer((near) => {
    keep(near);
    // Taken and never answered, as a firewall that drops does.
    if (swallows) return void near.resume();
    const far = connect(targetPort, '127.0.0.1');
    keep(far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => {
        if (!swallows) to.write(bytes);
      });
      from.on('close', () => {
        if (!swallows) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const breakOff = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    swallow: () => void (swallows = true),
    release() {
      swallows = false;
      breakOff();
    },
    async close() {
      breakOff();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

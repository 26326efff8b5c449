import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps room for whoever has something to say: of more than `most` connections that have sent no request yet, or wait between
 * two, the one that has waited longest goes. Without it a few that are opened and left mute would shut everybody else out.
 */
export function keepRoom(server: Server, most: number): void {
  const waiting = new Set<Socket>();

  function wait(socket: Socket): void {
    if (socket.destroyed) return;
    waiting.add(socket);
    const [longest] = waiting;
    if (waiting.size > most) longest?.destroy();
  }

  server.on('connection', (socket) => {
    socket.on('close', () => waiting.delete(socket));
    wait(socket);
  });
  server.on('request', ({ socket }, response) => {
    waiting.delete(socket);
    response.on('close', () => wait(socket));
  });
}

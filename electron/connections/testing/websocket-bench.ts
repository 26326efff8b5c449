import type { LinkOptions, WebSocketChannel, WebSocketOptions } from '../port.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { startFaultSockets } from './fault-sockets.ts';
import { useLinkBench } from './link-bench.ts';

/** Asks in words, and takes the server's word for an answer. */
export const PING = {
  text: '{"type":"ping"}',
  everyMs: 30_000,
  answerWithinMs: 10_000,
  isAnswer: (text: string) => text.includes('"pong"'),
};

/** The WebSocket link as a whole, against a real server, on a clock that the test moves. */
export function useWebSocketBench() {
  const at = useLinkBench(startFaultSockets);

  function start(
    path: WebSocketOptions['path'],
    socketOptions: Partial<WebSocketOptions> = {},
    overrides: Partial<LinkOptions> = {},
  ): Desk & { channel: WebSocketChannel } {
    const connections = at.connections();
    const channel = connections.websocket({
      baseUrl: at.server.address,
      path,
      allowPlainHttp: false,
      ...socketOptions,
    });
    const desk = startDesk(connections, channel.transport, overrides);
    at.atEnd(() => desk.link.dispose());
    return { ...desk, channel };
  }

  return { at, start };
}

import { createHttp } from './http.ts';
import type { EventStreams } from './http.ts';
import type { ConnectionsOptions, ConnectionsPort, HttpPort, NetworkRoute } from './port.ts';
import { createSocketIoChannel } from './socket-io.ts';
import { createSseTransport } from './sse.ts';
import { superviseLink } from './supervisor.ts';
import { createWebSocketChannel } from './websocket.ts';

/** Makes links and requests that share one clock. Holds nothing open by itself: each part is disposed by whoever made it. */
export function createConnections(options: ConnectionsOptions, route: NetworkRoute = {}): ConnectionsPort {
  const streams = new WeakMap<HttpPort, EventStreams>();
  return {
    by: (wanted) => createConnections(options, wanted),
    http(httpOptions) {
      const http = createHttp(httpOptions, options.clock, route);
      streams.set(http, http);
      return http;
    },
    sse(http, path) {
      const source = streams.get(http);
      if (source === undefined) throw new TypeError('sse() needs an HttpPort that these connections made');
      return createSseTransport(source, path);
    },
    websocket: (socketOptions) => createWebSocketChannel(socketOptions, options.clock, route),
    socketIo: (socketOptions) => createSocketIoChannel(socketOptions, options.clock, route),
    link: (linkOptions) => superviseLink(linkOptions, options),
  };
}

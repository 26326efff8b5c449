import type { HttpPort, LinkOptions, PathSource } from '../port.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { startFaultServer } from './fault-server.ts';
import { useLinkBench } from './link-bench.ts';

interface StreamDesk extends Desk {
  http: HttpPort;
}

/** The SSE link as a whole: supervisor, transport, decoder and HTTP against a real server, on a clock that the test moves. */
export function useSseBench() {
  const at = useLinkBench(startFaultServer);

  function start(path: PathSource, overrides: Partial<LinkOptions> = {}): StreamDesk {
    const connections = at.connections();
    const http = connections.http({
      baseUrl: at.server.address,
      allowPlainHttp: false,
      budget: { limit: 60, windowMs: 60_000, keptForPanic: 5, keptForDecisions: 10 },
    });
    const link = { budget: () => http.budget(), ...overrides };
    const desk = { ...startDesk(connections, connections.sse(http, path), link), http };
    at.atEnd(() => {
      desk.link.dispose();
      http.dispose();
    });
    return desk;
  }

  return { at, start };
}

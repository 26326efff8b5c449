import { afterEach, beforeEach, expect } from 'vitest';

import type { LinkStatus } from '#shared/domain/backends/link.ts';

import { createManualClock } from '../../lib/clock.ts';
import type { ManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { createConnections } from '../connections.ts';
import type { ConnectionsPort } from '../port.ts';
import type { Desk } from './desk.ts';
import { codeOf } from './desk.ts';

interface BenchServer {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * For each test a server of its own and a clock that it moves; at its end no timer is left on that clock. `quiet` waits for what else has
 * to be over by then, once the links are disposed.
 */
export function useLinkBench<Server extends BenchServer>(
  startServer: (port?: number) => Promise<Server>,
  quiet: (server: Server) => Promise<void> = () => Promise.resolve(),
) {
  let server: Server;
  let clock: ManualClock;
  let ends: (() => void)[] = [];

  beforeEach(async () => {
    server = await startServer();
    clock = createManualClock();
    ends = [];
  });
  afterEach(async () => {
    for (const end of ends) end();
    expect(clock.pending()).toBe(0);
    await quiet(server);
    await server.close();
  });

  return {
    get server(): Server {
      return server;
    },
    get clock(): ManualClock {
      return clock;
    },
    connections: (): ConnectionsPort => createConnections({ clock, log: silentLogger, random: () => 0 }),
    atEnd(end: () => void): void {
      ends.push(end);
    },
    /** A link does not come about, with that cause, and is tried again and again. */
    async triedForEver(desk: Desk, code: string): Promise<void> {
      expect(codeOf(await desk.next('waiting'))).toBe(code);
      for (let attempt = 2; attempt <= 4; attempt += 1) {
        const lost = desk.next('waiting');
        await desk.retry(clock);
        expect(codeOf(await lost)).toBe(code);
      }
    },
    /** A live link loses its server, is refused once, and finds it again at the same port. Answers how it is then. */
    async goneAndBack(desk: Desk): Promise<LinkStatus> {
      await desk.next('live');
      const lost = desk.next('waiting');
      const { port } = new URL(server.address);
      await server.close();
      expect(codeOf(await lost)).toBe('closed');
      const refused = desk.next('waiting');
      await desk.retry(clock);
      expect(codeOf(await refused)).toBe('refused');
      server = await startServer(Number(port));
      const live = desk.next('live');
      await desk.retry(clock);
      return live;
    },
  };
}

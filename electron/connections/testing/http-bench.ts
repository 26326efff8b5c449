import { afterEach, beforeEach, expect } from 'vitest';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { createHttp } from '../http.ts';
import type { HttpOptions, HttpPort, HttpRequest } from '../port.ts';
import { HttpFailure } from '../port.ts';
import type { FaultServer } from './fault-server.ts';
import { startFaultServer } from './fault-server.ts';

/** Requests to a real server, on a clock that the test moves. */
export interface HttpBench {
  /** The server of the test at hand. */
  readonly server: FaultServer;
  readonly clock: ManualClock;
  connect(options?: Partial<HttpOptions>): HttpPort;
}

/** Called once, at the top of a test file. No test may leave a timer behind. */
export function httpBench(): HttpBench {
  let server: FaultServer;
  let clock: ManualClock;
  const open: HttpPort[] = [];
  beforeEach(async () => {
    server = await startFaultServer();
    clock = createManualClock();
  });
  afterEach(async () => {
    for (const port of open.splice(0)) port.dispose();
    expect(clock.pending()).toBe(0);
    await server.close();
  });
  return {
    get server() {
      return server;
    },
    get clock() {
      return clock;
    },
    connect(options = {}) {
      const port = createHttp({ baseUrl: server.address, allowPlainHttp: false, ...options }, clock);
      open.push(port);
      return port;
    },
  };
}

export const get = (path: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  path,
  timeoutMs: 5_000,
  priority: 'read',
  ...more,
});

export async function failureOf(promise: Promise<unknown>): Promise<HttpFailure> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HttpFailure)) throw new Error(`expected an HttpFailure, got ${String(error)}`);
  return error;
}

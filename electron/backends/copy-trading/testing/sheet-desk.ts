import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { ClientRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect } from 'vitest';
import { z } from 'zod';

import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { CommandOutcome } from '#shared/domain/command.ts';
import type { PanicTarget } from '#shared/domain/panic/kill-switch.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { ManualClock } from '../../../lib/clock.ts';
import { createManualClock } from '../../../lib/clock.ts';
import type { TestDesk } from '../../../testing/test-desk.ts';
import { startTestDesk } from '../../../testing/test-desk.ts';
import { eventually } from './bench.ts';
import type { Door, SheetServer } from './sheet-server.ts';
import { startSheetServer } from './sheet-server.ts';

const WARNINGS = ['simulated', 'trader-risk', 'real-order', 'copy-price', 'daily-loss', 'copy-share'];
const startOf = z.object({ request: z.instanceof(ClientRequest) });

/**
 * For each test the whole desk against a server made from the fact sheet alone: both dialects in one process, one memory and one
 * limit. Time stands still but where these move it.
 */
export function useSheetDesk() {
  let folder: string;
  let clock: ManualClock;
  let server: SheetServer;
  let desk: TestDesk;

  /** Requests of the desk that have no answer yet; a socket's polls are none. */
  const inFlight = new Set<object>();
  const onStart = (message: unknown): void => {
    const { request } = startOf.parse(message);
    if (request.path.startsWith('/socket.io')) return;
    inFlight.add(request);
    request.once('close', () => inFlight.delete(request));
  };

  beforeEach(async () => {
    inFlight.clear();
    subscribe('http.client.request.start', onStart);
    folder = mkdtempSync(join(tmpdir(), 'quarterdeck-copy-'));
    clock = createManualClock();
    server = await startSheetServer(() => clock.now());
    desk = await startTestDesk(folder, clock);
  });

  afterEach(async () => {
    unsubscribe('http.client.request.start', onStart);
    // §7.2: whatever a test did, the process lives.
    expect(server.crashes()).toBe(0);
    const stopping = desk.stop();
    await pumped(stopping);
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const link = (id: string): LinkStatus | undefined => desk.core.desk.get('links', `${id}/live`);

  /**
   * Everything that will be answered has been, by the server and by the journal (which answers in order): only then may time go on,
   * or a slow machine would run out of it.
   */
  async function answered(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet = inFlight.size <= server.hanging() ? quiet + 1 : 0) {
      await desk.journal.recall('anything').catch(() => null);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Time goes on, step by step, until it is so. */
  async function until(isSo: () => boolean, stepMs = 200): Promise<void> {
    await answered();
    while (!isSo()) {
      await clock.advance(stepMs);
      await answered();
    }
  }

  async function pumped<T>(promise: Promise<T>, stepMs = 200): Promise<T> {
    let isSettled = false;
    const settled = promise.finally(() => (isSettled = true));
    await until(() => isSettled, stepMs);
    return settled;
  }

  return {
    get clock(): ManualClock {
      return clock;
    },
    get server(): SheetServer {
      return server;
    },
    get desk(): TestDesk {
      return desk;
    },
    link,
    until,
    entries: <S extends Parameters<TestDesk['core']['desk']['entries']>[0]>(slice: S) =>
      [...desk.core.desk.entries(slice)].map(([, entry]) => entry),
    follow: (id: string, wallet: string) => desk.core.desk.get('follows', `${id}/${wallet}`),
    calls: (call: string, door?: Door) =>
      server.asked.all.filter((one) => one.call === call && (door === undefined || one.door === door)),
    targets(): readonly PanicTarget[] {
      const state = desk.core.desk.get('panic', 'panic');
      return state?.kind === 'latched' ? state.targets : [];
    },
    read: (id: string, what: string) => desk.core.fleet.get(id)?.read(what, {}, new AbortController().signal),

    /** A long while, in which each request is answered before time goes on, and the servers are heard of as often as they say (§5). */
    async pass(ms: number, stepMs = 5 * SECOND_MS): Promise<void> {
      for (const endMs = clock.now() + ms; clock.now() < endMs;) {
        await clock.advance(stepMs);
        for (const door of ['plain', 'realtime'] as const)
          server.tell(door, 'pong', { timestamp: clock.now() });
        await answered();
      }
    },

    async connect(id: string, door: Door, wallet: string): Promise<void> {
      await desk.core.fleet.save(
        {
          id,
          kind: 'copy-trading',
          name: id,
          address: server.address[door],
          colour: '#336699',
          practice: false,
          enabled: true,
          allowPlainHttp: false,
          options: { wallet },
        },
        {},
      );
      await eventually(() => link(id)?.state.kind).toBe('live');
      await server.heard.until((one) => one.door === door && one.event === 'ping');
    },

    /** As a person does in the window, who has read what is warned of. */
    submit(id: string, act: string, params: Record<string, string>): Promise<CommandOutcome> {
      const wish = { backendId: id, act, params };
      const acceptedWarnings = WARNINGS;
      return pumped(
        desk.core.door.submit({ ...wish, requestId: randomUUID(), origin: 'window', acceptedWarnings }),
      );
    },

    /** The desk ends and starts again from its files; `meanwhile` happens while it is gone. */
    async restartDesk(meanwhile: () => void): Promise<void> {
      await pumped(desk.stop());
      meanwhile();
      desk = await startTestDesk(folder, clock);
    },
  };
}

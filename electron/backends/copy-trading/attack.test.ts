import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { CommandOutcome } from '#shared/domain/command.ts';
import type { LinkStatus } from '#shared/domain/link.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import type { TestDesk } from '../../testing/test-desk.ts';
import { startTestDesk } from '../../testing/test-desk.ts';
import { PONG_WITHIN_MS } from './channel.ts';
import { ALPHA, containing, EDDIE, eventually } from './testing/bench.ts';
import type { Door, SheetServer } from './testing/sheet-server.ts';
import { startSheetServer } from './testing/sheet-server.ts';

/** The whole desk against a server made from the fact sheet alone: both dialects in one process, one memory and one limit. */
let folder: string;
let clock: ManualClock;
let server: SheetServer;
let desk: TestDesk;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-copy-'));
  clock = createManualClock();
  server = await startSheetServer(() => clock.now());
  desk = await startTestDesk(folder, clock);
});

afterEach(async () => {
  // §7.2: whatever a test did, the process lives.
  expect(server.crashes()).toBe(0);
  const stopping = desk.stop();
  await pumped(stopping);
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const link = (id: string): LinkStatus | undefined => desk.core.desk.get('links', `${id}/live`);
const entries = <S extends Parameters<typeof desk.core.desk.entries>[0]>(slice: S) =>
  [...desk.core.desk.entries(slice)].map(([, entry]) => entry);
const follow = (id: string, wallet: string) => desk.core.desk.get('follows', `${id}/${wallet}`);
const calls = (call: string, door?: Door) =>
  server.asked.all.filter((one) => one.call === call && (door === undefined || one.door === door));

/** Time goes on until it is settled. */
async function pumped<T>(promise: Promise<T>, stepMs = 100): Promise<T> {
  let isSettled = false;
  const settled = promise.finally(() => (isSettled = true));
  await eventuallyAfter(() => isSettled, stepMs);
  return settled;
}

async function eventuallyAfter(isSo: () => boolean, stepMs: number): Promise<void> {
  await eventually(() => isSo() || 'not yet')
    .toBe(true)
    .catch(() => undefined);
  while (!isSo()) {
    await clock.advance(stepMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

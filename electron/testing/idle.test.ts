import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { MINUTE_MS } from '#shared/time.ts';

import type { ManualClock } from '../lib/clock.ts';
import { createManualClock } from '../lib/clock.ts';
import type { FiveBackends } from './five-backends.ts';
import { startFiveBackends } from './five-backends.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';

/** What a desk does while nothing happens, and what it leaves behind when its links are opened anew: counted, on a clock of the test's own. */

/** Time goes by at about the pace of the machine's. */
const STEP_MS = 50;
const STILL_LOOKS = 5;
/** With the first time as many as the allowance of fifteen minutes has room for. */
const ROUNDS = 3;
/** Expiries are looked at every five seconds, limits every ten. */
const MOST_TIMERS_A_MINUTE = 35;
const LONG_MS = 150_000;

let folder: string;
let clock: ManualClock;
let fired: number;
let desk: TestDesk;
let five: FiveBackends | null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-idle-'));
  clock = createManualClock();
  fired = 0;
  five = null;
  const counted = (run: () => void) => () => {
    fired += 1;
    run();
  };
  desk = await startTestDesk(folder, {
    now: clock.now,
    steadyMs: clock.steadyMs,
    after: (delayMs, run) => clock.after(delayMs, counted(run)),
    every: (periodMs, run) => clock.every(periodMs, counted(run)),
  });
});
afterEach(async () => {
  await desk.stop();
  await five?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('D7 a desk without backends tells nothing in a minute and wakes up every other second at most', async () => {
  await clock.advance(MINUTE_MS);
  let patches = 0;
  desk.core.desk.onPatches((batch) => (patches += batch.length));
  fired = 0;
  await clock.advance(MINUTE_MS);
  expect(fired).toBeLessThanOrEqual(MOST_TIMERS_A_MINUTE);
  expect(patches).toBe(0);
});

it(
  'D7 links that are opened anew again and again leave no socket, file or timer behind',
  async () => {
    five = await startFiveBackends();
    for (const { config, secrets } of five.all) await desk.core.fleet.save(config, { ...secrets });
    await five.bot.control('rate-limit', { enabled: false });
    const ids = five.all.map(({ config }) => config.id);
    await live(ids);
    // What opens once and stays is there after the first time.
    await openAnew(ids);
    const before = await settled();
    for (let round = 0; round < ROUNDS; round += 1) await openAnew(ids);
    // One that each round left behind would be more than what is on its way at one moment or another.
    await expect.poll(handles).toBeLessThan(before.handles + ROUNDS);
    await expect.poll(clock.pending).toBeLessThan(before.timers + ROUNDS);
  },
  LONG_MS,
);

async function openAnew(ids: readonly string[]): Promise<void> {
  // Each backend is asked no more in a minute than its allowance.
  await clock.advance(MINUTE_MS);
  for (const id of ids) desk.core.fleet.reconnect(id);
  await live(ids);
}

/** Each has links, all of them live. Time goes by in small steps, over the pauses between attempts. */
async function live(ids: readonly string[]): Promise<void> {
  const isLive = (id: string): boolean => {
    const links = [...desk.core.desk.entries('links')].filter(([, { backendId }]) => backendId === id);
    return links.length > 0 && links.every(([, { state }]) => state.kind === 'live');
  };
  await expect
    .poll(
      async () => {
        await clock.advance(STEP_MS);
        return ids.filter((id) => !isLive(id));
      },
      { interval: STEP_MS },
    )
    .toEqual([]);
}

/** What keeps the process awake, and where the system tells it the files and sockets that are open. */
const handles = (): number =>
  process.getActiveResourcesInfo().length +
  (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);

/** Once answers that were on their way are there: several looks in a row see the same. */
async function settled(): Promise<{ handles: number; timers: number }> {
  let known = -1;
  let same = 0;
  await expect
    .poll(
      () => {
        same = known === handles() ? same + 1 : 0;
        known = handles();
        return same;
      },
      { interval: STEP_MS },
    )
    .toBeGreaterThanOrEqual(STILL_LOOKS);
  return { handles: known, timers: clock.pending() };
}

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';

import type { DeskEvent } from '#shared/domain/desk.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { anAlert, aQuote, aTrade, START_MS } from '#shared/domain/testing/entries.ts';
import { aFeedEntry, feedEvent } from '#shared/domain/testing/feed-entries.ts';
import { everything } from '#electron/journal/testing/harness.ts';
import type { ManualClock } from '#electron/lib/clock.ts';
import { createManualClock } from '#electron/lib/clock.ts';
import type { FiveBackends } from '#electron/testing/five-backends.ts';
import { startFiveBackends } from '#electron/testing/five-backends.ts';
import type { TestDesk } from '#electron/testing/test-desk.ts';
import { startTestDesk } from '#electron/testing/test-desk.ts';

import type { Figures, Row } from '../frame/row.ts';

const STEP_MS = 15 * MINUTE_MS;
const STEPS_A_DAY = DAY_MS / STEP_MS;
const DAYS = 7;
/** Lists are full and compiled code is there after so long. */
const WARM_DAYS = 2;
const LOOKS = 20;
const SAMPLE_EVERY = STEPS_A_DAY / 4;
const SYMBOLS = Array.from({ length: 20 }, (_, index) => `SYM${index}`);
const ENTRIES_A_STEP = 12;
const BURST_STEPS: ReadonlySet<number> = new Set([50, 120, 400]);
const BURST_A_SECOND = 10_000;
const BURST_SECONDS = 3;

/**
 * A week of a desk over five real backends, on a clock that runs as fast as the desk can follow: so fast that every link falls silent and is
 * opened anew hundreds of times. Its memory and handles are taken as they are between the first days and the last.
 */
export const row: Row = {
  title: 'Endurance: a simulated week over five backends, with bursts',
  rounds: 3,
  gates: [
    {
      figure: 'surplus',
      unit: 'MiB of objects and texts a day, beyond twice its noise',
      against: null,
      bound: { atMost: 0 },
    },
    { figure: 'slope', unit: 'MiB of objects and texts a day', against: null, bound: null },
    { figure: 'code', unit: 'MiB of compiled code a day', against: null, bound: null },
    { figure: 'handles', unit: 'handles more than after two days', against: null, bound: { atMost: 0 } },
    { figure: 'entry', unit: 'bytes of journal an entry', against: null, bound: { atMost: 3_000 } },
    { figure: 'wal', unit: 'MiB beside the journal at most', against: null, bound: { atMost: 64 } },
  ],
  async open() {
    const five = await startFiveBackends();
    return {
      contenders: { ours: { label: 'the desk with its journal, in plain Node', run: () => week(five) } },
      close: () => five.stop(),
    };
  },
};

interface Sample {
  day: number;
  objects: number;
  code: number;
}

async function week(five: FiveBackends): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-bench-week-'));
  const clock = createManualClock(START_MS);
  const desk = await startTestDesk(folder, clock);
  for (const { config, secrets } of five.all) await desk.core.fleet.save(config, { ...secrets });
  const tell = createTeller(desk, clock);
  const samples: Sample[] = [];
  let handlesBefore = 0;
  let wal = 0;
  for (let step = 1; step <= DAYS * STEPS_A_DAY; step += 1) {
    tell.step();
    if (BURST_STEPS.has(step)) {
      for (let second = 0; second < BURST_SECONDS; second += 1) {
        tell.burst();
        await turn(clock, SECOND_MS);
      }
    }
    await turn(clock, STEP_MS);
    if (step % SAMPLE_EVERY !== 0) continue;
    await written(desk, clock, step);
    wal = Math.max(wal, statSync(join(folder, 'journal.sqlite-wal')).size);
    const day = step / STEPS_A_DAY;
    if (day === WARM_DAYS) handlesBefore = await handlesAtRest(desk, five, clock);
    if (day > WARM_DAYS) samples.push({ day, ...heapMib() });
  }
  const handles = (await handlesAtRest(desk, five, clock)) - handlesBefore;
  const { entries, sizeBytes } = desk.journal.health();
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
  const { slope, error } = line(samples, 'objects');
  return {
    slope,
    code: line(samples, 'code').slope,
    surplus: Math.max(0, slope - 2 * error),
    handles,
    entry: sizeBytes / entries,
    wal: wal / 2 ** 20,
  };
}

/** What the desk hears of its backends in a step, and of one of them in a second of a burst. */
function createTeller({ core: { desk } }: TestDesk, clock: ManualClock) {
  let number = 0;
  const tell = (event: DeskEvent): void => desk.dispatch(event);
  function price(id: string): void {
    number += 1;
    const quote = aQuote({ id, price: String(100 + (number % 977)), receivedAtMs: clock.now() });
    tell(feedEvent('quotes', [quote]));
  }
  function alert(): void {
    number += 1;
    const id = `alert-${number}`;
    const atMs = clock.now();
    tell({ type: 'alert', alert: anAlert({ id, groupKey: id, occurredAtMs: atMs, receivedAtMs: atMs }) });
  }
  return {
    step() {
      const atMs = clock.now();
      for (const symbol of SYMBOLS) price(symbol);
      // So many that every list is full before the memory is looked at.
      for (let count = 0; count < ENTRIES_A_STEP; count += 1) {
        alert();
        number += 1;
        const entry = { id: `entry-${number}`, occurredAtMs: atMs, receivedAtMs: atMs };
        tell({ type: 'trade', trade: aTrade(entry) });
        tell(feedEvent('activity', [aFeedEntry('activity', entry)]));
      }
    },
    burst() {
      for (let count = 0; count < BURST_A_SECOND; count += 1) {
        if (count % 10 === 0) alert();
        else price(SYMBOLS[count % SYMBOLS.length] ?? '');
      }
    },
  };
}

/** Moves the desk's time on, and gives real sockets their moment. */
async function turn(clock: ManualClock, ms: number): Promise<void> {
  await clock.advance(ms);
  await pause(4);
}

/** Until what was told is on the disk: what waits for it is no growth. */
async function written(desk: TestDesk, clock: ManualClock, number: number): Promise<void> {
  const summary = `mark-${number}`;
  desk.journal.append({ atMs: clock.now(), kind: 'system', backendId: null, summary, data: {} });
  const marked = everything({ text: `"${summary}"` });
  while ((await desk.journal.search(marked)).length === 0) await turn(clock, 250);
}

/**
 * What objects and texts take in the heap, and what compiled code takes: V8 compiles what runs often anew for days, which is bounded
 * by the size of the program. Code that rests is let go first, as it is where memory is short.
 */
function heapMib(): { objects: number; code: number } {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const of = (isCounted: (space: string) => boolean): number =>
    getHeapSpaceStatistics()
      .filter(({ space_name }) => isCounted(space_name))
      .reduce((sum, { space_used_size }) => sum + space_used_size, 0) /
    2 ** 20;
  const isCode = (space: string): boolean => /^(?:code|trusted)_/.test(space);
  return { objects: of((space) => !isCode(space)), code: of(isCode) };
}

/** Open files and what keeps the process awake, with every backend switched off for a moment: what is left of its links is a leak. */
async function handlesAtRest(desk: TestDesk, five: FiveBackends, clock: ManualClock): Promise<number> {
  const { fleet } = desk.core;
  for (const { config } of five.all) await fleet.save({ ...config, enabled: false }, {});
  const counts: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    await turn(clock, SECOND_MS);
    await pause(20);
    counts.push(readdirSync('/proc/self/fd').length + process.getActiveResourcesInfo().length);
  }
  for (const { config } of five.all) await fleet.save(config, {});
  return Math.min(...counts);
}

/** Least squares, with the standard error of its slope. */
function line(samples: readonly Sample[], of: 'objects' | 'code'): { slope: number; error: number } {
  const count = samples.length;
  const meanDay = samples.reduce((sum, { day }) => sum + day, 0) / count;
  const meanMib = samples.reduce((sum, one) => sum + one[of], 0) / count;
  const spread = samples.reduce((sum, { day }) => sum + (day - meanDay) ** 2, 0);
  const slope = samples.reduce((sum, one) => sum + (one.day - meanDay) * (one[of] - meanMib), 0) / spread;
  const rest = samples.reduce((sum, one) => sum + (one[of] - meanMib - slope * (one.day - meanDay)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / (count - 2) / spread) };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startOfDay } from '#shared/wall-time.ts';
import type { PanicState } from '#shared/domain/panic/kill-switch.ts';
import { RESUME_WORD } from '#shared/domain/panic/kill-switch.ts';
import type { WatchedLimit } from '#shared/domain/panic/watch.ts';
import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { PRACTICE_BACKEND_ID } from '../backends/practice-backends.ts';
import type { Clock } from '../lib/clock.ts';
import { createScaledClock } from '../lib/clock.ts';
import { practiceBackend } from '../practice/port.ts';
import type { PracticeChild } from './practice-child.ts';
import { control, startPracticeChild } from './practice-child.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';
import { soon } from '../lib/testing/soon.ts';

/** In this time the limits are looked at once at least. */
const LOOKED_AT_MS = 20_000;
/** A minute of the desk in two seconds. */
const FACTOR = 30;
const LIMIT_MS = 90_000;

let folder: string;
let clock: Clock;
let practice: PracticeChild;
let practiceRuns = false;
let desk: TestDesk;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-limits-'));
  const originRealMs = Date.now();
  // Far from midnight, where a new day would begin.
  const originMs = startOfDay(originRealMs) + 10 * HOUR_MS;
  const figures = { factor: FACTOR, originMs, originRealMs };
  clock = createScaledClock(figures);
  practice = await startPracticeChild({
    stateFile: null,
    clock: figures,
    seed: 11,
    ports: {},
    controlPort: 0,
    quiet: true,
  });
  practiceRuns = true;
  desk = await startTestDesk(folder, clock);
  connect();
  await soon(() => expect(total()).toBeGreaterThan(0), LIMIT_MS);
});

afterEach(async () => {
  await desk.stop();
  await killPractice();
  rmSync(folder, { recursive: true, force: true });
});

describe('a limit on the loss of the day, on a real desk', () => {
  it(
    'presses PANIC in its own words once the loss holds, not for a single price, and a resume is not answered by another',
    { timeout: 300_000 },
    async () => {
      const price = priceOf('BTC');
      desk.settings.change({ watch: { dayLossUsd: '5000' } });
      await soon(() => expect(limit('day-loss-usd')?.value).toEqual(expect.any(String)), LIMIT_MS);

      while (!(await wrongPriceForOneReading(price))) await startOver();
      await passes(3 * MINUTE_MS);
      expect(panic()).toMatchObject({ kind: 'clear' });

      // A fall that stays.
      const falls = watchTotal(total() - 20_000);
      await setPrice('BTC', price / 4);
      await soon(
        () => expect(panic()).toMatchObject({ kind: 'latched', origin: 'limit', presses: 1 }),
        LIMIT_MS,
      );
      expect(falls.belowForMs()).toBeGreaterThanOrEqual(MINUTE_MS);
      falls.end();
      const because = /^PANIC pressed by your limit \(practice\): loss of the day \$[\d,]+, limit \$5,000\.$/;
      expect(panic()).toMatchObject({ because: expect.stringMatching(because) as string });
      await soon(() => expect(targetState()).toBe('confirmed'), LIMIT_MS);
      expect(await killSwitchOfServer()).toMatchObject({ enabled: true });
      await soon(async () => {
        const entries = await desk.journal.search({ ...anyEntry, kinds: ['panic'] });
        expect(entries.map(({ summary }) => summary)).toContainEqual(expect.stringMatching(because));
      }, LIMIT_MS);

      expect(desk.core.watchman.arm(['day-loss-usd'])).toMatchObject({ armed: false });
      await resume();
      await passes(3 * MINUTE_MS);
      expect(panic()).toMatchObject({ kind: 'clear' });
      expect(limit('day-loss-usd')).toMatchObject({ phase: 'fired', fired: { pressed: true } });

      // Only the person's word lets it press again.
      expect(desk.core.watchman.arm(['day-loss-usd'])).toMatchObject({ armed: true });
      await soon(() => expect(panic()).toMatchObject({ kind: 'latched', origin: 'limit' }), LIMIT_MS);
    },
  );

  it('remembers over a restart that it has pressed, and its words', { timeout: 300_000 }, async () => {
    const price = priceOf('BTC');
    desk.settings.change({ watch: { dayLossUsd: '5000' } });
    await soon(() => expect(limit('day-loss-usd')?.value).toEqual(expect.any(String)), LIMIT_MS);
    await soon(async () => {
      await setPrice('BTC', price / 4);
      expect(panic()).toMatchObject({ kind: 'latched', durable: true });
    }, LIMIT_MS);
    await passes(MINUTE_MS);
    await desk.stop();

    desk = await startTestDesk(folder, clock);
    connect();
    expect(panic()).toMatchObject({
      origin: 'limit',
      because: expect.stringContaining('loss of the day') as string,
    });
    await soon(() => expect(limit('day-loss-usd')).toMatchObject({ phase: 'fired' }), LIMIT_MS);
  });
});

describe('a limit on the age of data, on a real desk', () => {
  it(
    'presses PANIC for a bot that went away, which is no loss, and the halt waits for its return',
    { timeout: 300_000 },
    async () => {
      desk.settings.change({ watch: { staleMinutes: 5, dayLossUsd: '1', drawdownPct: '1' } });
      await soon(() => expect(limit('day-loss-usd')?.value).toEqual(expect.any(String)), LIMIT_MS);
      const lostFromMs = clock.now();
      await killPractice();

      await soon(() => expect(panic()).toMatchObject({ kind: 'latched', origin: 'limit' }), LIMIT_MS);
      expect(clock.now() - lostFromMs).toBeGreaterThanOrEqual(4 * MINUTE_MS);
      expect(panic()).toMatchObject({
        because: expect.stringMatching(
          /^PANIC pressed by your limit \(practice\): no new data from .+ for \d minutes, limit 5 minutes\.$/,
        ) as string,
      });
      expect(targetState()).toMatch(/offline|requested|unconfirmed/);
      expect(limit('day-loss-usd')).toMatchObject({ value: null, phase: 'armed' });
      expect(limit('drawdown-pct')).toMatchObject({ value: null, phase: 'armed' });
    },
  );
});

const anyEntry = {
  text: '',
  kinds: [],
  backendId: null,
  fromMs: null,
  toMs: null,
  leastSeverity: null,
  symbol: '',
  beforeSeq: null,
  limit: 100,
};

function connect(): void {
  const { address, secrets } = practiceBackend(practice.ready, 'coinruler');
  desk.core.fleet.setPractice([{ kind: 'coinruler', address, secrets }]);
}

async function killPractice(): Promise<void> {
  if (!practiceRuns) return;
  practiceRuns = false;
  await practice.killHard();
}

const total = (): number => Number(desk.core.desk.get('portfolios', PRACTICE_BACKEND_ID)?.totalUsd ?? '0');
const priceOf = (asset: string): number =>
  Number(desk.core.desk.get('holdings', `${PRACTICE_BACKEND_ID}/${asset}`)?.priceUsd ?? '0');
const limit = (id: string): WatchedLimit | undefined =>
  desk.core.desk.get('watch', 'watch')?.limits.find((one) => one.id === id);
const panic = (): PanicState | undefined => desk.core.desk.get('panic', 'panic');
const setPrice = (symbol: string, price: number): Promise<unknown> =>
  control(practice.ready.controlAddress ?? '', 'price', { symbol, price });

function targetState(): string | undefined {
  const state = panic();
  return state?.kind === 'latched' ? state.targets[0]?.state : undefined;
}

/**
 * A price that is wrong until the limits were looked at. Answers whether it was shorter than what presses PANIC: where the machine is
 * held up, the desk's fast clock goes on.
 */
async function wrongPriceForOneReading(price: number): Promise<boolean> {
  const before = total();
  const watched = watchTotal(before - 5_000);
  await setPrice('BTC', price / 4);
  await soon(() => expect(total()).toBeLessThan(before - 20_000), LIMIT_MS);
  await passes(LOOKED_AT_MS);
  await setPrice('BTC', price);
  await soon(() => expect(total()).toBeGreaterThan(before - 5_000), LIMIT_MS);
  watched.end();
  return watched.belowForMs() < MINUTE_MS;
}

async function startOver(): Promise<void> {
  await passes(2 * MINUTE_MS);
  if (panic()?.kind === 'clear') return;
  await resume();
  desk.core.watchman.arm(['day-loss-usd']);
}

/** How long the desk has known a total below this, or did when it last knew one. */
function watchTotal(threshold: number): { belowForMs(): number; end(): void } {
  let sinceMs: number | null = null;
  let untilMs: number | null = null;
  const end = desk.core.desk.onPatches(() => {
    if (total() < threshold) sinceMs ??= clock.now();
    else if (sinceMs !== null) untilMs ??= clock.now();
  });
  return { belowForMs: () => (sinceMs === null ? 0 : (untilMs ?? clock.now()) - sinceMs), end };
}

/** On a clock that runs faster than the server a lift can come too late; a person would type the word again. */
const resume = (): Promise<void> =>
  soon(async () => {
    expect(await desk.core.panic.resume(RESUME_WORD, 'window')).toMatchObject({ resumed: true });
  });

/** Time of the desk's clock goes by. */
const passes = (ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve));

async function killSwitchOfServer(): Promise<unknown> {
  const answer = await fetch(`${practiceBackend(practice.ready, 'coinruler').address}/kill-switch`);
  return answer.json();
}

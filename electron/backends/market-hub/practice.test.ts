import { afterEach, beforeEach, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { startPracticeOn } from '../../practice/practice.ts';
import type { Practice } from '../../practice/practice.ts';
import type { Backend } from '../port.ts';
import { marketHub } from './kind.ts';
import type { Harness } from './testing/harness.ts';
import { createHarness } from './testing/harness.ts';
import { createManualClock } from '../../lib/clock.ts';
import { practiceBackend } from '../../practice/port.ts';

/** The backend and a practice hub with the bots at work, on one clock. */
let harness: Harness;
let practice: Practice;
let backend: Backend;

beforeEach(async () => {
  const clock = createManualClock(Date.UTC(2030, 0, 1));
  practice = await startPracticeOn(clock, {
    stateFile: null,
    clock: { factor: 1, originMs: 0, originRealMs: 0 },
    seed: 7,
    ports: {},
    controlPort: null,
  });
  harness = createHarness(practiceBackend(practice.ready, 'market-hub').address, clock);
  backend = marketHub.create(harness.context);
  backend.start();
  await harness.event('link-status', ({ status }) => status.state.kind === 'live');
});

afterEach(async () => {
  backend.dispose();
  await practice.stop();
});

const latest = () => harness.of('link-status').at(-1)?.status;

/** Moves the clock a little and waits for what was sent meanwhile: sockets answer in real time. */
async function step(): Promise<void> {
  const fromMs = harness.clock.now();
  await harness.clock.advance(2 * SECOND_MS);
  await harness.event('feed', ({ entries }) => (entries[0]?.receivedAtMs ?? 0) > fromMs);
}

const hasEveryKind = (): boolean =>
  [harness.quotes(), harness.of('portfolio'), harness.predictions(), harness.patterns()].every(
    (list) => list.length > 0,
  );

it('the practice hub brings every kind of forecast and not one rejection', async () => {
  const untilMs = harness.clock.now() + 5 * MINUTE_MS;
  while (harness.clock.now() < untilMs || !hasEveryKind()) await step();
  expect(latest()).toMatchObject({
    rejected: 0,

    rejectedSamples: [],
    state: { kind: 'live' },
    reconnections: 0,
  });

  // What it says of itself agrees: each holding has a price, and the values add up to the total.
  const { portfolio, holdings } = harness.of('portfolio').at(-1)!;
  expect(holdings.length).toBeGreaterThan(1);
  const values = holdings.map(({ valueUsd }) => Number(valueUsd));
  const totalUsd = Number(portfolio.totalUsd);
  expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / totalUsd - 1)).toBeLessThan(0.01);

  // Predictions carry what it takes to score them.
  for (const prediction of harness.predictions()) {
    expect(prediction.direction).not.toBeNull();
    expect(prediction.priceThen).not.toBeNull();
    expect(prediction.horizonMs).toBeGreaterThanOrEqual(5 * MINUTE_MS);
    expect(harness.quotes().map(({ id }) => id)).toContain(prediction.symbol);
  }
  for (const pattern of harness.patterns()) expect(pattern.entryPrice).not.toBeNull();
});

it('passes the connection test', async () => {
  const steps = marketHub.test(harness.context);
  let done = false;
  void steps.then(() => (done = true));
  await expect
    .poll(async () => {
      await harness.clock.advance(SECOND_MS / 10);
      return done;
    })
    .toBe(true);
  expect((await steps).filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
});

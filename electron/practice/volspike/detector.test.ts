import { describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { createFaults } from '../faults.ts';
import type { Market } from '../market/market.ts';
import { createMarket, createMarketState } from '../market/market.ts';
import { createUnitOfWork } from '../unit-of-work.ts';
import type { Detected, Detector } from './detector.ts';
import { createDetector } from './detector.ts';
import { createVolspikeState } from './documents.ts';
import { createFigures } from './figures.ts';

const HOUR = 1_800_000_000_000 - (1_800_000_000_000 % HOUR_MS);
const PREVIOUS = 2_000_000;

/** A market that stands still, with a volume for the hour before `HOUR`. */
function standing(previous = PREVIOUS): { clock: ManualClock; market: Market; detector: Detector } {
  const clock = createManualClock(HOUR);
  const market = createMarket(createMarketState(1, HOUR, HOUR + DAY_MS));
  market.freeze(true);
  market.setHourVolume('ETH', HOUR - HOUR_MS, previous);
  return { clock, market, detector: detectorOn(clock, market, HOUR) };
}

function detectorOn(clock: ManualClock, market: Market, checkedAtMs: number): Detector {
  let ids = 0;
  const newId = (): string => String((ids += 1));
  return createDetector({
    clock,
    speed: 1,
    market,
    log: silentLogger,
    unit: createUnitOfWork({ saveNow: () => undefined, saveSoon: () => undefined }),
    faults: createFaults(),
    state: createVolspikeState(newId, clock.now(), checkedAtMs),
    figures: createFigures(market),
    newId,
  });
}

/** At this minute of the hour, and not before, so much has been traded in it; answers what the looks up to then found. */
async function at(
  { clock, market, detector }: ReturnType<typeof standing>,
  minute: number,
  volume: number,
): Promise<string[]> {
  const untilMs = HOUR + minute * MINUTE_MS;
  await clock.advance(untilMs - MINUTE_MS - clock.now());
  const found = detector.look(true);
  await clock.advance(MINUTE_MS);
  market.setHourVolume('ETH', HOUR, volume);
  return [...found, ...detector.look(true)].map(({ alertType, timestamp }) => {
    return `${alertType} ${(Date.parse(timestamp) - HOUR) / MINUTE_MS}`;
  });
}

describe('the detector (sheet 6)', () => {
  it('tells a spike at three times the hour before, once an hour, and not below', async () => {
    const one = standing();
    expect(await at(one, 10, 2.99 * PREVIOUS)).toEqual([]);
    expect(await at(one, 11, 3 * PREVIOUS)).toEqual(['SPIKE 11']);
    expect(await at(one, 12, 9 * PREVIOUS)).toEqual([]);
  });

  it('tells no spike below 3,000,000, whatever the ratio, and none after an hour without any volume', async () => {
    const small = standing(100_000);
    expect(await at(small, 10, 2_999_999)).toEqual([]);
    expect(await at(small, 11, 3_000_000)).toEqual(['SPIKE 11']);
    expect(await at(standing(0), 10, 9_000_000)).toEqual([]);
  });

  it.each([
    { minute: 20, updates: ['HALF_UPDATE 30', 'FULL_UPDATE 60'] },
    { minute: 21, updates: ['FULL_UPDATE 60'] },
    { minute: 54, updates: ['FULL_UPDATE 60'] },
    { minute: 55, updates: [] },
  ])('updates a spike of minute $minute at $updates', async ({ minute, updates }) => {
    const one = standing();
    expect(await at(one, minute, 4 * PREVIOUS)).toEqual([`SPIKE ${minute}`]);
    const found: string[] = [];
    for (let next = minute + 1; next <= 62; next += 1) found.push(...(await at(one, next, 5 * PREVIOUS)));
    expect(found).toEqual(updates);
  });

  it('rounds the time of detection to a mark of five minutes, ties an update to its hour, and writes the ratio with \u00d7', async () => {
    const one = standing();
    await at(one, 13, 2 * PREVIOUS);
    one.market.setHourVolume('ETH', HOUR, 4.5 * PREVIOUS);
    await one.clock.advance(MINUTE_MS);
    const [spike] = one.detector.look(true) as [Detected];
    expect(spike).toMatchObject({
      symbol: 'ETHUSDT',
      asset: 'ETH',
      volumeRatio: 4.5,
      hourTimestamp: new Date(HOUR).toISOString(),
      detectionTime: new Date(HOUR + 10 * MINUTE_MS).toISOString(),
      isUpdate: false,
    });
    expect(spike.message).toContain('4.50\u00d7');
    await one.clock.advance(50 * MINUTE_MS);
    const full = one.detector.look(true).at(-1);
    expect(full).toMatchObject({
      alertType: 'FULL_UPDATE',
      isUpdate: true,
      hourTimestamp: spike.hourTimestamp,
    });
  });

  it('finds in a day that was slept through what a market lived, by its rules and in order', () => {
    const market = createMarket(createMarketState(3, HOUR - 2 * DAY_MS, HOUR));
    market.advanceTo(HOUR);
    const clock = createManualClock(HOUR);
    const found = detectorOn(clock, market, HOUR - DAY_MS).look(true);
    expect(found.length).toBeGreaterThan(2);
    expect(found.map(({ timestamp }) => timestamp)).toEqual(found.map(({ timestamp }) => timestamp).sort());
    const spikes = found.filter(({ alertType }) => alertType === 'SPIKE');
    for (const { volumeRatio, currentVolume } of spikes) {
      expect(volumeRatio).toBeGreaterThanOrEqual(3);
      expect(currentVolume).toBeGreaterThanOrEqual(3_000_000);
    }
    const hours = spikes.map(({ symbol, hourTimestamp }) => `${symbol} ${hourTimestamp}`);
    expect(new Set(hours).size).toBe(hours.length);
    // The same again: nothing in it is chance.
    expect(detectorOn(clock, market, HOUR - DAY_MS).look(true)).toEqual(found);
  });
});

import { describe, expect, it } from 'vitest';

import { MINUTE_MS } from '#shared/time.ts';

import { createDelayMeter } from './delay-meter.ts';

const START_MS = 1_800_000_000_000;

describe('the delay of messages', () => {
  it('is not known before a few messages carried a time', () => {
    const meter = createDelayMeter();
    for (let count = 0; count < 4; count += 1) meter.note(START_MS, START_MS + 5);
    expect(meter.read(START_MS)).toBeNull();
    meter.note(START_MS, START_MS + 5);
    expect(meter.read(START_MS)).not.toBeNull();
  });

  it('is measured against the fastest message, whose difference is the offset of the clocks', () => {
    const meter = createDelayMeter();
    const behindMs = 3_600_000;
    for (const delayMs of [20, 10, 60, 40, 30]) meter.note(START_MS - behindMs, START_MS + delayMs);
    expect(meter.read(START_MS)).toEqual({ medianMs: 20, clockBehindMs: behindMs + 10 });
  });

  it('works with a clock that runs ahead of ours', () => {
    const meter = createDelayMeter();
    for (const delayMs of [5, 5, 5, 15, 15]) meter.note(START_MS + 90_000, START_MS + delayMs);
    expect(meter.read(START_MS)).toEqual({ medianMs: 0, clockBehindMs: 5 - 90_000 });
  });

  it('forgets how fast it was once the clock was set and ten minutes have passed', () => {
    const meter = createDelayMeter();
    for (let count = 0; count < 5; count += 1) meter.note(START_MS, START_MS);
    const laterMs = START_MS + 30 * MINUTE_MS;
    for (let count = 0; count < 100; count += 1) meter.note(laterMs - 7_000, laterMs);
    expect(meter.read(laterMs)).toEqual({ medianMs: 0, clockBehindMs: 7_000 });
  });

  it('D5 takes nothing from a time that is no number', () => {
    const meter = createDelayMeter();
    for (let count = 0; count < 9; count += 1) meter.note(Number.NaN, START_MS);
    expect(meter.read(START_MS)).toBeNull();
  });

  it('D7 keeps no more for a million messages than for a hundred', () => {
    const meter = createDelayMeter();
    for (let count = 0; count < 100_000; count += 1)
      meter.note(START_MS + count * 1_000, START_MS + count * 1_000 + 9);
    expect(meter.read(START_MS + 100_000_000)).toEqual({ medianMs: 0, clockBehindMs: 9 });
  });
});

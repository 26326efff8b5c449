import { describe, expect, it } from 'vitest';

import { forecastMomentum } from './momentum.ts';
import { findPatterns } from './patterns.ts';

const flat = (count: number, at = 100): number[] =>
  Array.from({ length: count }, (_, index) => at + (index % 2));
const names = (closes: number[], price: number): string[] =>
  findPatterns(closes, price).map(({ name, direction }) => `${name} ${direction}`);
const upsideDown = (values: number[]): number[] => values.map((value) => 200 - value);

/** Down, a low, up to the peak of 105, a second low, and up again. */
const twoLows = [
  ...[109, 108, 107, 106, 104, 102, 100, 101, 103, 105, 103, 101, 100.4, 100.2, 101, 102],
  ...[102, 103, 103, 103.5, 104, 104, 104.5, 104.8],
].map((value, index) => (index < 4 ? value - 4 : value));

describe('patterns of the practice market', () => {
  it('sees nothing where there is too little, where nothing moves, and inside the range', () => {
    expect(findPatterns(flat(23), 200)).toEqual([]);
    expect(
      findPatterns(
        Array.from({ length: 24 }, () => 100),
        100,
      ),
    ).toEqual([]);
    expect(names(flat(24), 100.5)).toEqual([]);
  });

  it('a breakout enters at the level that broke, aims at the range once more and stops half-way back', () => {
    expect(findPatterns(flat(24), 101.5).find(({ name }) => name === 'breakout')).toMatchObject({
      direction: 'up',
      entry: 101,
      exit: 102,
      stop: 100.5,
      confidence: 0.75,
    });
    expect(findPatterns(flat(24), 99.5).find(({ name }) => name === 'breakout')).toMatchObject({
      direction: 'down',
      entry: 100,
      exit: 99,
      stop: 100.5,
    });
  });

  it('sees a cross of averages at the price that makes it, not before and not after', () => {
    const falling = Array.from({ length: 24 }, (_, index) => 112 - index / 2);
    expect(names(falling, 101)).toEqual([]);
    expect(names(falling, 145)).toContain('moving_average_cross up');
    expect(names(upsideDown(falling), 55)).toContain('moving_average_cross down');
    expect(names([...falling.slice(1), 145], 146)).not.toContain('moving_average_cross up');
  });

  it('sees a double bottom when the peak between the lows is passed, and a double top upside down', () => {
    expect(names(twoLows, 104.9)).not.toContain('double_bottom up');
    const found = findPatterns(twoLows, 105.5).find(({ name }) => name === 'double_bottom');
    expect(found).toMatchObject({ direction: 'up', entry: 105, exit: 110, stop: 100 });
    expect(findPatterns(upsideDown(twoLows), 94.5).find(({ name }) => name === 'double_top')).toMatchObject({
      direction: 'down',
      entry: 95,
      exit: 90,
      stop: 100,
    });
  });
});

describe('the momentum model', () => {
  const rising = [100, 101, 101.5, 103, 103.4, 105, 105.6, 107, 107.5, 109];

  it('expects the latest moves to go on and fade', () => {
    const short = forecastMomentum(rising, 1);
    const long = forecastMomentum(rising, 12);
    expect(short?.direction).toBe('up');
    expect(short?.multiple).toBeGreaterThan(1);
    // Fading: twelve steps go on by less than four times the first one's share.
    expect(Math.log(long?.multiple ?? 1)).toBeLessThan(5 * Math.log(short?.multiple ?? 1));
    expect(forecastMomentum(rising.toReversed(), 1)?.direction).toBe('down');
  });

  it('is the less sure the more the price scatters', () => {
    const steady = forecastMomentum(rising, 3)?.confidence ?? 0;
    const wild = rising.map((price, index) => price * (index % 2 === 0 ? 1.02 : 0.98));
    expect(forecastMomentum(wild, 3)?.confidence ?? 1).toBeLessThan(steady);
    expect(steady).toBeLessThan(1);
  });

  it('says nothing where nothing moved or too little is known', () => {
    expect(
      forecastMomentum(
        Array.from({ length: 12 }, () => 100),
        1,
      ),
    ).toBeNull();
    expect(forecastMomentum(rising.slice(0, 4), 1)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';

import { toBars } from './bars.ts';

const MINUTE = 60_000;
const candle = (atMs: number, open: string, high: string, low: string, close: string) => ({
  atMs,
  open,
  high,
  low,
  close,
  ticks: 3,
});

describe('candles of the journal with live prices drawn in', () => {
  it('the newest candle grows in place and the next minute opens a new one', () => {
    const bars = toBars(
      [candle(0, '10', '12', '9', '11')],
      [
        { atMs: 50_000, price: 13 },
        { atMs: 55_000, price: 12.5 },
        { atMs: 61_000, price: 12 },
      ],
      MINUTE,
    );
    expect(bars).toEqual([
      { atMs: 0, open: 10, high: 13, low: 9, close: 12.5 },
      { atMs: MINUTE, open: 12, high: 12, low: 12, close: 12 },
    ]);
  });

  it('D3 ticks that the journal has counted already change nothing', () => {
    const candles = [candle(0, '10', '12', '9', '11'), candle(MINUTE, '11', '11.5', '10.5', '11.2')];
    const ticks = [
      { atMs: 5_000, price: 12 },
      { atMs: 65_000, price: 10.5 },
      { atMs: 70_000, price: 11.2 },
    ];
    expect(toBars(candles, ticks, MINUTE)).toEqual(toBars(candles, [], MINUTE));
  });

  it('a minute without prices stays empty: nothing is filled in', () => {
    const bars = toBars([candle(0, '1', '1', '1', '1')], [{ atMs: 3 * MINUTE, price: 2 }], MINUTE);
    expect(bars.map(({ atMs }) => atMs)).toEqual([0, 3 * MINUTE]);
  });

  it('candles come from ticks alone before the journal has any', () => {
    expect(toBars([], [{ atMs: 90_000, price: 5 }], MINUTE)).toEqual([
      { atMs: MINUTE, open: 5, high: 5, low: 5, close: 5 },
    ]);
  });
});

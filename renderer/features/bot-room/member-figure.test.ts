import { describe, expect, it } from 'vitest';

import { formatClockAsShown } from '../../ui/written-time.ts';
import { dayName } from '#shared/wall-time.ts';

import { toAnswerTime, toFigure, unitOf } from './member-figure.ts';

describe('what a figure of an answer is', () => {
  it('is what the read says of the member, before what its name says', () => {
    expect(unitOf(['change24h'], { change24h: 'percent-change' })).toBe('percent-change');
    expect(unitOf(['report.metrics.change24h'], { change24h: 'usd-change' })).toBe('usd-change');
    expect(unitOf(['entryPrice'], { entryPrice: 'usd' })).toBe('usd');
  });

  it('is what the read says of what is around it, the nearest first', () => {
    expect(unitOf(['data', 'BTCUSDT'], { data: 'usd' })).toBe('usd');
    expect(unitOf(['data', 'prices', 'BTC'], { data: 'usd', prices: 'price' })).toBe('price');
  });

  it('is read from the name where the read says nothing', () => {
    expect(
      [
        'totalValueUSD',
        'gainPct',
        'winRatePct',
        'unrealizedPnL',
        'avgFillPrice',
        'cooldownSecs',
        'points',
      ].map((name) => unitOf([name], {})),
    ).toEqual(['usd', 'percent-change', 'percent', 'usd-change', 'price', 'seconds', null]);
  });

  it('no member of a backend is taken for what every object has', () => {
    expect(unitOf(['constructor'], {})).toBeNull();
    expect(unitOf(['toString', 'x'], { x: 'usd' })).toBe('usd');
  });
});

describe('figures', () => {
  it('are read from text only where it is known what they are', () => {
    expect(toFigure('2085.61', 'usd-change')).toBe('2085.61');
    expect(toFigure('007', null)).toBeNull();
    expect(toFigure('filled', 'usd')).toBeNull();
  });

  it('are exact, and percentages lose their sign of per cent', () => {
    expect(toFigure('-0.81%', 'percent-change')).toBe('-0.81');
    expect(toFigure('+0.19 %', 'percent')).toBe('0.19');
    expect(toFigure(0.6304999999999996, 'change')).toBe('0.6304999999999996');
  });
});

describe('times', () => {
  it('are moments with a zone, numbers of members named after a time, and days', () => {
    expect(toAnswerTime('ranAt', '2030-01-01T12:00:00.000Z')).toEqual({
      kind: 'moment',
      atMs: Date.UTC(2030, 0, 1, 12),
    });
    expect(toAnswerTime('created_at', '2030-01-01 12:00:00+02:00')?.atMs).toBe(Date.UTC(2030, 0, 1, 10));
    expect(toAnswerTime('lastTradeTime', 1_893_494_400_000)?.kind).toBe('moment');
    const day = toAnswerTime('date', '2029-12-31');
    expect(day?.kind).toBe('day');
    expect(dayName(day?.atMs ?? 0)).toBe('2029-12-31');
  });

  it('without a zone are no moments: what a clock showed stays what it showed', () => {
    const shown = toAnswerTime('timestamp', '2030-01-01 12:00:45.4001');
    expect(shown).toEqual({ kind: 'no-zone', atMs: Date.UTC(2030, 0, 1, 12, 0, 45, 400) });
    expect(formatClockAsShown(shown?.atMs ?? 0)).toContain('12:00:45');
  });

  it('are nothing else: no volume, and no figure that is too small', () => {
    expect(toAnswerTime('volume', 1_893_494_400_000)).toBeNull();
    expect(toAnswerTime('timestamp', 45)).toBeNull();
  });
});

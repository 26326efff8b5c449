import { describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '../../time.ts';
import type { Candle, Prediction } from './market.ts';
import { dueAtMs, scorePrediction } from './score.ts';
import { aPrediction } from '../testing/entries.ts';

const MADE_MS = 1_800_000_000_000;
const DUE_MS = MADE_MS + HOUR_MS;
const LATER_MS = DUE_MS + 2 * MINUTE_MS;

const prediction = (given: Partial<Prediction> = {}): Prediction =>
  aPrediction({
    backendId: 'hub',
    symbol: 'ETH',
    priceThen: '2000',
    horizonMs: HOUR_MS,
    receivedAtMs: MADE_MS,
    ...given,
  });

const candle = (atMs: number, open: string, close = open): Candle => ({
  atMs,
  open,
  high: open,
  low: close,
  close,
  ticks: 2,
});
/** The price that stood when it fell due, with one that came too late to count. */
const atDue = (price: string): Candle[] => [
  candle(DUE_MS, '9999'),
  candle(DUE_MS - MINUTE_MS, '1', price),
  candle(DUE_MS - 2 * MINUTE_MS, '1'),
];

const score = (given: Partial<Prediction>, candles: Candle[], nowMs = LATER_MS) =>
  scorePrediction(prediction(given), { candles, nowMs });

describe('how a prediction turned out', () => {
  it.each([
    ['up', '2000.01', 'right'],
    ['up', '2000', 'wrong'],
    ['up', '1999', 'wrong'],
    ['down', '1999.99', 'right'],
    ['down', '2001', 'wrong'],
    ['flat', '2002', 'right'],
    ['flat', '1998', 'right'],
    ['flat', '2002.1', 'wrong'],
  ] as const)('%s, and the price then went from 2000 to %s: %s', (direction, price, kind) => {
    expect(score({ direction }, atDue(price))).toMatchObject({
      kind,
      dueAtMs: DUE_MS,
      priceThen: '2000',
      priceAtDue: price,
    });
  });

  it('is open until the minute is over in which it falls due', () => {
    expect(score({}, atDue('2100'), DUE_MS + MINUTE_MS - 1)).toEqual({ kind: 'open', dueAtMs: DUE_MS });
    expect(score({}, atDue('2100'), DUE_MS + MINUTE_MS)).toMatchObject({ kind: 'right', changePct: '5' });
  });

  it('is measured from the price received when it was made, where it names none', () => {
    const then = candle(MADE_MS - MINUTE_MS, '1', '1900');
    expect(score({ priceThen: null }, [then, ...atDue('1995')])).toMatchObject({
      kind: 'right',
      priceThen: '1900',
    });
  });

  it('is measured within the minute where nothing stands before it', () => {
    expect(score({}, [candle(DUE_MS, '2100', '1500')])).toMatchObject({ kind: 'right', priceAtDue: '2100' });
  });

  it('has the direction that its price implies, where it names only a price', () => {
    expect(score({ direction: null, predictedPrice: '1900' }, atDue('1999'))).toMatchObject({
      kind: 'right',
    });
  });
});

describe('a prediction that cannot be scored says why', () => {
  it.each([
    [{ symbol: null }, 'it names no symbol'],
    [{ horizonMs: null }, 'it names no horizon'],
    [{ direction: null }, 'it names no direction'],
    [{ priceThen: null }, 'no price was received when it was made'],
    [{ priceThen: '0' }, 'the price then was zero'],
  ] as const)('%o: %s', (given, reason) => {
    expect(score(given, atDue('2100'))).toEqual({ kind: 'cannot-be-scored', reason });
  });

  it('when nothing was received near the time when it fell due', () => {
    const old = candle(DUE_MS - 4 * MINUTE_MS, '2100');
    expect(score({}, [old])).toEqual({
      kind: 'cannot-be-scored',
      reason: 'no price was received when it fell due',
    });
  });

  it('and has no time when it falls due without a horizon', () => {
    expect(dueAtMs(prediction({ horizonMs: null }))).toBeNull();
    expect(dueAtMs(prediction())).toBe(DUE_MS);
  });
});

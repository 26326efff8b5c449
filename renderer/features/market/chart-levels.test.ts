import { describe, expect, it } from 'vitest';

import type { Pattern, Prediction } from '#shared/domain/market/market.ts';
import { aPattern, aPrediction } from '#shared/domain/testing/entries.ts';

import { withLevels } from '../../ui/chart-look.ts';
import { newestLevels, openPrediction } from './chart-levels.ts';

const pattern = (id: string, receivedAtMs: number, given: Partial<Pattern> = {}): Pattern =>
  aPattern({
    backendId: 'hub',
    id,
    name: 'Double bottom',
    symbol: 'ETH-USDC',
    direction: 'up',
    entryPrice: '2000',
    receivedAtMs,
    ...given,
  });

describe('the levels of patterns in a chart', () => {
  it('are those of the newest pattern that gave any', () => {
    const bare = pattern('newer, without levels', 3_000, { entryPrice: null });
    const shown = newestLevels([pattern('newest', 2_000), bare, pattern('older', 1_000)], 0);
    expect(shown?.pattern.id).toBe('newest');
  });

  it('are its entry, exit and stop, and nothing is made up where it gave none', () => {
    const all = pattern('all', 1_000, { exitPrice: '2100.5', stopPrice: '0.00001' });
    expect(newestLevels([all], 0)?.levels).toEqual([
      { price: 2_000, text: 'Entry', tone: 'accent' },
      { price: 2_100.5, text: 'Exit', tone: 'gain' },
      { price: 0.00001, text: 'Stop', tone: 'loss' },
    ]);
    expect(newestLevels([pattern('one', 1_000)], 0)?.levels).toHaveLength(1);
  });

  it('go when the candle in which the pattern was seen is not in the chart any more', () => {
    expect(newestLevels([pattern('old', 999)], 1_000)).toBeNull();
  });

  it('widen the scale when they are near, and flatten nothing when they are far', () => {
    const info = { priceRange: { minValue: 100, maxValue: 110 } };
    expect(withLevels(info, [{ price: 115 }, { price: 98 }])?.priceRange).toEqual({
      minValue: 98,
      maxValue: 115,
    });
    expect(withLevels(info, [{ price: 1_000 }, { price: 1 }])?.priceRange).toEqual(info.priceRange);
    expect(withLevels(null, [{ price: 1 }])).toBeNull();
  });
});

describe('the price that is predicted', () => {
  const prediction = (receivedAtMs: number, given: Partial<Prediction> = {}): Prediction =>
    aPrediction({
      backendId: 'hub',
      id: `p-${receivedAtMs}`,
      model: null,
      symbol: 'ETH-USDC',
      predictedPrice: '2050.5',
      priceThen: null,
      confidence: null,
      receivedAtMs,
      ...given,
    });

  it('is that of the newest prediction that names one, until its time has run out', () => {
    const all = [
      prediction(2_000),
      prediction(1_000, { predictedPrice: '1' }),
      prediction(3_000, { predictedPrice: null }),
    ];
    expect(openPrediction(all, 901_999)).toEqual({ price: 2_050.5, text: 'Predicted', tone: 'muted' });
    expect(openPrediction(all, 902_000)).toBeNull();
  });

  it('is not drawn where nobody says for how long it holds', () => {
    expect(openPrediction([prediction(1_000, { horizonMs: null })], 1_000)).toBeNull();
  });
});

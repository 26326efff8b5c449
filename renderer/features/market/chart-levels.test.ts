import { describe, expect, it } from 'vitest';

import type { Pattern } from '#shared/domain/market.ts';

import { withLevels } from '../../ui/chart-look.ts';
import { newestLevels } from './chart-levels.ts';

const pattern = (id: string, receivedAtMs: number, given: Partial<Pattern> = {}): Pattern => ({
  backendId: 'hub',
  id,
  name: 'Double bottom',
  symbol: 'ETH-USDC',
  direction: 'up',
  confidence: null,
  entryPrice: '2000',
  exitPrice: null,
  stopPrice: null,
  facts: [],
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

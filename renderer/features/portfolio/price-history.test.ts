import { describe, expect, it } from 'vitest';

import { aHolding } from '#shared/domain/testing/entries.ts';

import { createPriceHistory } from './price-history.ts';

const holding = (updatedAtMs: number, priceUsd: string | null = '2', asset = 'XRP') =>
  aHolding({ backendId: 'a', asset, quantity: '1', priceUsd, valueUsd: null, updatedAtMs });

describe('prices received in this window', () => {
  it('D3 keeps each price once and in order, whatever is replayed', () => {
    const history = createPriceHistory(10);
    for (const atMs of [1, 2, 2, 1, 3]) history.record(holding(atMs));
    history.record(holding(4, null));
    expect(history.of('a', 'XRP').map(({ atMs }) => atMs)).toEqual([1, 2, 3]);
  });

  it('D7 stays within its limit and thins the old before the new', () => {
    const history = createPriceHistory(8);
    for (let atMs = 1; atMs <= 1_000; atMs += 1) history.record(holding(atMs));
    const points = history.of('a', 'XRP');
    expect(points.length).toBeLessThanOrEqual(8);
    expect(points.slice(-3).map(({ atMs }) => atMs)).toEqual([998, 999, 1_000]);
  });

  it('forgets what is no longer held', () => {
    const history = createPriceHistory(8);
    history.record(holding(1));
    history.record(holding(1, '2', 'BTC'));
    history.forget((key) => key === 'a/BTC');
    expect([history.of('a', 'XRP').length, history.of('a', 'BTC').length]).toEqual([0, 1]);
  });
});

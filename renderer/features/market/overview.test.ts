import { expect, it } from 'vitest';

import type { Quote } from '#shared/domain/market/market.ts';
import { aQuote } from '#shared/domain/testing/entries.ts';

import { overviewOf } from './overview.ts';

const quote = (asset: string, change24hPct: string | null, change: Partial<Quote> = {}): Quote =>
  aQuote({
    backendId: 'hub',
    id: `${asset}-USD`,
    asset,
    price: '1',
    change24hPct,
    receivedAtMs: 1,
    ...change,
  });

it('the market at a glance counts each asset once, by its newest price, and leaves out what nobody tells', () => {
  const { rising, falling, best, worst } = overviewOf([
    quote('BTC', '1.5'),
    quote('ETH', '-2'),
    quote('SOL', '10'),
    quote('SOL', '-30', { backendId: 'other', receivedAtMs: 0 }),
    quote('XRP', '-9.5'),
    quote('ADA', null),
    quote('USDC', '0'),
  ]);
  expect([rising, falling, best?.asset, worst?.asset]).toEqual([2, 2, 'SOL', 'XRP']);
});

it('where nothing moved nothing stands out', () => {
  expect(overviewOf([quote('USDC', '0'), quote('ADA', null)])).toEqual({
    rising: 0,
    falling: 0,
    best: null,
    worst: null,
  });
});

import { describe, expect, it } from 'vitest';

import { MINUTE_MS } from '../../time.ts';
import type { BackendConfig } from '../backends/backend.ts';
import type { LinkStatus } from '../backends/link.ts';
import type { Quote } from './market.ts';
import type { PriceSources } from './market-price.ts';
import { driftSince, freshestPrice, readSymbol } from './market-price.ts';
import { aBackend, aLink, aPortfolio, aQuote, START_MS } from '../testing/entries.ts';

const NOW_MS = START_MS;

const backend = (id: string, given: Partial<BackendConfig> = {}): BackendConfig =>
  aBackend({ id, kind: 'any', name: id, address: 'http://127.0.0.1', colour: '#000000', ...given });
const link = (backendId: string, given: Partial<LinkStatus> = {}): LinkStatus =>
  aLink({ backendId, staleAfterMs: 2 * MINUTE_MS, ...given });
const quote = (backendId: string, id: string, price: string, ageMs = 0): Quote =>
  aQuote({ backendId, id, asset: id, price, receivedAtMs: NOW_MS - ageMs });
/** Bot `own` holds ETH at 3,000, read a minute ago; `hub` only quotes. */
const sources = (given: Partial<PriceSources> = {}): PriceSources => ({
  backends: [backend('own'), backend('hub')],
  links: [link('own'), link('hub')],
  portfolios: [
    aPortfolio({ backendId: 'own', totalUsd: null, occurredAtMs: NOW_MS - MINUTE_MS, receivedAtMs: NOW_MS }),
  ],
  holdings: [
    {
      backendId: 'own',
      asset: 'ETH',
      quantity: '1',
      priceUsd: '3000',
      valueUsd: '3000',
      change24hPct: null,
      baseline: null,
      // It has not moved for an hour; that says nothing against it, since it was read a minute ago.
      updatedAtMs: NOW_MS - 60 * MINUTE_MS,
    },
  ],
  quotes: [],
  ...given,
});
const priceOf = (given: Partial<PriceSources>, instrument = 'ETH') =>
  freshestPrice({ backendId: 'own', instrument }, sources(given), NOW_MS);

describe('A3 the price now', () => {
  it('A3 is the freshest of any backend, and says whose it is and since when', () => {
    expect(priceOf({})).toEqual({
      price: '3000',
      backendId: 'own',
      symbol: 'ETH',
      atMs: NOW_MS - MINUTE_MS,
    });
    expect(priceOf({ quotes: [quote('hub', 'ETH-USDC', '3100', 5_000)] })).toEqual({
      price: '3100',
      backendId: 'hub',
      symbol: 'ETH-USDC',
      atMs: NOW_MS - 5_000,
    });
    expect(priceOf({ quotes: [quote('hub', 'ETH-USDC', '3100', 90_000)] })?.backendId).toBe('own');
  });

  it.each(['ETH', 'ETH-USDC', 'ETHUSDT', 'eth/usd', 'ETH_USD'])('A3 finds a price under %s', (symbol) => {
    expect(priceOf({ quotes: [quote('hub', symbol, '3100')] })?.price).toBe('3100');
    expect(priceOf({ holdings: [], quotes: [quote('hub', 'ETHUSDT', '3100')] }, symbol)?.price).toBe('3100');
  });

  it('A3 a price that may be a sample is nobody’s price, of the asking backend neither', () => {
    const sample = { ...quote('hub', 'ETH-USDC', '1', 1_000), sample: true as const };
    expect(priceOf({ quotes: [sample] })?.price).toBe('3000');
    expect(priceOf({ holdings: [], quotes: [sample, { ...sample, backendId: 'own' }] })).toBeNull();
  });

  it.each(['ETH-BTC', 'STETH', 'ETHW-USD', 'ETHEUR'])('A3 takes no price of %s for one of ETH', (symbol) => {
    expect(priceOf({ quotes: [quote('hub', symbol, '1')] })?.price).toBe('3000');
  });

  it('A3 what is stale does not count: neither an old price nor any of a stale backend', () => {
    const quotes = [quote('hub', 'ETH', '3100')];
    expect(priceOf({ holdings: [], quotes: [quote('hub', 'ETH', '1', 2 * MINUTE_MS + 1)] })).toBeNull();
    expect(priceOf({ quotes, links: [link('own'), link('hub', { dataAtMs: 0 })] })?.price).toBe('3000');
    expect(priceOf({ quotes, links: [link('own')] })?.price).toBe('3000');
    expect(priceOf({ quotes, backends: [backend('own'), backend('hub', { enabled: false })] })?.price).toBe(
      '3000',
    );
  });

  it('A3 practice prices never count for what is real, nor real ones for practice', () => {
    const quotes = [quote('hub', 'ETH', '1')];
    const practice = backend('hub', { practice: true });
    expect(priceOf({ quotes, backends: [backend('own'), practice] })?.price).toBe('3000');
    expect(
      priceOf({ quotes, holdings: [], backends: [backend('own', { practice: true }), backend('hub')] }),
    ).toBeNull();
  });

  it('A3 of two that are equally fresh the asking backend’s own counts', () => {
    const quotes = [quote('own', 'ETH', '2'), quote('hub', 'ETH', '1')];
    expect(priceOf({ quotes })?.price).toBe('2');
    expect(priceOf({ quotes: quotes.toReversed() })?.price).toBe('2');
  });

  it('A3 the drift is from the price at the proposal, and not known without one of the two', () => {
    const now = priceOf({});
    expect(driftSince({ priceThen: '2400' }, now)).toBe('25');
    expect(driftSince({ priceThen: null }, now)).toBeNull();
    expect(driftSince({ priceThen: '2400' }, null)).toBeNull();
  });
});

it('a currency of its own is no pair', () => {
  expect(readSymbol('USDT')).toEqual({ asset: 'USDT', inDollars: true });
  expect(readSymbol('  ')).toBeNull();
});

import { describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '../time.ts';
import type { BackendConfig } from './backends/backend.ts';
import type { LinkStatus } from './backends/link.ts';
import { backendFreshness, isLinkStale, totals } from './derive.ts';
import { exposures } from './portfolio/asset-exposure.ts';
import type { Holding, Portfolio } from './portfolio/portfolio.ts';
import { aBackend, aHolding, aLink, aPortfolio, START_MS } from './testing/entries.ts';

const NOW_MS = START_MS;
const backend = (id: string, given: Partial<BackendConfig> = {}): BackendConfig =>
  aBackend({ id, kind: 'any', name: id, address: 'http://127.0.0.1', colour: '#000000', ...given });
const portfolio = (backendId: string, totalUsd: string | null): Portfolio =>
  aPortfolio({ backendId, totalUsd, occurredAtMs: NOW_MS, receivedAtMs: NOW_MS });
const link = (backendId: string, given: Partial<LinkStatus> = {}): LinkStatus =>
  aLink({ backendId, staleAfterMs: MINUTE_MS, ...given });
const holding = (given: Partial<Holding> = {}): Holding =>
  aHolding({
    backendId: 'a',
    quantity: '1',
    priceUsd: '100',
    valueUsd: '100',
    updatedAtMs: NOW_MS,
    ...given,
  });

describe('D4 staleness', () => {
  it('is about the age of data, not of the connection', () => {
    expect(isLinkStale(link('a', { dataAtMs: NOW_MS - MINUTE_MS }), NOW_MS)).toBe(false);
    expect(isLinkStale(link('a', { dataAtMs: NOW_MS - MINUTE_MS - 1, receivedAtMs: NOW_MS }), NOW_MS)).toBe(
      true,
    );
    expect(isLinkStale(link('a', { dataAtMs: null }), NOW_MS)).toBe(true);
    expect(isLinkStale(link('a', { state: { kind: 'connecting', sinceMs: 0, attempt: 1 } }), NOW_MS)).toBe(
      true,
    );
  });

  it('of a backend is that of its worst link, with the age of its oldest data', () => {
    const links = [
      link('a'),
      link('a', { linkId: 'prices', dataAtMs: NOW_MS - HOUR_MS }),
      link('b', { dataAtMs: null }),
    ];
    expect(backendFreshness('a', links, NOW_MS)).toMatchObject({
      stale: true,
      ageMs: HOUR_MS,
      worst: { linkId: 'prices' },
    });
    expect(backendFreshness('none', links, NOW_MS)).toEqual({ stale: true, ageMs: null, worst: null });
  });

  it('names the link with the oldest data where all are fresh, so that words and age agree', () => {
    const links = [link('a'), link('a', { linkId: 'polled', dataAtMs: NOW_MS - 20_000 })];
    expect(backendFreshness('a', links, NOW_MS)).toMatchObject({
      stale: false,
      ageMs: 20_000,
      worst: { linkId: 'polled' },
    });
  });
});

describe('totals', () => {
  it('never add practice money to real money', () => {
    const backends = [backend('a'), backend('b'), backend('p', { practice: true })];
    const portfolios = [portfolio('a', '0.1'), portfolio('b', '0.2'), portfolio('p', '1000000')];
    const { real, practice } = totals(backends, portfolios, [link('a'), link('b'), link('p')], NOW_MS);
    expect(real).toMatchObject({ totalUsd: '0.3', counted: ['a', 'b'], missing: [], stale: [] });
    expect(practice).toMatchObject({ totalUsd: '1000000', counted: ['p'] });
  });

  it('say what is missing and what is stale, and leave out what is switched off', () => {
    const backends = [backend('a'), backend('b'), backend('c'), backend('off', { enabled: false })];
    const portfolios = [portfolio('a', '5'), portfolio('b', null), portfolio('off', '99')];
    const { real, practice } = totals(backends, portfolios, [link('a', { dataAtMs: null })], NOW_MS);
    expect(real).toMatchObject({ totalUsd: '5', missing: ['b', 'c'], stale: ['a'] });
    expect(practice.totalUsd).toBeNull();
  });
});

describe('backends that show the same account', () => {
  const mirror = (id: string, given: Partial<BackendConfig> = {}): BackendConfig =>
    backend(id, { mirrorsAccount: true, ...given });
  const held = (backendId: string): Holding => holding({ backendId, asset: 'BTC', quantity: '2' });

  it('count it once: the mirror is named and not added, in totals and in exposures alike', () => {
    const backends = [
      backend('a'),
      mirror('hub'),
      backend('p', { practice: true }),
      mirror('p-hub', { practice: true }),
    ];
    const portfolios = ['a', 'hub', 'p', 'p-hub'].map((id) => portfolio(id, '100'));
    const { real, practice } = totals(backends, portfolios, [], NOW_MS);
    expect(real).toMatchObject({ totalUsd: '100', counted: ['a'], mirrored: ['hub'], missing: [] });
    expect(practice).toMatchObject({ totalUsd: '100', counted: ['p'], mirrored: ['p-hub'] });
    const exposed = exposures(['a', 'hub', 'p', 'p-hub'].map(held), backends);
    expect(exposed.real).toMatchObject([{ asset: 'BTC', quantity: '2' }]);
    expect(exposed.practice).toMatchObject([{ asset: 'BTC', quantity: '2' }]);
  });

  it('count a mirror where it is all that is switched on, whatever practice has', () => {
    const backends = [backend('a', { enabled: false }), mirror('hub'), backend('p', { practice: true })];
    const { real } = totals(backends, [portfolio('a', '5'), portfolio('hub', '100')], [], NOW_MS);
    expect(real).toMatchObject({ totalUsd: '100', counted: ['hub'], mirrored: [] });
    expect(exposures([held('a'), held('hub')], backends).real).toMatchObject([{ quantity: '2' }]);
  });

  it('say that nothing can be added where two mirrors may show one account', () => {
    const { real } = totals(
      [mirror('x'), mirror('y')],
      [portfolio('x', '1'), portfolio('y', '1')],
      [],
      NOW_MS,
    );
    expect(real).toMatchObject({ totalUsd: null, counted: [], mirrored: ['x', 'y'] });
  });
});

describe('exposure per asset', () => {
  it('adds up over backends, greatest first, real and practice apart', () => {
    const holdings = [
      holding({ quantity: '0.1', valueUsd: '10' }),
      holding({ backendId: 'b', quantity: '0.2', valueUsd: '20' }),
      holding({ asset: 'ETH', quantity: '3', valueUsd: '70' }),
      holding({ asset: 'ODD', valueUsd: null, priceUsd: null }),
      holding({ backendId: 'p', valueUsd: '999' }),
      holding({ backendId: 'unknown' }),
    ];
    const result = exposures(holdings, [backend('a'), backend('b'), backend('p', { practice: true })]);
    expect(
      result.real.map(({ asset, quantity, valueUsd, sharePct }) => [asset, quantity, valueUsd, sharePct]),
    ).toEqual([
      ['ETH', '3', '70', '70'],
      ['BTC', '0.3', '30', '30'],
      ['ODD', '1', null, null],
    ]);
    expect(result.practice.map((exposure) => exposure.valueUsd)).toEqual(['999']);
  });
});

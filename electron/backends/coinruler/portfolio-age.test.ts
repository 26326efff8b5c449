import { expect, it } from 'vitest';

import type { DeskEvent } from '#shared/domain/desk.ts';
import { freshestPrice } from '#shared/domain/market/market-price.ts';

import { createDesk } from '../../desk/desk.ts';
import { aBackend, aLink } from '#shared/domain/testing/entries.ts';
import { silentLogger } from '../../lib/logger.ts';
import { wirePortfolio } from './protocol.ts';
import { createTrackers } from './trackers.ts';

const NOW = 1_900_000_000_000;
const MINUTE = 60_000;

/** The first reading after connecting, of a server whose clock is so far from ours, and the price that counts after it. */
function firstReading(offsetMs: number, ageMs: unknown): string | null {
  const desk = createDesk(silentLogger);
  const emit = (event: DeskEvent): void => desk.dispatch(event);
  const trackers = createTrackers({ backendId: 'alpha', now: () => NOW, steadyMs: () => NOW, emit });
  const isAge = typeof ageMs === 'number' && ageMs >= 0 && ageMs < 1e12;
  const updatedAt = new Date(NOW + offsetMs - (isAge ? ageMs : MINUTE)).toISOString();
  trackers.portfolio.read(
    wirePortfolio.parse({ balances: { BTC: 1 }, prices: { BTC: 60_000 }, updatedAt, ageMs, hasData: true }),
    NOW - 1_000,
  );
  const backend = aBackend();
  const link = aLink({ dataAtMs: NOW, receivedAtMs: NOW, staleAfterMs: 11 * MINUTE });
  const sources = {
    backends: [backend],
    links: [link],
    portfolios: [...desk.entries('portfolios')].map(([, one]) => one),
    holdings: [...desk.entries('holdings')].map(([, one]) => one),
    quotes: [],
  };
  return freshestPrice({ backendId: 'alpha', instrument: 'BTC' }, sources, NOW)?.price ?? null;
}

it.each([-48 * 60, -30, 0, 30, 48 * 60])(
  'A3 D4 the first reading counts by the age that the server tells, with its clock %i minutes from ours',
  (offsetMinutes) => {
    expect(firstReading(offsetMinutes * MINUTE, 2 * MINUTE)).toBe('60000');
    expect(firstReading(offsetMinutes * MINUTE, 20 * MINUTE)).toBeNull();
  },
);

it.each([null, -1, 'soon', 1e300, Number.NaN, undefined])(
  'D5 an age of %s is none: the stamp of the figures is believed, as before',
  (ageMs) => {
    expect(firstReading(0, ageMs)).toBe('60000');
    expect(firstReading(-30 * MINUTE, ageMs)).toBeNull();
  },
);

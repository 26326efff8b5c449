import { beforeEach, describe, expect, it } from 'vitest';

import type { MarketMovesSettings } from '#shared/domain/alerts/market-moves.ts';
import { marketMovesSettings } from '#shared/domain/alerts/market-moves.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { createDesk } from '../desk/desk.ts';
import type { DeskPort } from '../desk/port.ts';
import { aBackend, aLink, aQuote, aTrade, START_MS } from '#shared/domain/testing/entries.ts';
import { feedEvent } from '#shared/domain/testing/feed-entries.ts';
import type { ManualClock } from '../lib/clock.ts';
import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { startMarketMoves } from './market-moves.ts';

let clock: ManualClock;
let desk: DeskPort;
let settings: MarketMovesSettings;
let stop: () => void;

beforeEach(() => {
  clock = createManualClock(START_MS);
  desk = createDesk(silentLogger);
  settings = marketMovesSettings.parse({});
  for (const id of ['alpha', 'beta', 'toy'])
    desk.dispatch({ type: 'backend-configured', config: aBackend({ id, practice: id === 'toy' }) });
  stop = startMarketMoves({ desk, settings: () => settings, clock });
});

function price(value: string, id = 'ETH-USD', backendId = 'alpha', more: { sample?: true } = {}): void {
  const atMs = clock.now();
  desk.dispatch({ type: 'link-status', status: aLink({ backendId, dataAtMs: atMs }) });
  desk.dispatch(
    feedEvent('quotes', [aQuote({ backendId, id, price: value, receivedAtMs: atMs, ...more })], {
      backendId,
    }),
  );
}
let trades = 0;
function trade(given: Partial<Trade>): void {
  trades += 1;
  const nowMs = clock.now();
  const made = { id: `t${trades}`, status: 'filled', averagePrice: '2500', instrument: 'ETH-USD' } as const;
  desk.dispatch({
    type: 'trade',
    trade: aTrade({ ...made, occurredAtMs: nowMs, receivedAtMs: nowMs, ...given }),
  });
}
const messages = (): string[] => [...desk.entries('alerts')].map(([, { message }]) => message);
const times = (): number => [...desk.entries('alerts')].reduce((sum, [, { count }]) => sum + count, 0);

describe('volatility', () => {
  it('is a move of 10 % within an hour, told once an asset and hour, whichever backends tell it', async () => {
    price('100');
    await clock.advance(30 * MINUTE_MS);
    price('109.99');
    expect(messages()).toEqual([]);
    price('110');
    expect(messages()).toEqual(['ETH-USD rose 10.00 % within 1 h, from 100 to 110.']);
    price('100', 'ETHUSDT', 'beta');
    price('130', 'ETHUSDT', 'beta');
    price('150');
    expect(times()).toBe(1);
    await clock.advance(HOUR_MS);
    price('100');
    price('80');
    expect(times()).toBe(2);
  });

  it('to a price that may be a sample is none', () => {
    price('100');
    price('45', 'ETH-USD', 'alpha', { sample: true });
    price('101');
    expect(messages()).toEqual([]);
  });

  it('over more than an hour is none', async () => {
    for (let step = 0; step < 10; step += 1) {
      price(String(100 + step * 4));
      await clock.advance(30 * MINUTE_MS);
    }
    expect(messages()).toEqual([]);
  });

  it('has a percentage of its own for an asset, another time, or is off', async () => {
    settings = { ...settings, volatilityPctOf: { ETH: '3' }, volatilityMinutes: 5 };
    price('100');
    price('103');
    price('100', 'BTC-USD');
    price('103', 'BTC-USD');
    expect(messages()).toEqual(['ETH-USD rose 3.00 % within 5 min, from 100 to 103.']);
    settings = { ...settings, volatility: false };
    await clock.advance(HOUR_MS);
    price('200', 'BTC-USD');
    expect(times()).toBe(1);
  });

  it('D3 is told again after a clock that was set back, and not of what was before that', async () => {
    clock.jump(24 * HOUR_MS);
    price('100');
    price('120');
    expect(times()).toBe(1);
    clock.jump(-24 * HOUR_MS);
    price('100');
    await clock.advance(MINUTE_MS);
    price('105');
    expect(times()).toBe(1);
    price('115');
    expect(times()).toBe(2);
  });

  it('D3 a price from before the clock was set back is the beginning of no move', async () => {
    price('200');
    clock.jump(-2 * HOUR_MS);
    price('100');
    await clock.advance(MINUTE_MS);
    price('101');
    expect(times()).toBe(0);
  });

  it('of made-up prices is told only where that is asked for', () => {
    price('100', 'ETH-USD', 'toy');
    price('150', 'ETH-USD', 'toy');
    expect(messages()).toEqual([]);
    settings = { ...settings, practice: true };
    price('100', 'ETH-USD', 'toy');
    price('150', 'ETH-USD', 'toy');
    expect([...desk.entries('alerts')].map(([, { backendId }]) => backendId)).toEqual(['toy']);
  });
});

describe('a whale', () => {
  it('is a trade of a million dollars and more; further ones within ten minutes are told together', async () => {
    trade({ quantity: '399.9999' });
    expect(messages()).toEqual([]);
    trade({ quantity: '400', side: 'sell' });
    expect(messages()).toEqual(['Sale of 400 ETH-USD for $1,000,000, at 2500.']);
    trade({ quantity: '800' });
    trade({ quantity: '500' });
    expect(times()).toBe(1);
    await clock.advance(10 * MINUTE_MS);
    expect(messages()).toEqual(['2 more large trades in ETH within 10 min, the largest for $2,000,000.']);
    expect(clock.pending()).toBe(0);
  });

  it('is none where it is old, not in dollars, not made, or whales are off', () => {
    trade({ quantity: '900', occurredAtMs: START_MS - HOUR_MS });
    trade({ quantity: '900', instrument: 'ETH-BTC' });
    trade({ quantity: '900', status: 'failed' });
    trade({ quantity: '900', status: 'simulated' });
    settings = { ...settings, whales: false };
    trade({ quantity: '900' });
    expect(messages()).toEqual([]);
  });
});

it('D7 at ten thousand prices a second over more symbols than are kept it stays bounded and leaves no timer', () => {
  for (let tick = 0; tick < 10_000; tick += 1) price('100', `COIN${tick % 2_000}-USD`);
  expect(messages()).toEqual([]);
  stop();
  expect(clock.pending()).toBe(0);
});

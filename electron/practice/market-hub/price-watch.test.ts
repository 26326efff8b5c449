import { expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { createManualClock } from '../../lib/clock.ts';
import { createMarket, createMarketState } from '../market/market.ts';
import { createPriceWatch } from './price-watch.ts';

it('tells a move once a severity, and nothing of a large one that is taken back in part', async () => {
  const clock = createManualClock();
  const market = createMarket(createMarketState(1, clock.now(), clock.now() + HOUR_MS));
  market.freeze(true);
  market.setPrice('BTC', 60_000);
  const watch = createPriceWatch(market, clock);
  const moveTo = async (price: number, waitMs = SECOND_MS): Promise<string | null> => {
    market.setPrice('BTC', price);
    await clock.advance(waitMs);
    market.advanceTo(clock.now());
    const alert = watch('BTC', 'BTC-USDC');
    return alert === null ? null : `${alert.severity}: ${alert.message}`;
  };
  expect(await moveTo(60_000, 10 * MINUTE_MS)).toBeNull();
  expect(await moveTo(62_000)).toBeNull();
  expect(await moveTo(63_000)).toBe('info: BTC-USDC +5.0% in 5 minutes');
  expect(await moveTo(63_060)).toBeNull();
  expect(await moveTo(66_000)).toBe('warning: BTC-USDC +10.0% in 5 minutes');
  expect(await moveTo(63_000, 2 * MINUTE_MS)).toBeNull();
  expect(await moveTo(63_000, 20 * MINUTE_MS)).toBeNull();
  expect(await moveTo(57_000)).toBe('warning: BTC-USDC -9.5% in 5 minutes');
});

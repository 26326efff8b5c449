import { describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { ASSETS } from './assets.ts';
import type { Market } from './market.ts';
import { createMarket, createMarketState, marketState } from './market.ts';

const START = 1_800_000_000_000;
const fresh = (seed: number): Market => createMarket(createMarketState(seed, START, START + 2 * MINUTE_MS));

describe('the practice market', () => {
  it('is the same for the same seed and clock, however often it is asked', () => {
    const often = fresh(3);
    const once = fresh(3);
    for (let second = 1; second <= 900; second += 1) often.advanceTo(START + second * 1_000);
    once.advanceTo(START + 900_000);
    expect(often.prices()).toEqual(once.prices());
    expect(fresh(4).advanceTo(START + 900_000)).not.toEqual(fresh(3).advanceTo(START + 900_000));
  });

  it('goes on from a saved state as if it had never stopped', () => {
    const whole = fresh(5);
    whole.advanceTo(START + 600_000);
    const first = fresh(5);
    first.advanceTo(START + 300_000);
    const second = createMarket(marketState.parse(JSON.parse(JSON.stringify(first.state()))));
    second.advanceTo(START + 600_000);
    expect(second.prices()).toEqual(whole.prices());
  });

  it('catches up on a year in a bounded number of steps and stays sane', () => {
    const market = fresh(6);
    market.advanceTo(START + 365 * DAY_MS);
    const state = market.state();
    expect(START + 365 * DAY_MS - state.atMs).toBeLessThan(DAY_MS);
    expect(state.closes.length + state.recent.length).toBeLessThan(1_000);
    for (const asset of ASSETS) {
      expect(market.price(asset.symbol)).toBeGreaterThan(asset.anchorPrice / 50);
      expect(market.price(asset.symbol)).toBeLessThan(asset.anchorPrice * 50);
    }
  });

  it('lets an asset run more than 10 % within five minutes now and then, and whales appear', () => {
    const market = fresh(1);
    const runs = new Set<string>();
    let whales = 0;
    for (let second = 1; second <= 1_500; second += 1) {
      whales += market.advanceTo(START + second * 1_000).length;
      for (const { symbol } of ASSETS)
        if (Math.abs(market.changePct(symbol, 5 * MINUTE_MS) ?? 0) >= 10) runs.add(symbol);
    }
    expect(runs.size).toBeGreaterThan(0);
    expect(whales).toBeGreaterThan(5);
  });

  it('does not claim a change over a time it does not know', () => {
    const market = fresh(2);
    market.advanceTo(START + 60_000);
    expect(market.changePct('BTC', HOUR_MS)).toBeNull();
    expect(market.changePct('BTC', 50_000)).not.toBeNull();
  });

  it('keeps a price that was set by hand while it is frozen', () => {
    const market = fresh(2);
    market.freeze(true);
    market.setPrice('BTC', 70_000);
    market.advanceTo(START + 60_000);
    expect(market.price('BTC')).toBe(70_000);
  });
});

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Account } from '../account.ts';
import { accountFill, FILLED } from '../account.ts';
import type { Asset } from '../market/assets.ts';
import { ASSETS, QUOTE } from '../market/assets.ts';
import type { Market } from '../market/market.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import type { HubServer } from './hub-server.ts';
import { forecastMomentum } from './momentum.ts';
import { findPatterns } from './patterns.ts';
import { createPriceWatch } from './price-watch.ts';

/** What the hub tells of: the same market and account as every other protocol of the practice desk. */
interface World {
  clock: Clock;
  log: Logger;
  market: Market;
  account: Account;
  unit: UnitOfWork;
}

interface Publisher {
  /** A quiet desk tells prices, portfolio and fills, and has no opinion of its own. */
  setQuiet(quiet: boolean): void;
  dispose(): void;
}

/** Publishes on the hub whatever the practice desk does. Keeps no state of its own, as the protocol has none. */
export function startPublisher(hub: HubServer, world: World, initial: { quiet: boolean }): Publisher {
  const { clock, log, market, account, unit } = world;
  const told = new Map<string, { price: number; atMs: number }>();
  const patternRestMs = new Map<string, number>();
  const watchPrice = createPriceWatch(market, clock);
  let { quiet } = initial;
  let forecasts = 0;
  let tickCount = 0;

  function tick(): void {
    // Nothing is kept for those who come later, so without a listener there is nothing to do.
    if (hub.count() === 0) return;
    tickCount += 1;
    for (const asset of ASSETS) tellPrice(asset);
    if (tickCount % PORTFOLIO_TICKS === 1) tellPortfolio();
    if (quiet) return;
    for (const { symbol } of TRADED) tellMove(symbol);
    if (tickCount % FORECAST_TICKS === FIRST_FORECAST_TICK) tellForecast();
    if (tickCount % PATTERN_TICKS === FIRST_PATTERN_TICK) tellPatterns();
  }

  /** A price that moved at once; one that stands now and then, for those who joined since. */
  function tellPrice(asset: Asset): void {
    const { symbol } = asset;
    const price = market.price(symbol);
    const nowMs = clock.now();
    const last = told.get(symbol);
    if (last?.price === price && nowMs - last.atMs < STANDING_PRICE_MS) return;
    told.set(symbol, { price, atMs: nowMs });
    hub.tell('price_update', {
      symbol: pairOf(symbol),
      price,
      // 0 where the market does not know that far back (sheet, section 3).
      change_24h: rounded(market.changePct(symbol, DAY_MS) ?? 0, 4),
      volume_24h: Math.round(market.dayVolumeUsd(symbol)),
      timestamp: hub.stamp(),
    });
  }

  function tellPortfolio(): void {
    const prices = market.prices();
    const balances = account.balances();
    let paidUsd = 0;
    let pnl = 0;
    for (const [symbol, quantity] of Object.entries(balances)) {
      const paid = account.costBasis(symbol);
      if (paid === null) continue;
      paidUsd += quantity * paid;
      pnl += quantity * ((prices[symbol] ?? 0) - paid);
    }
    hub.tell('portfolio_update', {
      total_value: rounded(account.totalUsd(prices), 2),
      pnl: rounded(pnl, 2),
      pnl_percent: paidUsd > 0 ? rounded((pnl / paidUsd) * 100, 4) : 0,
      balances,
      timestamp: hub.stamp(),
    });
  }

  function tellFill(data: unknown): void {
    const { orderId, symbol, side, quantity, price } = accountFill.parse(data);
    hub.tell('trade_executed', {
      order_id: orderId,
      symbol: pairOf(symbol),
      side,
      quantity,
      price,
      timestamp: hub.stamp(),
    });
  }

  function tellMove(symbol: string): void {
    const alert = watchPrice(symbol, pairOf(symbol));
    if (alert !== null) hub.tell('alert', { alert_type: 'price_alert', ...alert, timestamp: hub.stamp() });
  }

  /** One asset after the other, each over another horizon in its next turn. */
  function tellForecast(): void {
    const asset = TRADED[forecasts % TRADED.length];
    const horizonMinutes = HORIZONS_MINUTES[Math.floor(forecasts / TRADED.length) % HORIZONS_MINUTES.length];
    forecasts += 1;
    if (asset === undefined || horizonMinutes === undefined) return;
    const { symbol, priceDigits } = asset;
    const closes = closesOf(symbol, HOUR_MS);
    const forecast = forecastMomentum(closes, (horizonMinutes * MINUTE_MS) / CLOSE_STEP_MS);
    if (forecast === null) return;
    const price = market.price(symbol);
    hub.tell('ml_prediction', {
      model: 'momentum-1h',
      symbol: pairOf(symbol),
      direction: forecast.direction,
      confidence: rounded(forecast.confidence, 3),
      current_price: price,
      predicted_price: rounded(price * forecast.multiple, priceDigits),
      horizon_minutes: horizonMinutes,
      samples: closes.length,
    });
  }

  /** A formation lasts; it is told once in a while. */
  function tellPatterns(): void {
    const nowMs = clock.now();
    for (const { symbol, priceDigits } of TRADED) {
      for (const found of findPatterns(closesOf(symbol, 2 * HOUR_MS + CLOSE_STEP_MS), market.price(symbol))) {
        const key = `${symbol}:${found.name}:${found.direction}`;
        if ((patternRestMs.get(key) ?? 0) > nowMs) continue;
        patternRestMs.set(key, nowMs + PATTERN_REST_MS);
        hub.tell('pattern_detected', {
          pattern: found.name,
          symbol: pairOf(symbol),
          direction: found.direction,
          confidence: rounded(found.confidence, 3),
          entry_price: rounded(found.entry, priceDigits),
          exit_price: rounded(found.exit, priceDigits),
          stop_price: rounded(found.stop, priceDigits),
          timeframe: '5m',
        });
      }
    }
  }

  const closesOf = (symbol: string, windowMs: number): number[] =>
    market.closes(clock.now() - windowMs).map(({ prices }) => prices[symbol] ?? 0);

  function onHappening(type: string, data: unknown): void {
    if (type === FILLED) tellFill(data);
    else if (type === 'portfolio:updated') tellPortfolio();
  }

  function guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      log.error('The practice market hub stumbled', { error: String(error) });
    }
  }

  const running = new Disposables();
  running.add(unit.onHappening((type, data) => guarded(() => onHappening(type, data))));
  running.add(clock.every(SECOND_MS, () => guarded(tick)));
  return {
    setQuiet(value) {
      quiet = value;
    },
    dispose: () => running.dispose(),
  };
}

const TRADED = ASSETS.filter(({ symbol }) => symbol !== QUOTE);
/** `USDC` itself is priced in dollars, so that a holder of it can be valued. */
const pairOf = (symbol: string): string => (symbol === QUOTE ? `${QUOTE}-USD` : `${symbol}-${QUOTE}`);
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

const STANDING_PRICE_MS = 10 * SECOND_MS;
const CLOSE_STEP_MS = 5 * MINUTE_MS;
const PORTFOLIO_TICKS = 10;
const FORECAST_TICKS = 20;
const FIRST_FORECAST_TICK = 4;
const PATTERN_TICKS = 15;
const FIRST_PATTERN_TICK = 7;
const HORIZONS_MINUTES = [5, 15, 60];
const PATTERN_REST_MS = 15 * MINUTE_MS;

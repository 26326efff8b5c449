import type { Alert } from '#shared/domain/alerts/alert.ts';
import { isPriceOfMarket } from '#shared/domain/market/market.ts';
import { readSymbol } from '#shared/domain/market/market-price.ts';
import type { MarketMovesSettings } from '#shared/domain/alerts/market-moves.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import { absolute, compare, multiply } from '#shared/money.ts';
import { formatAge, MINUTE_MS } from '#shared/time.ts';

import type { DeskPort } from '../desk/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { MoveWindow } from './move-window.ts';
import { createMoveWindow, exactPct } from './move-window.ts';
import type { SeenPrice } from './sources.ts';
import { createPriceSources } from './sources.ts';

/** Within this after a large trade further ones of the asset are counted, and told in one at its end. */
const WHALE_WINDOW_MS = 10 * MINUTE_MS;
/** A trade that is read long after it was made is history. */
const TRADE_IS_NEWS_MS = 10 * MINUTE_MS;
/** A float is never off by more than this share. */
const ALMOST = 0.999_999;
const MOST_SYMBOLS = 1_000;
const MOST_TRADES_KNOWN = 2_000;

/** What is kept of a symbol. */
interface Watched {
  minutes: number;
  asset: string;
  window: MoveWindow;
}

export interface MarketMovesParts {
  desk: DeskPort;
  settings: () => MarketMovesSettings;
  clock: Clock;
}

/**
 * Tells of a price that moved far within the person's time, and of a trade as large as the person's limit: one alert an asset and
 * window, whichever backends tell it. Memory is bounded by symbols, whatever the rate.
 */
export function startMarketMoves({ desk, settings, clock }: MarketMovesParts): Disposer {
  const sources = createPriceSources(desk);
  const windows = new Map<string, Watched>();
  const quietUntilMs = new Map<string, number>();
  const whales = new Map<string, { more: number; largest: string; last: Trade; stop: Disposer }>();
  const knownTrades = new Set<string>();

  function watchedBy(key: string, symbol: string, minutes: number): Watched {
    const known = windows.get(key);
    if (known?.minutes === minutes) return known;
    dropOldest(windows, MOST_SYMBOLS);
    const asset = readSymbol(symbol)?.asset ?? symbol;
    const watched = { minutes, asset, window: createMoveWindow(minutes * MINUTE_MS) };
    windows.set(key, watched);
    return watched;
  }

  /** `key` is that of the quote or the holding. */
  function onPrice(key: string, seen: SeenPrice): void {
    const { volatility, volatilityMinutes, volatilityPct, volatilityPctOf, practice } = settings();
    const isPractice = desk.get('backends', seen.backendId)?.practice ?? false;
    const nowMs = clock.now();
    if (!volatility || (isPractice && !practice) || !sources.countsFor(isPractice, seen, nowMs)) return;
    const { window, asset } = watchedBy(key, seen.symbol, volatilityMinutes);
    const move = window.add(seen.price, seen.atMs);
    const least = (Object.hasOwn(volatilityPctOf, asset) ? volatilityPctOf[asset] : null) ?? volatilityPct;
    if (move === null || Math.abs(move.roughPct) < Number(least) * ALMOST) return;
    const percent = exactPct(move);
    if (compare(absolute(percent), least) < 0) return;
    window.clear();
    const subject = `${isPractice} ${asset}`;
    const quietMs = (quietUntilMs.get(subject) ?? 0) - nowMs;
    // Longer than one was ever asked for: the clock was set back.
    if (quietMs > 0 && quietMs <= volatilityMinutes * MINUTE_MS) return;
    dropOldest(quietUntilMs, MOST_SYMBOLS);
    quietUntilMs.set(subject, nowMs + volatilityMinutes * MINUTE_MS);
    const size = Math.abs(Number(percent)).toFixed(2);
    const within = formatAge(volatilityMinutes * MINUTE_MS);
    const message =
      Number(percent) < 0
        ? `${seen.symbol} fell ${size} % within ${within}, from ${move.from} to ${seen.price}.`
        : `${seen.symbol} rose ${size} % within ${within}, from ${move.from} to ${seen.price}.`;
    tell('volatility', seen.backendId, seen.symbol, { asset, message });
  }

  function onTrade(key: string, trade: Trade): void {
    const { whales: areOn, whaleUsd, practice } = settings();
    const isPractice = desk.get('backends', trade.backendId)?.practice ?? false;
    const worth = areOn && (practice || !isPractice) ? worthOf(trade, clock.now()) : null;
    if (worth === null || compare(worth.usd, whaleUsd) < 0 || knownTrades.has(key)) return;
    dropOldest(knownTrades, MOST_TRADES_KNOWN);
    knownTrades.add(key);
    const subject = `${isPractice} ${worth.asset}`;
    const open = whales.get(subject);
    if (open !== undefined) {
      open.more += 1;
      open.last = trade;
      if (compare(worth.usd, open.largest) > 0) open.largest = worth.usd;
      return;
    }
    if (whales.size >= MOST_SYMBOLS) return;
    const stop = clock.after(WHALE_WINDOW_MS, () => endWindow(subject, worth.asset));
    whales.set(subject, { more: 0, largest: '0', last: trade, stop });
    const what = `${worth.quantity} ${trade.instrument} for ${dollars(worth.usd)}, at ${trade.averagePrice}`;
    const message = WHALE_WORDS[trade.side === 'buy' || trade.side === 'sell' ? trade.side : 'other'](what);
    tell('whale', trade.backendId, trade.instrument, { asset: worth.asset, message });
  }

  function endWindow(subject: string, asset: string): void {
    const open = whales.get(subject);
    whales.delete(subject);
    if (open === undefined || open.more === 0) return;
    const message = `${open.more} more large ${open.more === 1 ? 'trade' : 'trades'} in ${asset} within ${formatAge(WHALE_WINDOW_MS)}, the largest for ${dollars(open.largest)}.`;
    tell('whale', open.last.backendId, open.last.instrument, { asset, message });
  }

  function tell(
    kind: 'volatility' | 'whale',
    backendId: string,
    instrument: string | null,
    { asset, message }: { asset: string; message: string },
  ): void {
    const nowMs = clock.now();
    const alert: Alert = {
      backendId,
      id: `desk-${kind}-${asset}-${nowMs}`,
      kind,
      severity: 'high',
      rawSeverity: '',
      message,
      groupKey: `desk-${kind}:${asset}`,
      instrument,
      facts: [{ name: 'Seen by', value: 'the desk' }],
      occurredAtMs: nowMs,
      receivedAtMs: nowMs,
      count: 1,
      acknowledgedAtMs: null,
    };
    desk.dispatch({ type: 'alert', alert });
  }

  const stopListening = desk.onPatches((patches) => {
    for (const patch of patches) {
      if (patch.value === null) continue;
      if (patch.slice === 'quotes') {
        const { backendId, id, price, receivedAtMs } = patch.value;
        if (isPriceOfMarket(patch.value))
          onPrice(patch.key, { backendId, symbol: id, price, atMs: receivedAtMs });
      } else if (patch.slice === 'holdings' && patch.value.priceUsd !== null) {
        const { backendId, asset, priceUsd, updatedAtMs } = patch.value;
        onPrice(patch.key, { backendId, symbol: asset, price: priceUsd, atMs: updatedAtMs });
      } else if (patch.slice === 'trades') onTrade(patch.key, patch.value);
    }
  });
  return () => {
    stopListening();
    for (const { stop } of whales.values()) stop();
    whales.clear();
  };
}

/** What a trade that was just made is worth in dollars; `null` where it is none, old, or not known. */
function worthOf(trade: Trade, nowMs: number): { usd: string; asset: string; quantity: string } | null {
  const { averagePrice, instrument, occurredAtMs, receivedAtMs, status } = trade;
  const quantity = trade.filledQuantity ?? trade.quantity;
  const symbol = instrument === null ? null : readSymbol(instrument);
  if (quantity === null || averagePrice === null || !symbol?.inDollars) return null;
  if (status !== 'filled' && status !== 'other') return null;
  if (nowMs - (occurredAtMs ?? receivedAtMs) > TRADE_IS_NEWS_MS) return null;
  return { usd: absolute(multiply(quantity, averagePrice)), asset: symbol.asset, quantity };
}

const dollars = (usd: string): string => `$${Math.round(Number(usd)).toLocaleString('en-US')}`;

function dropOldest(kept: Map<string, unknown> | Set<string>, most: number): void {
  if (kept.size < most) return;
  const [oldest] = kept.keys();
  if (oldest !== undefined) kept.delete(oldest);
}

const WHALE_WORDS = {
  buy: (what: string) => `Buy of ${what}.`,
  sell: (what: string) => `Sale of ${what}.`,
  other: (what: string) => `Trade of ${what}.`,
};

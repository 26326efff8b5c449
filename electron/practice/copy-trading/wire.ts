import type { CopyTrading } from './context.ts';
import { iso } from './context.ts';
import type { Copy, CopyTrade } from './copy-account.ts';
import type { TraderBook, TraderTrade } from './documents.ts';
import { followersOf, idOfTrader } from './members.ts';
import { marketIdOf, pairOf } from './pairs.ts';
import { PROFILES, profileOf } from './profiles.ts';
import { pnlOf, returnOf } from './strategy.ts';
import { cents, figuresOf } from './trader-book.ts';
import { DAY_MS } from '#shared/time.ts';

type Wire = Record<string, unknown>;

/** A trader as the lists show them (sheet, section 4.1). */
export function traderWire(desk: CopyTrading, book: TraderBook): Wire & { monthlyReturn: number } {
  const profile = profileOf(book.wallet);
  const figures = figuresOf(book, desk.market);
  return {
    id: idOfTrader(desk.members, book.wallet),
    walletAddress: book.wallet,
    name: profile?.name ?? '',
    username: profile?.username ?? '',
    avatar: `/avatars/${PROFILES.findIndex(({ wallet }) => wallet === book.wallet) + 1}.jpg`,
    riskLevel: profile?.riskLevel ?? 'medium',
    monthlyReturn: figures.monthlyReturn,
    followers: followerCount(desk, book),
    winRate: figures.winRate,
    avgHoldTime: figures.avgHoldTime,
    sharpeRatio: figures.sharpeRatio,
    totalTrades: figures.totalTrades,
    totalVolume: figures.totalVolume,
    createdAt: iso(desk.state.sinceMs),
    isActive: true,
  };
}

const followerCount = (desk: CopyTrading, book: TraderBook): number =>
  (profileOf(book.wallet)?.elsewhere ?? 0) + followersOf(desk.members, book.wallet);

/** `data` of a `performance_update` (sheet, section 6). */
export function performanceWire(desk: CopyTrading, book: TraderBook): Wire {
  const { totalPnL, winRate, totalTrades, avgHoldTime, sharpeRatio, maxDrawdown, lastTradeTime, riskScore } =
    figuresOf(book, desk.market);
  return {
    traderId: idOfTrader(desk.members, book.wallet),
    totalPnL,
    winRate,
    totalTrades,
    avgHoldTime,
    sharpeRatio,
    maxDrawdown,
    lastTradeTime,
    riskScore,
  };
}

/** `performance` of the plain server's broadcast (sheet, section 5). */
export function broadcastPerformanceWire(desk: CopyTrading, book: TraderBook): Wire {
  const { totalPnL, winRate, totalTrades, avgPositionSize, sharpeRatio, maxDrawdown, riskScore } = figuresOf(
    book,
    desk.market,
  );
  const followers = followerCount(desk, book);
  return {
    totalPnL,
    winRate,
    totalTrades,
    avgPositionSize,
    followers,
    sharpeRatio,
    maxDrawdown,
    riskScore,
  };
}

/** A trader's trade in a list: ISO time, `type`. */
export const traderTradeWire = (desk: CopyTrading, wallet: string, trade: TraderTrade): Wire => ({
  id: trade.id,
  traderId: idOfTrader(desk.members, wallet),
  symbol: pairOf(trade.symbol),
  type: trade.side,
  amount: trade.quantity,
  price: trade.price,
  timestamp: iso(trade.atMs),
  pnl: trade.pnl,
  status: 'completed',
});

/** The same as it is pushed: milliseconds, `side`. `positionSize` is what the trader holds of it after the trade. */
export const tradeUpdateWire = (desk: CopyTrading, wallet: string, trade: TraderTrade): Wire => ({
  traderId: idOfTrader(desk.members, wallet),
  traderAddress: wallet,
  symbol: pairOf(trade.symbol),
  side: trade.side,
  amount: trade.quantity,
  price: trade.price,
  timestamp: trade.atMs,
  txHash: `0x${trade.id.replaceAll('-', '')}`,
  positionSize: trade.opens ? trade.quantity : 0,
  pnl: trade.pnl,
});

/** A copy in the follower's portfolio: `amount` is the money put in, times are ISO (sheet, section 4.2). */
export function copyWire(desk: CopyTrading, copy: Copy): Wire {
  const price = copy.closed?.price ?? desk.market.price(copy.symbol);
  const pnl = pnlOf(copy, price);
  const amount = copy.quantity * copy.entryPrice;
  return {
    id: copy.id,
    orderId: copy.orderId,
    traderId: copy.trader === null ? '' : idOfTrader(desk.members, copy.trader),
    traderName: nameOf(copy.trader),
    symbol: pairOf(copy.symbol),
    type: copy.side,
    amount: cents(amount),
    entryPrice: copy.entryPrice,
    currentPrice: price,
    currentValue: cents(amount + pnl),
    pnl: cents(pnl),
    pnlPercent: cents(returnOf(copy, price) * 100),
    status: copy.closed === null ? 'active' : 'closed',
    openedAt: iso(copy.openedAtMs),
    ...(copy.stopLoss === null ? {} : { stopLoss: copy.stopLoss }),
    ...(copy.takeProfit === null ? {} : { takeProfit: copy.takeProfit }),
  };
}

/** The same as it is pushed to its owner: the shape meant behind the 401 (sheet, section 4.3). */
export function positionUpdateWire(desk: CopyTrading, userId: string, copy: Copy): Wire {
  const price = copy.closed?.price ?? desk.market.price(copy.symbol);
  return {
    userId,
    id: copy.id,
    orderId: copy.orderId,
    traderId: copy.trader === null ? '' : idOfTrader(desk.members, copy.trader),
    symbol: pairOf(copy.symbol),
    side: copy.side,
    amount: copy.quantity,
    entryPrice: copy.entryPrice,
    currentPrice: price,
    pnl: cents(pnlOf(copy, price)),
    pnlPercentage: cents(returnOf(copy, price) * 100),
    timestamp: desk.clock.now(),
    status: copy.closed === null ? 'active' : 'closed',
    ...(copy.closed === null ? {} : { closedBy: copy.closed.why }),
  };
}

/** A position as the upstream exchange knows it (sheet, section 4.4); nobody borrows here. */
export function exchangePositionWire(
  desk: CopyTrading,
  holding: Pick<Copy, 'symbol' | 'side' | 'quantity' | 'entryPrice'>,
): Wire {
  const markPrice = desk.market.price(holding.symbol);
  return {
    marketId: marketIdOf(holding.symbol),
    side: holding.side,
    size: holding.quantity,
    entryPrice: holding.entryPrice,
    markPrice,
    pnl: cents(pnlOf(holding, markPrice)),
    leverage: 1,
    margin: cents(holding.quantity * holding.entryPrice),
  };
}

/** `value` is the quantity, as on the real server, where `amount` is the money. */
export const copyTradeWire = (desk: CopyTrading, trade: CopyTrade): Wire => ({
  id: trade.id,
  traderId: trade.trader === null ? '' : idOfTrader(desk.members, trade.trader),
  traderName: nameOf(trade.trader),
  symbol: pairOf(trade.symbol),
  type: trade.side,
  amount: cents(trade.quantity * trade.price),
  price: trade.price,
  value: trade.quantity,
  pnl: trade.pnl,
  pnlPercent: trade.pnlPct,
  timestamp: iso(trade.atMs),
  status: 'completed',
});

/** Price figures of an asset; change and volume of a day. */
export function quoteFigures(
  desk: CopyTrading,
  symbol: string,
): { price: number; change24h: number; volume24h: number } {
  return {
    price: desk.market.price(symbol),
    change24h: cents(desk.market.changePct(symbol, DAY_MS) ?? 0),
    volume24h: Math.round(desk.market.dayVolumeUsd(symbol)),
  };
}

/** `data` of a `price_update`; the day's closes are handed over, since they are the same for all. */
export function priceUpdateWire(desk: CopyTrading, symbol: string, closes: DayCloses): Wire {
  const past = closes.map(({ prices }) => prices[symbol] ?? 0);
  const figures = quoteFigures(desk, symbol);
  return {
    symbol: pairOf(symbol),
    ...figures,
    high24h: Math.max(figures.price, ...past),
    low24h: Math.min(figures.price, ...past),
    marketCap: 0,
    timestamp: desk.clock.now(),
  };
}

type DayCloses = ReturnType<typeof dayCloses>;
export const dayCloses = (desk: CopyTrading) => desk.market.closes(desk.clock.now() - DAY_MS);

const nameOf = (wallet: string | null): string =>
  wallet === null ? 'By hand' : (profileOf(wallet)?.name ?? '');

import type { Activity } from '#shared/domain/bots/activity.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import type { Quote } from '#shared/domain/market/market.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare } from '#shared/money.ts';

import { plainText } from '../../lib/clean.ts';
import { contentId } from '../kit/content-id.ts';
import type { Desk } from './desk.ts';
import type {
  WireCopyTrade,
  WireLivePortfolio,
  WirePortfolio,
  WirePrice,
  WireTraderTrade,
} from './protocol.ts';
import { assetOf } from './symbols.ts';
import { unitsOfOrder } from './units.ts';

export function mapQuote(wire: WirePrice, { backendId, now, priceTrust, simulated }: Desk): Quote {
  const id = plainText(wire.symbol, 60);
  const change24hPct = unlessZero(wire.change24h);
  const volume24h = unlessZero(wire.volume24h);
  const isBare = change24hPct === null && volume24h === null;
  const isOfMarket = priceTrust.isOfMarket(id, wire.price, isBare) && !simulated();
  return {
    backendId,
    id,
    asset: assetOf(id),
    price: wire.price,
    change24hPct,
    volume24h,
    ...(isOfMarket ? {} : { sample: true }),
    receivedAtMs: now(),
  };
}

/** Where the server has no price it says a constant, with zeros beside it (§5). */
const unlessZero = (figure: DecimalString | null): DecimalString | null =>
  figure === null || compare(figure, '0') === 0 ? null : figure;

/** One of the person's own copied orders; of samples it is said that nobody made them. */
export function mapCopyTrade(wire: WireCopyTrade, desk: Desk): Trade {
  const id = plainText(wire.id, 200);
  const isSample = wire.traderId !== undefined && desk.roster.walletOf(wire.traderId) === null;
  const simulated = desk.simulated() || isSample;
  const side = (wire.side ?? wire.type ?? '').toLowerCase();
  if (!simulated && wire.pnl !== null && wire.timestamp !== null)
    desk.noteResult(id, { pnl: wire.pnl, atMs: wire.timestamp });
  const quantity = unitsOfOrder(wire);
  const isDone = /complete|filled|executed|closed/i.test(wire.status ?? '');
  return {
    backendId: desk.backendId,
    id,
    side: side === 'buy' || side === 'sell' ? side : 'other',
    instrument: assetOf(plainText(wire.symbol, 60)) || null,
    quantity,
    filledQuantity: isDone ? quantity : null,
    averagePrice: wire.price,
    status: simulated
      ? 'simulated'
      : isDone
        ? 'filled'
        : /fail|reject/i.test(wire.status ?? '')
          ? 'failed'
          : 'other',
    rawStatus: plainText(wire.status, 60) || null,
    orderId: null,
    approvalId: null,
    origin: plainText(wire.traderName, 80) || 'copy',
    realisedPnlUsd: simulated ? null : wire.pnl,
    occurredAtMs: wire.timestamp,
    receivedAtMs: desk.now(),
  };
}

export function mapPortfolio(
  wire: Pick<WirePortfolio, 'totalValue' | 'dayChange'>,
  { backendId, now }: Desk,
  occurredAtMs: number | null = null,
): DeskEvent {
  return {
    type: 'portfolio',
    portfolio: {
      backendId,
      totalUsd: wire.totalValue,
      change24hPct: wire.dayChange,
      collateral: null,
      occurredAtMs,
      receivedAtMs: now(),
    },
    // What is copied are positions, which stand in a place of their own.
    holdings: [],
    depositUsd: null,
  };
}

/** The plain server's portfolio of a wallet; `null` where its figures may be made up (§5: zeros when the chain is away). */
export function mapLivePortfolio(wire: WireLivePortfolio, desk: Desk): DeskEvent | null {
  const isReal =
    !desk.simulated() &&
    wire.isRealTime === true &&
    wire.error === undefined &&
    wire.totalValue !== null &&
    compare(wire.totalValue, '0') > 0;
  // The change of the day is noise there (§5).
  return isReal
    ? mapPortfolio({ totalValue: wire.totalValue, dayChange: null }, desk, wire.lastUpdated)
    : null;
}

/** An order of a trader that the person follows. */
export function mapTraderTrade(wire: WireTraderTrade, wallet: string, desk: Desk): Activity {
  const name = desk.roster.byWallet(wallet)?.name ?? wallet;
  const symbol = plainText(wire.symbol, 60);
  const side = plainText(wire.side, 40);
  const facts = (
    [
      ['Side', side],
      ['Amount', wire.amount],
      ['Price', wire.price],
      ['Position', wire.positionSize],
      ['Profit', wire.pnl],
      ['Transaction', plainText(wire.txHash, 120)],
    ] as const
  ).flatMap(([label, value]) => (value === null || value === '' ? [] : [{ name: label, value }]));
  return {
    backendId: desk.backendId,
    id: contentId([wallet, wire.txHash, symbol, side, wire.amount, wire.price, wire.timestamp]),
    subject: wallet,
    subjectName: name,
    kind: 'trade',
    severity: 'low',
    symbol,
    message: `${name}: ${side} ${wire.amount ?? '?'} ${symbol}${wire.price === null ? '' : ` at ${wire.price}`}`,
    facts,
    serverTime: null,
    occurredAtMs: wire.timestamp,
    receivedAtMs: desk.now(),
  };
}

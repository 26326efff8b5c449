import { HOUR_MS } from '#shared/time.ts';

import type { Fill, Order } from '../account.ts';
import { FILLED, slippedPrice } from '../account.ts';
import type { Coinruler } from './context.ts';
import { bound, newId, nowIso, tellAlert } from './context.ts';
import type { ExecutionDocument } from './documents.ts';
import { textOf } from './documents.ts';

/** What the exchange answered (sheet, section 4.1). On the practice desk orders are really filled, in its own account. */
type TradeResult =
  | { ok: true; orderId: string; status: 'filled'; filledQty: number; avgFillPrice: number }
  | { ok: false; error: 'INVALID_AMOUNT' | 'INSUFFICIENT_BALANCE' };

interface Traded {
  result: TradeResult;
  fill: Fill | null;
  slippagePct: number;
}

/** Places a market order at the practice exchange. A scripted one fills at its own price and is named after its approval. */
export function placeOrder(desk: Coinruler, order: Order, scripted: string | null = null): Traded {
  if (!(order.quantity > 0))
    return { result: { ok: false, error: 'INVALID_AMOUNT' }, fill: null, slippagePct: 0 };
  const slipped =
    scripted === null ? slippedPrice(order, desk.random) : { price: order.price, slippagePct: 0 };
  const fill = desk.account.fill({ ...order, price: slipped.price });
  if (fill === null)
    return { result: { ok: false, error: 'INSUFFICIENT_BALANCE' }, fill: null, slippagePct: 0 };
  noteRisk(desk, fill);
  const orderId = `practice-${scripted ?? newId(desk)}`;
  desk.unit.tell(FILLED, { orderId, ...order, price: fill.price });
  return {
    result: {
      ok: true,
      orderId,
      status: 'filled',
      filledQty: fill.quantity,
      avgFillPrice: fill.price,
    },
    fill,
    slippagePct: slipped.slippagePct,
  };
}

export function recordExecution(
  desk: Coinruler,
  members: Record<string, unknown>,
  id?: string,
): ExecutionDocument {
  const document = {
    ...members,
    executedAt: textOf(members.executedAt, nowIso(desk)),
    _id: id ?? newId(desk),
  };
  desk.state.executions.push(document);
  bound(desk.state.executions, EXECUTIONS_KEPT);
  return document;
}

/** The two frames of a trade. The real server tells both after the order returned (sheet, section 5.1). */
export function tellTrade(
  desk: Coinruler,
  trade: { mode: 'manual' | 'auto'; side: string; symbol: string; amount: number; ruleId?: string },
  result: TradeResult,
): void {
  const { mode, ruleId } = trade;
  desk.unit.tell('trade:submitted', { ...trade, ts: nowIso(desk) });
  const outcome = result.ok ? { ok: true, orderId: result.orderId, status: result.status } : { ok: false };
  desk.unit.tell('trade:result', { mode, ...outcome, ruleId, ts: nowIso(desk) });
}

/** The bot looks at its own fills: one that slipped far from the price it was made at is an anomaly. */
export function watchFill(desk: Coinruler, traded: Traded): void {
  const { fill, slippagePct } = traded;
  if (fill === null || slippagePct < ANOMALY_SLIPPAGE_PCT) return;
  const severity = slippagePct >= 2 * ANOMALY_SLIPPAGE_PCT ? 'high' : 'medium';
  const message = `Fill anomaly: ${fill.side} ${fill.symbol} slipped ${slippagePct.toFixed(2)}% (usual 0.03%)`;
  tellAlert(desk, 'anomaly', severity, message, {
    symbol: fill.symbol,
    side: fill.side,
    quantity: fill.quantity,
    avgFillPrice: fill.price,
    slippagePct: Number(slippagePct.toFixed(3)),
  });
}

/** Unlike the real server, whose figures stay 0 (sheet, section 4.6), the practice desk counts its trades and losses. */
function noteRisk(desk: Coinruler, fill: Fill): void {
  const { risk } = desk.state;
  const nowMs = desk.clock.now();
  risk.trades = risk.trades.filter((atMs) => nowMs - atMs < HOUR_MS);
  risk.trades.push(nowMs);
  risk.totalExecutions += 1;
  if (fill.realisedUsd < 0) risk.dailyLoss = Number((risk.dailyLoss - fill.realisedUsd).toFixed(2));
}

export function riskState(desk: Coinruler): Record<string, unknown> {
  const { risk } = desk.state;
  const today = nowIso(desk).slice(0, 10);
  if (risk.lastDailyReset.slice(0, 10) !== today) {
    risk.dailyLoss = 0;
    risk.lastDailyReset = nowIso(desk);
  }
  const nowMs = desk.clock.now();
  return {
    tradesLastHour: risk.trades.filter((atMs) => nowMs - atMs < HOUR_MS).length,
    dailyLoss: risk.dailyLoss,
    lastDailyReset: risk.lastDailyReset,
    totalExecutions: risk.totalExecutions,
  };
}

const EXECUTIONS_KEPT = 1_000;
const ANOMALY_SLIPPAGE_PCT = 0.6;

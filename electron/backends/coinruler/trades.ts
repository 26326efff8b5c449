import type { Trade } from '#shared/domain/portfolio/trade.ts';

import { plainText } from '../../lib/clean.ts';
import type { WireExecution, WireTradeResult, WireTradeSubmitted } from './protocol.ts';

interface Context {
  backendId: string;
  receivedAtMs: number;
}

/** An execution as it was stored (list or alert). `null` when it can be told apart from others by nothing. */
export function mapExecution(wire: WireExecution, context: Context): Trade | null {
  const id = wire.orderId ?? wire._id ?? wire.id;
  if (id === undefined) return null;
  return {
    ...tradeOf(context, { ...wire, quantity: wire.amount }),
    id,
    filledQuantity: wire.filledQty,
    averagePrice: wire.avgFillPrice,
    ...statusOf(wire.status, { isDry: wire.dryRun === true, failed: false }),
    orderId: wire.orderId ?? null,
    approvalId: approvalIdOf(wire),
    occurredAtMs: wire.executedAt,
  };
}

export const approvalIdOf = (wire: WireExecution): string | null =>
  wire.approvalId ?? wire.approvedId ?? null;

/**
 * A result with the submission that came right before it. Without an order id there is nothing that a later list could be
 * matched by: a failed manual trade gets an id of its own (it is stored nowhere else), anything else answers `null` and
 * is left to the list of executions.
 */
export function mapResult(
  result: WireTradeResult,
  submitted: WireTradeSubmitted | null,
  context: Context,
): Trade | null {
  const failed = result.ok === false;
  if (result.orderId === undefined && !(failed && result.mode === 'manual')) return null;
  const id = result.orderId ?? `failed-${result.ts ?? context.receivedAtMs}-${submitted?.symbol ?? ''}`;
  return {
    ...tradeOf(context, {
      side: submitted?.side,
      symbol: submitted?.symbol,
      quantity: submitted?.amount ?? null,
      mode: result.mode,
      ruleId: result.ruleId,
    }),
    id,
    filledQuantity: null,
    averagePrice: null,
    ...statusOf(result.status, { isDry: false, failed }),
    orderId: result.orderId ?? null,
    approvalId: null,
    occurredAtMs: result.ts,
  };
}

/** Whether a result answers this submission: the server sends them back to back. */
export const belongsTo = (result: WireTradeResult, submitted: WireTradeSubmitted): boolean =>
  result.mode === submitted.mode && result.ruleId === submitted.ruleId;

function tradeOf(
  context: Context,
  wire: {
    side?: string | undefined;
    symbol?: string | undefined;
    quantity: string | null;
    mode?: string | undefined;
    ruleId?: string | undefined;
  },
): Pick<
  Trade,
  'backendId' | 'side' | 'instrument' | 'quantity' | 'origin' | 'realisedPnlUsd' | 'receivedAtMs'
> {
  const side = wire.side?.toLowerCase();
  const origin = wire.ruleId === undefined ? plainText(wire.mode, 40) : `rule ${plainText(wire.ruleId, 60)}`;
  return {
    backendId: context.backendId,
    side: side === 'buy' || side === 'sell' ? side : 'other',
    instrument:
      plainText(wire.symbol, 24)
        .toUpperCase()
        .replace(/-USDC?$/, '') || null,
    quantity: wire.quantity,
    origin: origin || null,
    // `estimatedNetUSD` of a profit-taking sale is its proceeds after fees, not what was gained; nothing else tells.
    realisedPnlUsd: null,
    receivedAtMs: context.receivedAtMs,
  };
}

const STATUS_WORDS: ReadonlyMap<string, Trade['status']> = new Map<string, Trade['status']>([
  ['simulated', 'simulated'],
  ['filled', 'filled'],
  ['done', 'filled'],
  ['settled', 'filled'],
  ['submitted', 'submitted'],
  ['pending', 'submitted'],
  ['open', 'submitted'],
  ['failed', 'failed'],
  ['rejected', 'failed'],
  ['cancelled', 'failed'],
  ['canceled', 'failed'],
  ['expired', 'failed'],
]);

function statusOf(
  word: string | undefined,
  known: { isDry: boolean; failed: boolean },
): { status: Trade['status']; rawStatus: string | null } {
  const rawStatus = plainText(word, 40) || null;
  const status = STATUS_WORDS.get(rawStatus?.toLowerCase() ?? '');
  if (known.failed || status === 'failed') return { status: 'failed', rawStatus };
  return { status: known.isDry ? 'simulated' : (status ?? 'other'), rawStatus };
}

import type { ApprovalsTracker } from './approvals-tracker.ts';
import type { WireExecution, WireTradeResult, WireTradeSubmitted } from './protocol.ts';
import { wireExecution } from './protocol.ts';
import { createRecent } from '../../lib/recent.ts';
import type { TrackerContext } from './tracker-context.ts';
import { approvalIdOf, belongsTo, mapExecution, mapResult } from './trades.ts';

export interface TradesTracker {
  submitted(wire: WireTradeSubmitted): void;
  /** False when the result says too little and the list of executions has to tell. */
  result(wire: WireTradeResult): boolean;
  executed(wire: WireExecution): void;
  /** A reading of the executions, newest first as the server gives them. */
  read(items: readonly unknown[]): void;
}

/** Trades from their three sources: submission and result (back to back), the execution's alert, the list of executions. */
export function createTradesTracker(context: TrackerContext, approvals: ApprovalsTracker): TradesTracker {
  const { backendId, now, emit } = context;
  const emitted = createRecent<string>(1_000);
  let submitted: WireTradeSubmitted | null = null;

  function executedTrade(wire: WireExecution): void {
    const trade = mapExecution(wire, { backendId, receivedAtMs: now() });
    if (trade !== null) {
      // The list is re-read every minute; what did not change since is not said again.
      const content = JSON.stringify({ ...trade, receivedAtMs: 0 });
      if (emitted.get(trade.id) !== content) {
        emitted.set(trade.id, content);
        emit({ type: 'trade', trade });
      }
    }
    // An automatic execution that failed is stored too, without an order.
    const approvalId = approvalIdOf(wire);
    const isTraded = trade !== null && trade.orderId !== null && trade.status !== 'failed';
    if (approvalId !== null && isTraded) approvals.settled(approvalId, 'executed', wire.executedAt);
  }

  return {
    submitted(wire) {
      submitted = wire;
    },
    result(wire) {
      const before = submitted !== null && belongsTo(wire, submitted) ? submitted : null;
      submitted = null;
      const trade = mapResult(wire, before, { backendId, receivedAtMs: now() });
      if (trade !== null) emit({ type: 'trade', trade });
      return trade !== null;
    },
    executed: executedTrade,
    read(items) {
      // Oldest first, so that what is written down stands in the order in which it happened.
      for (const item of items.toReversed()) {
        const parsed = wireExecution.safeParse(item);
        if (parsed.success) executedTrade(parsed.data);
      }
    },
  };
}

import type { DeskPatch } from '#shared/domain/desk.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';

import { oldestToEvict, TRADES_KEPT } from './bounds.ts';
import { isEqual } from './equal.ts';
import { isOlder } from './ordering.ts';
import type { IndexedDesk } from './state.ts';

/** How final a status is: a late "submitted" never undoes a fill. */
const FINALITY: Record<Trade['status'], number> = {
  submitted: 0,
  other: 1,
  failed: 2,
  simulated: 2,
  filled: 2,
};

/** Adds a trade, or completes the one that is known by the same id, order or approval. */
export function applyTrade(desk: IndexedDesk, trade: Trade): DeskPatch[] {
  const key = knownKey(desk, trade);
  const known = key === null ? undefined : desk.get('trades', key);
  if (key !== null && known !== undefined) {
    const value = merged(known, trade);
    return isEqual(known, value) ? [] : [{ slice: 'trades', key, value }];
  }
  return [
    ...oldestToEvict(desk, 'trades', TRADES_KEPT).map((oldest): DeskPatch => ({
      slice: 'trades',
      key: oldest,
      value: null,
    })),
    { slice: 'trades', key: entryKey(trade.backendId, trade.id), value: trade },
  ];
}

function knownKey(desk: IndexedDesk, trade: Trade): string | null {
  const own = entryKey(trade.backendId, trade.id);
  if (desk.get('trades', own) !== undefined) return own;
  if (trade.orderId !== null) {
    const [sameOrder] = desk.keys('tradesByOrder', entryKey(trade.backendId, trade.orderId));
    if (sameOrder !== undefined) return sameOrder;
  }
  if (trade.approvalId !== null) {
    for (const key of desk.keys('tradesByApproval', entryKey(trade.backendId, trade.approvalId))) {
      const orderId = desk.get('trades', key)?.orderId ?? null;
      // Two orders for one approval are two trades.
      if (orderId === null || trade.orderId === null) return key;
    }
  }
  return null;
}

/** The more final one leads, at equal finality the newer; what it leaves open is filled from the other. */
function merged(known: Trade, heard: Trade): Trade {
  const difference = FINALITY[heard.status] - FINALITY[known.status];
  const heardLeads = difference > 0 || (difference === 0 && !isOlder(heard, known));
  const [lead, other] = heardLeads ? [heard, known] : [known, heard];
  return {
    backendId: known.backendId,
    id: known.id,
    side: lead.side === 'other' ? other.side : lead.side,
    instrument: lead.instrument ?? other.instrument,
    quantity: lead.quantity ?? other.quantity,
    filledQuantity: lead.filledQuantity ?? other.filledQuantity,
    averagePrice: lead.averagePrice ?? other.averagePrice,
    status: lead.status,
    rawStatus: lead.rawStatus ?? other.rawStatus,
    orderId: lead.orderId ?? other.orderId,
    approvalId: lead.approvalId ?? other.approvalId,
    origin: lead.origin ?? other.origin,
    realisedPnlUsd: lead.realisedPnlUsd ?? other.realisedPnlUsd,
    occurredAtMs: lead.occurredAtMs ?? other.occurredAtMs,
    // When we first heard of it: being read again does not make a trade newer.
    receivedAtMs: Math.min(known.receivedAtMs, heard.receivedAtMs),
  };
}

import { z } from 'zod';

import type { Position } from '#shared/domain/portfolio/position.ts';
import { epochMs } from '#shared/epoch-ms.ts';
import { MINUTE_MS } from '#shared/time.ts';

import type { BackendMemory } from '../port.ts';
import { isSameMarket } from './symbols.ts';

/** An order that a person placed from this desk as a trader might have. */
const handOrder = z.object({
  orderId: z.string(),
  wallet: z.string(),
  symbol: z.string(),
  side: z.enum(['long', 'short']),
  atMs: epochMs,
  /** The trader was seen on that side of the market since: from then on they can leave it. */
  entered: z.boolean(),
});
type HandOrder = z.infer<typeof handOrder>;
const stored = z.array(handOrder).max(1_000);

/** A copy that was made by hand says nothing of its trader: whoever never held the market cannot have left it. */
export interface HandOrders {
  /** Never rejects: where it cannot be read, a copy counts as one of the server's. */
  load(): Promise<void>;
  note(order: Omit<HandOrder, 'entered'>): void;
  /** The order behind a row that names none; of before a restart of the desk too. */
  behind(row: Pick<Position, 'traderId' | 'symbol' | 'side' | 'openedAtMs'>): string | null;
  noteEntered(wallet: string, symbol: string, side: 'long' | 'short'): void;
  isAlone(copy: Pick<Position, 'orderId'>): boolean;
}

const NAME = 'hand-orders';
const KEPT = 200;

/** Two clocks differ; a row that is older than its order by more is another position. */
const CLOCKS_DIFFER_MS = 5 * MINUTE_MS;

export function createHandOrders(memory: BackendMemory): HandOrders {
  let orders: HandOrder[] = [];
  let loading: Promise<void> | null = null;
  let isRead = false;

  async function read(): Promise<void> {
    const kept = stored.safeParse((await memory.recall(NAME)) ?? []).data ?? [];
    orders = [...kept.filter((one) => orders.every(({ orderId }) => orderId !== one.orderId)), ...orders];
    isRead = true;
  }

  /** What is lost with it costs at most an alarm that was none. Never over what could not be read. */
  function save(): void {
    if (isRead) void memory.remember(NAME, orders).catch(() => undefined);
  }

  return {
    load: () => (loading ??= read().catch(() => void (loading = null))),
    note(order) {
      orders = [...orders, { ...order, entered: false }].slice(-KEPT);
      save();
    },
    behind: ({ traderId, symbol, side, openedAtMs }) =>
      orders.findLast(
        (order) =>
          order.side === side &&
          isSameMarket(order.symbol, symbol) &&
          (traderId === null || traderId === order.wallet) &&
          (openedAtMs === null || openedAtMs >= order.atMs - CLOCKS_DIFFER_MS),
      )?.orderId ?? null,
    noteEntered(wallet, symbol, side) {
      const isMeant = (one: HandOrder): boolean =>
        !one.entered && one.wallet === wallet && one.side === side && isSameMarket(one.symbol, symbol);
      if (!orders.some(isMeant)) return;
      orders = orders.map((one) => (isMeant(one) ? { ...one, entered: true } : one));
      save();
    },
    isAlone: ({ orderId }) =>
      orderId !== null && orders.some((order) => order.orderId === orderId && !order.entered),
  };
}

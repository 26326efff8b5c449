/** Rows that were picked for copying, by key, and the one from which a stretch is counted. */
export interface RowSelection {
  keys: ReadonlySet<string>;
  anchor: string | null;
}

export const NOTHING_PICKED: RowSelection = { keys: new Set(), anchor: null };

/** Takes a row in or out, beside what is picked. */
export function toggleRow({ keys }: RowSelection, key: string): RowSelection {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return { keys: next, anchor: key };
}

/** Picks all rows from the anchor to this one, in the order that is shown, and nothing else. */
export function stretchTo({ anchor }: RowSelection, key: string, order: readonly string[]): RowSelection {
  const from = anchor === null ? -1 : order.indexOf(anchor);
  const to = order.indexOf(key);
  if (from < 0 || to < 0) return { keys: new Set([key]), anchor: key };
  return { keys: new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1)), anchor };
}

export const pickAll = (order: readonly string[]): RowSelection => ({
  keys: new Set(order),
  anchor: order[0] ?? null,
});

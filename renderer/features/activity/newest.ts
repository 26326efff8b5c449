/** What has a time and a name. */
interface Dated {
  readonly key: string;
  readonly atMs: number;
}

/**
 * The newest of what is given, newest first, at most `limit`. It holds at most twice as many at a time, so that a long
 * history costs a walk and no sort of all of it.
 */
export function newestOf<Item extends Dated>(items: Iterable<Item>, limit: number): Item[] {
  let kept: Item[] = [];
  /** Nothing older than this can be among them any more. */
  let floorMs = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    if (item.atMs < floorMs) continue;
    kept.push(item);
    if (kept.length < 2 * limit) continue;
    kept = kept.sort(newestFirst).slice(0, limit);
    floorMs = kept.at(-1)?.atMs ?? floorMs;
  }
  return kept.sort(newestFirst).slice(0, limit);
}

/** Lists that are each newest first as one that is, at most `limit` long. */
export function mergeNewest<Item extends Dated>(lists: readonly (readonly Item[])[], limit: number): Item[] {
  const next = lists.map(() => 0);
  const merged: Item[] = [];
  while (merged.length < limit) {
    let first: Item | null = null;
    let from = -1;
    for (const [index, list] of lists.entries()) {
      const candidate = list[next[index] ?? 0];
      if (candidate === undefined || (first !== null && newestFirst(first, candidate) <= 0)) continue;
      first = candidate;
      from = index;
    }
    if (first === null) break;
    merged.push(first);
    next[from] = (next[from] ?? 0) + 1;
  }
  return merged;
}

/** Of the same moment: by name, so that the order does not jump from one drawing to the next. */
const newestFirst = (a: Dated, b: Dated): number =>
  b.atMs - a.atMs || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

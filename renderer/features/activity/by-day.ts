import type { FeedItem } from './feed-item.ts';

/** A line of the feed: the name of a day, or what happened on it. */
export type FeedLine =
  { kind: 'day'; key: string; atMs: number } | { kind: 'item'; key: string; item: FeedItem };

/** Items, newest first, each day's under its name. Days are those of the machine's time zone. */
export function linesByDay(items: readonly FeedItem[]): FeedLine[] {
  const lines: FeedLine[] = [];
  let day = '';
  for (const item of items) {
    const own = new Date(item.atMs).toDateString();
    if (own !== day) lines.push({ kind: 'day', key: `day:${own}`, atMs: item.atMs });
    day = own;
    lines.push({ kind: 'item', key: item.key, item });
  }
  return lines;
}

/** "Today", "Yesterday", "Monday, 5 January". */
export function dayWords(atMs: number, nowMs: number): string {
  const day = new Date(atMs).toDateString();
  const yesterday = new Date(nowMs);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === new Date(nowMs).toDateString()) return 'Today';
  if (day === yesterday.toDateString()) return 'Yesterday';
  return new Date(atMs).toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
}

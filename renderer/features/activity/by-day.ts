import { dayName, isSameDay, startOfDay } from '#shared/wall-time.ts';
import { t } from '#shared/words.ts';

import { formatWeekday } from '../../ui/format.ts';
import type { FeedItem } from './feed-item.ts';

/** A line of the feed: the name of a day, or what happened on it. */
export type FeedLine =
  { kind: 'day'; key: string; atMs: number } | { kind: 'item'; key: string; item: FeedItem };

/** Items, newest first, each day's under its name. Days are those of the chosen time zone. */
export function linesByDay(items: readonly FeedItem[]): FeedLine[] {
  const lines: FeedLine[] = [];
  let day = '';
  for (const item of items) {
    const own = dayName(item.atMs);
    if (own !== day) lines.push({ kind: 'day', key: `day:${own}`, atMs: item.atMs });
    day = own;
    lines.push({ kind: 'item', key: item.key, item });
  }
  return lines;
}

/** "Today", "Yesterday", "Monday, 5 January". */
export function dayWords(atMs: number, nowMs: number): string {
  if (isSameDay(atMs, nowMs)) return t('Today');
  if (isSameDay(atMs, startOfDay(nowMs) - 1)) return t('Yesterday');
  return formatWeekday(atMs);
}

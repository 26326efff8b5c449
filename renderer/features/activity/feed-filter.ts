import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { JournalKind } from '#shared/domain/journal/journal.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';
import { clockName, dayName } from '#shared/wall-time.ts';
import { t } from '#shared/words.ts';

import type { FilterDraft } from '../journal/journal-filter.ts';
import { EVERYTHING } from '../journal/journal-filter.ts';
import type { FeedItem, FeedKind } from './feed-item.ts';

/** How far back the feed looks, as it stands in its choice. */
export const FEED_SPANS = {
  all: { words: t('Any time'), spanMs: null },
  '15m': { words: t('Last 15 minutes'), spanMs: 15 * MINUTE_MS },
  '1h': { words: t('Last hour'), spanMs: HOUR_MS },
  '24h': { words: t('Last 24 hours'), spanMs: DAY_MS },
  '7d': { words: t('Last 7 days'), spanMs: 7 * DAY_MS },
} as const;
export type FeedSpan = keyof typeof FEED_SPANS;

export interface FeedFilter {
  /** None chosen is all of them. */
  kinds: ReadonlySet<FeedKind>;
  backendId: string | null;
  /** Only what is at least so grave; what has no severity passes `null` alone. */
  severity: Severity | null;
  symbol: string;
  text: string;
  span: FeedSpan;
}

export const WHOLE_FEED: FeedFilter = {
  kinds: new Set(),
  backendId: null,
  severity: null,
  symbol: '',
  text: '',
  span: 'all',
};

/** Whether the filter lets an item through, made once for many items. */
export function feedMatcher(filter: FeedFilter, nowMs: number): (item: FeedItem) => boolean {
  const { spanMs } = FEED_SPANS[filter.span];
  const fromMs = spanMs === null ? Number.NEGATIVE_INFINITY : nowMs - spanMs;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const symbol = plainSymbol(filter.symbol);
  const least = filter.severity === null ? -1 : RANK[filter.severity];
  return (item) =>
    item.atMs >= fromMs &&
    (filter.kinds.size === 0 || filter.kinds.has(item.kind)) &&
    (filter.backendId === null || item.backendId === filter.backendId) &&
    (item.severity === null ? -1 : RANK[item.severity]) >= least &&
    (symbol === '' || (item.symbol !== null && plainSymbol(item.symbol).includes(symbol))) &&
    (words.length === 0 || hasWords(item, words));
}

/** The same question to the journal, whose times are whole minutes. */
export function toJournalDraft(filter: FeedFilter, nowMs: number): FilterDraft {
  const { spanMs } = FEED_SPANS[filter.span];
  return {
    ...EVERYTHING,
    text: filter.text.trim(),
    kinds: new Set([...filter.kinds].flatMap((kind) => JOURNAL_KINDS[kind])),
    backendId: filter.backendId,
    leastSeverity: filter.severity,
    symbol: filter.symbol,
    ...(spanMs === null ? {} : sinceTime(nowMs - spanMs)),
  };
}

const RANK: Record<Severity, number> = { low: 0, medium: 1, high: 2, critical: 3 };

/** Under which kinds the journal keeps each. */
const JOURNAL_KINDS: Record<FeedKind, readonly JournalKind[]> = {
  alert: ['alert'],
  trade: ['trade'],
  approval: ['approval', 'command'],
  run: ['activity'],
  model: ['activity'],
  spike: ['activity'],
  follow: ['activity'],
  halt: ['kill-switch', 'panic'],
  link: ['link'],
};

/** "BTC-USD", "btc/usd" and "BTCUSD" are one. */
const plainSymbol = (symbol: string): string => symbol.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

function hasWords(item: FeedItem, words: readonly string[]): boolean {
  const text = `${item.text} ${item.symbol ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

const sinceTime = (atMs: number): Pick<FilterDraft, 'fromDay' | 'fromTime'> => ({
  fromDay: dayName(atMs),
  fromTime: clockName(atMs),
});

import type { DeskEvent, DeskPatch, DeskSlices, FeedSlice } from '#shared/domain/desk.ts';
import { entryKey } from '#shared/domain/desk.ts';

import { EVICTED_SHARE, FEED_ENTRIES_KEPT } from './bounds.ts';
import { isEqual } from './equal.ts';
import type { IndexedDesk, IndexName } from './state.ts';

type FeedEvent = Extract<DeskEvent, { type: 'feed' }>;
type FeedEntry = DeskSlices[FeedSlice];

interface Feed {
  index: IndexName;
  /**
   * What hearing the same again means. A quote is the price as of now, so its age begins anew; a prediction that is sent
   * twice was made once, and what it is measured against must not move.
   */
  heardAgain: 'is newer' | 'is the same';
}

const FEEDS: Readonly<Record<FeedSlice, Feed>> = {
  quotes: { index: 'quotesOf', heardAgain: 'is newer' },
  predictions: { index: 'predictionsOf', heardAgain: 'is the same' },
  patterns: { index: 'patternsOf', heardAgain: 'is the same' },
};

/** Takes what a backend says about some keys. Late and repeated entries change nothing (D3); the oldest make room (D7). */
export function applyFeed(desk: IndexedDesk, event: FeedEvent): DeskPatch[] {
  const { slice } = event;
  const changed = new Map<string, FeedEntry>();
  const added = new Set<string>();
  for (const entry of event.entries) {
    if (entry.backendId !== event.backendId) continue;
    const key = entryKey(entry.backendId, entry.id);
    const stored = desk.get(slice, key);
    const known = changed.get(key) ?? stored;
    if (known !== undefined && !isNews(slice, known, entry)) continue;
    changed.set(key, entry);
    if (stored === undefined) added.add(key);
  }
  const evicted = added.size === 0 ? [] : evictions(desk, event, changed, added);
  const gone = new Set(evicted);
  return [
    ...evicted.filter((key) => !added.has(key)).map((key) => patchOf(slice, key, null)),
    ...[...changed].filter(([key]) => !gone.has(key)).map(([key, entry]) => patchOf(slice, key, entry)),
  ];
}

function isNews(slice: FeedSlice, known: FeedEntry, heard: FeedEntry): boolean {
  if (heard.receivedAtMs < known.receivedAtMs) return false;
  const atMs = FEEDS[slice].heardAgain === 'is newer' ? heard.receivedAtMs : known.receivedAtMs;
  return !isEqual(known, { ...heard, receivedAtMs: atMs });
}

/** Keys that go, of those that are known and those that come, so that the bound holds: the longest unheard first. */
function evictions(
  desk: IndexedDesk,
  { slice, backendId }: FeedEvent,
  changed: ReadonlyMap<string, FeedEntry>,
  added: ReadonlySet<string>,
): string[] {
  const kept = FEED_ENTRIES_KEPT[slice];
  const known = desk.keys(FEEDS[slice].index, backendId);
  const over = known.size + added.size - kept;
  if (over <= 0) return [];
  const heardAtMs = (key: string): number => (changed.get(key) ?? desk.get(slice, key))?.receivedAtMs ?? 0;
  return [...known, ...added]
    .map((key) => ({ key, atMs: heardAtMs(key) }))
    .sort((a, b) => a.atMs - b.atMs)
    .slice(0, Math.max(over, Math.ceil(kept / EVICTED_SHARE)))
    .map(({ key }) => key);
}

/** An event's slice and entries belong together by its type, which the compiler cannot follow through a lookup. */
const patchOf = (slice: FeedSlice, key: string, value: FeedEntry | null): DeskPatch =>
  ({ slice, key, value }) as DeskPatch;

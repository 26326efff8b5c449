import type { DeskEvent, DeskPatch, DeskSlices, FeedSlice } from '#shared/domain/desk.ts';
import { entryKey } from '#shared/domain/desk.ts';

import { EVICTED_SHARE, FEED_ENTRIES_KEPT } from './bounds.ts';
import { isOvertaken } from '../lib/overtaken.ts';
import { isEqual } from './equal.ts';
import type { IndexedDesk } from './state.ts';
import { feedGroup, scopeOf } from './state.ts';

type FeedEvent = Extract<DeskEvent, { type: 'feed' }>;
type FeedEntry = DeskSlices[FeedSlice];

/**
 * Slices of what happened once: sent again, it is still what happened then. In the others an entry says how something is
 * now, so hearing the same again makes it younger.
 */
const HAPPENINGS: ReadonlySet<FeedSlice> = new Set(['predictions', 'patterns', 'activity', 'spikes']);

/**
 * Takes what a backend says about some keys. Late and repeated entries change nothing (D3), what a complete list does not
 * name goes, and the oldest make room (D7).
 */
export function applyFeed(desk: IndexedDesk, event: FeedEvent): DeskPatch[] {
  return applyOneKnown(desk, event) ?? applyEntries(desk, event);
}

/** A price that moved, as it comes by the thousand a second: nothing is added, so nothing has to make room. Else `null`. */
function applyOneKnown(
  desk: IndexedDesk,
  { slice, backendId, entries, complete }: FeedEvent,
): DeskPatch[] | null {
  const [entry] = entries;
  if (entry === undefined || entries.length > 1 || complete !== undefined || entry.backendId !== backendId)
    return null;
  const key = entryKey(backendId, entry.id);
  const known = desk.get(slice, key);
  if (known === undefined || scopeOf(slice, known) !== scopeOf(slice, entry)) return null;
  return isNews(slice, known, entry) ? [patchOf(slice, key, entry)] : [];
}

function applyEntries(desk: IndexedDesk, event: FeedEvent): DeskPatch[] {
  const { slice, backendId } = event;
  const changed = new Map<string, FeedEntry>();
  const named = new Set<string>();
  for (const entry of event.entries) {
    if (entry.backendId !== backendId) continue;
    const key = entryKey(backendId, entry.id);
    named.add(key);
    const known = changed.get(key) ?? desk.get(slice, key);
    if (known === undefined || isNews(slice, known, entry)) changed.set(key, entry);
  }
  const gone = new Set([...missing(desk, event, named), ...evictions(desk, event, changed)]);
  return [
    ...[...gone].filter((key) => desk.get(slice, key) !== undefined).map((key) => patchOf(slice, key, null)),
    ...[...changed].filter(([key]) => !gone.has(key)).map(([key, entry]) => patchOf(slice, key, entry)),
  ];
}

function isNews(slice: FeedSlice, known: FeedEntry, heard: FeedEntry): boolean {
  if (isOvertaken(heard.receivedAtMs, known.receivedAtMs)) return false;
  if (!HAPPENINGS.has(slice)) return !isEqual(known, heard);
  return !isEqual(known, { ...heard, receivedAtMs: known.receivedAtMs });
}

/** What is known and not named by a list that says it is complete. */
function missing(
  desk: IndexedDesk,
  { slice, backendId, complete }: FeedEvent,
  named: ReadonlySet<string>,
): string[] {
  if (complete === undefined) return [];
  const known =
    complete === 'all'
      ? desk.keys('feedOf', feedGroup(slice, backendId))
      : desk.keys('feedScopeOf', feedGroup(slice, backendId, complete.scope));
  return [...known].filter((key) => !named.has(key));
}

/** Keys that go, of those that are known and those that come, so that the bounds hold: the longest unheard first. */
function evictions(
  desk: IndexedDesk,
  { slice, backendId }: FeedEvent,
  changed: ReadonlyMap<string, FeedEntry>,
): string[] {
  const added = [...changed].filter(([key]) => desk.get(slice, key) === undefined);
  if (added.length === 0) return [];
  const { all, aScope } = FEED_ENTRIES_KEPT[slice];
  const over = (known: ReadonlySet<string>, coming: readonly string[], kept: number): string[] => {
    const tooMany = known.size + coming.length - kept;
    if (tooMany <= 0) return [];
    const heardAtMs = (key: string): number => (changed.get(key) ?? desk.get(slice, key))?.receivedAtMs ?? 0;
    return [...known, ...coming]
      .map((key) => ({ key, atMs: heardAtMs(key) }))
      .sort((a, b) => a.atMs - b.atMs)
      .slice(0, Math.max(tooMany, Math.ceil(kept / EVICTED_SHARE)))
      .map(({ key }) => key);
  };
  const gone = over(
    desk.keys('feedOf', feedGroup(slice, backendId)),
    added.map(([key]) => key),
    all,
  );
  if (aScope === undefined) return gone;
  const byScope = Map.groupBy(added, ([, entry]) => scopeOf(slice, entry));
  for (const [scope, entries] of byScope) {
    const known = desk.keys('feedScopeOf', feedGroup(slice, backendId, scope));
    gone.push(
      ...over(
        known,
        entries.map(([key]) => key),
        aScope,
      ),
    );
  }
  return gone;
}

/** An event's slice and entries belong together by its type, which the compiler cannot follow through a lookup. */
const patchOf = (slice: FeedSlice, key: string, value: FeedEntry | null): DeskPatch =>
  ({ slice, key, value }) as DeskPatch;

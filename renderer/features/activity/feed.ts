import { addable } from '#shared/domain/derive.ts';
import type { DeskSlices } from '#shared/domain/desk.ts';
import { entryKey } from '#shared/domain/desk.ts';

import type { FeedItem } from './feed-item.ts';
import {
  activityItems,
  alertItems,
  approvalItems,
  followItems,
  haltItems,
  linkItems,
  panicItems,
  runItems,
  spikeItems,
  tradeItems,
} from './feed-sources.ts';
import { mergeNewest, newestOf } from './newest.ts';

type FeedSlice =
  | 'alerts'
  | 'trades'
  | 'approvals'
  | 'runs'
  | 'activity'
  | 'spikes'
  | 'follows'
  | 'killSwitches'
  | 'panic'
  | 'links';

/** What of the desk the feed is made of. */
export type FeedSlices = { readonly [S in FeedSlice | 'backends']: ReadonlyMap<string, DeskSlices[S]> };

type Matches = (item: FeedItem) => boolean;
type Part = (slices: FeedSlices, matches: Matches) => readonly FeedItem[];

/**
 * Makes the feed over all backends, newest first, and remembers what it made of each slice: a change walks the slice that
 * changed and no other, and an entry that did not change keeps its words. The same array while nothing in it changed.
 */
export function createFeed(limit: number): Part {
  const parts: readonly Part[] = [
    part('alerts', alertItems),
    // A backend that only mirrors an account tells of the same fills as the account itself.
    part('trades', tradeItems, 'backends', (backends) => {
      const { real, practice } = addable(backends.values());
      const telling = new Set([...real, ...practice].map(({ id }) => id));
      return ({ backendId }) => telling.has(backendId);
    }),
    part('approvals', approvalItems),
    part('runs', runItems),
    // A step that is told as a trade of its own is one happening.
    part('activity', activityItems, 'trades', (trades) => ({ backendId, id }) => {
      return !trades.has(entryKey(backendId, id));
    }),
    part('spikes', spikeItems),
    part('follows', followItems),
    part('killSwitches', haltItems),
    part('panic', panicItems),
    part('links', linkItems),
  ];
  let lists: readonly (readonly FeedItem[])[] = [];
  let merged: readonly FeedItem[] = [];

  return (slices, matches) => {
    const now = parts.map((read) => read(slices, matches));
    if (lists.length > 0 && now.every((list, index) => list === lists[index])) return merged;
    lists = now;
    merged = withoutTwins(mergeNewest(now, limit));
    return merged;
  };

  /** One slice's happenings; `chosen` leaves out entries by what another slice says. */
  function part<S extends FeedSlice, By extends FeedSlice | 'backends' = S>(
    slice: S,
    toItems: (entry: DeskSlices[S]) => FeedItem[],
    by?: By,
    chosen?: (others: ReadonlyMap<string, DeskSlices[By]>) => (entry: DeskSlices[S]) => boolean,
  ): Part {
    const made = new WeakMap<object, FeedItem[]>();
    let seen: readonly unknown[] = [];
    let items: readonly FeedItem[] = [];

    return (slices, matches) => {
      const source: ReadonlyMap<string, DeskSlices[S]> = slices[slice];
      const others: ReadonlyMap<string, DeskSlices[By]> | null = by === undefined ? null : slices[by];
      if (seen[0] === source && seen[1] === others && seen[2] === matches) return items;
      seen = [source, others, matches];
      const isIn = others === null ? undefined : chosen?.(others);
      const next = newestOf(itemsOf(source.values(), isIn, matches), limit);
      if (!alike(items, next)) items = next;
      return items;
    };

    function* itemsOf(
      entries: Iterable<DeskSlices[S]>,
      isIn: ((entry: DeskSlices[S]) => boolean) | undefined,
      matches: Matches,
    ) {
      for (const entry of entries) {
        if (isIn?.(entry) === false) continue;
        let own = made.get(entry);
        if (own === undefined) {
          own = toItems(entry);
          made.set(entry, own);
        }
        for (const item of own) if (matches(item)) yield item;
      }
    }
  }
}

/** A spike that is told as an alert, in the same words, is one happening. */
function withoutTwins(items: readonly FeedItem[]): FeedItem[] {
  const told = ({ backendId, text }: FeedItem): string => `${backendId ?? ''}\n${text}`;
  const alerts = new Set(items.filter(({ kind }) => kind === 'alert').map(told));
  return items.filter((item) => item.kind !== 'spike' || !alerts.has(told(item)));
}

/** A link tells of itself many times a second, mostly the same. */
const alike = (before: readonly FeedItem[], now: readonly FeedItem[]): boolean =>
  before.length === now.length &&
  before.every((item, index) => item === now[index] || reads(item) === reads(now[index]));

const reads = (item: FeedItem | undefined): string =>
  item === undefined ? '' : JSON.stringify([item.key, item.atMs, item.severity, item.text]);

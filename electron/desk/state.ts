import type {
  DeskEvent,
  DeskPatch,
  DeskSlices,
  DeskSnapshot,
  FeedSlice,
  SliceName,
} from '#shared/domain/desk.ts';
import { bySlice, entryKey } from '#shared/domain/desk.ts';

import { firstKeys } from './bounds.ts';
import type { DeskReader } from './port.ts';

/** Entries that can be found without walking a slice: the cost of an event does not grow with the desk. */
export type IndexName =
  /** Any slice's entries of one backend, by backend id. */
  | 'linksOf'
  | 'approvalsOf'
  | 'holdingsOf'
  | 'equityOf'
  | 'alertsOf'
  | 'tradesOf'
  /** Entries of a feed by `feedGroup`: of a backend, and about one of its things. */
  | 'feedOf'
  | 'feedScopeOf'
  /** Approvals that the backend may still list, by backend id. */
  | 'pendingOf'
  /** All approvals by what eviction needs to know: `pending` or `decided`, in the order in which they became that. */
  | 'approvalsBy'
  /** Unacknowledged alerts, by `backendId/groupKey`. */
  | 'openAlerts'
  /** Trades by `backendId/orderId` and by `backendId/approvalId`. */
  | 'tradesByOrder'
  | 'tradesByApproval';

/** The desk as its own reducers read it. */
export interface IndexedDesk extends DeskReader {
  /** Keys of the entries with this value, oldest first. */
  keys(index: IndexName, value: string): ReadonlySet<string>;
  /** The backend was taken away and not configured again: what still arrives from it is not applied. */
  isRemoved(backendId: string): boolean;
  /** This alert was applied before, though it may have been counted into another's row. */
  hasSeenAlert(alertKey: string): boolean;
}

export interface DeskState extends IndexedDesk {
  commit(patches: readonly DeskPatch[], event: DeskEvent): void;
  snapshot(): Omit<DeskSnapshot, 'seq'>;
}

/** Twice the alerts that are kept: a replay reaches back further than the list on screen. */
const SEEN_ALERTS = 4_000;

type Slices = DeskSnapshot['slices'];
type Maps = { [S in SliceName]: Map<string, DeskSlices[S]> };
type Indexer<S extends SliceName> = readonly [
  index: IndexName,
  valueOf: (entry: DeskSlices[S]) => string | null,
  /** Where making the value costs something: true when it cannot differ between these two. */
  isSame?: (before: DeskSlices[S], after: DeskSlices[S]) => boolean,
];
type Indexers = { [S in SliceName]: readonly Indexer<S>[] };

/** Entries of a feed that belong together: those of a backend, or those about one of its things. */
export const feedGroup = (slice: FeedSlice, backendId: string, scope?: string): string =>
  scope === undefined ? `${slice}/${backendId}` : `${slice}/${backendId}/${scope}`;

/** What an entry is about, where its slice knows that; else the empty text. */
export function scopeOf(slice: FeedSlice, entry: DeskSlices[FeedSlice]): string {
  if (slice === 'runs' && 'modelId' in entry) return entry.modelId;
  if (slice === 'positions' && 'owner' in entry) return entry.owner;
  if (slice === 'activity' && 'subject' in entry) return entry.subject ?? '';
  return '';
}

const feedIndexer = <S extends FeedSlice>(slice: S): readonly Indexer<S>[] => [
  [
    'feedOf',
    ({ backendId }) => feedGroup(slice, backendId),
    (before, after) => before.backendId === after.backendId,
  ],
  [
    'feedScopeOf',
    (entry) => feedGroup(slice, entry.backendId, scopeOf(slice, entry)),
    (before, after) =>
      before.backendId === after.backendId && scopeOf(slice, before) === scopeOf(slice, after),
  ],
];

const NOTHING: ReadonlySet<string> = new Set();

const indexers: Indexers = {
  backends: [],
  links: [['linksOf', (link) => link.backendId]],
  approvals: [
    ['approvalsOf', (approval) => approval.backendId],
    ['pendingOf', ({ status, backendId }) => (status === 'pending' ? backendId : null)],
    ['approvalsBy', ({ status }) => (status === 'pending' || status === 'unknown' ? 'pending' : 'decided')],
  ],
  killSwitches: [],
  portfolios: [],
  holdings: [['holdingsOf', (holding) => holding.backendId]],
  equity: [['equityOf', (point) => point.backendId]],
  alerts: [
    ['alertsOf', (alert) => alert.backendId],
    [
      'openAlerts',
      (alert) => (alert.acknowledgedAtMs === null ? entryKey(alert.backendId, alert.groupKey) : null),
    ],
  ],
  trades: [
    ['tradesOf', (trade) => trade.backendId],
    ['tradesByOrder', ({ backendId, orderId }) => (orderId === null ? null : entryKey(backendId, orderId))],
    [
      'tradesByApproval',
      ({ backendId, approvalId }) => (approvalId === null ? null : entryKey(backendId, approvalId)),
    ],
  ],
  quotes: feedIndexer('quotes'),
  predictions: feedIndexer('predictions'),
  patterns: feedIndexer('patterns'),
  models: feedIndexer('models'),
  runs: feedIndexer('runs'),
  positions: feedIndexer('positions'),
  activity: feedIndexer('activity'),
  spikes: feedIndexer('spikes'),
  futures: feedIndexer('futures'),
  watchLists: feedIndexer('watchLists'),
  thresholds: feedIndexer('thresholds'),
  traders: feedIndexer('traders'),
  follows: feedIndexer('follows'),
  panic: [],
  rehearsal: [],
  journal: [],
  watch: [],
  priceAlerts: [],
};

/** The maps behind the desk with their indexes. Changed by `commit` alone. */
export function createDeskState(): DeskState {
  const maps = bySlice<Maps>(() => new Map());
  const indexes = new Map<IndexName, Map<string, Set<string>>>();
  const removedBackends = new Set<string>();
  const seenAlerts = new Set<string>();

  function commitPatch<S extends SliceName>(patch: {
    slice: S;
    key: string;
    value: DeskSlices[S] | null;
  }): void {
    const { slice, key, value } = patch;
    const before = maps[slice].get(key);
    reindex(slice, key, before, value ?? undefined);
    if (value === null) maps[slice].delete(key);
    else maps[slice].set(key, value);
  }

  function reindex<S extends SliceName>(
    slice: S,
    key: string,
    before: DeskSlices[S] | undefined,
    after: DeskSlices[S] | undefined,
  ): void {
    for (const [name, valueOf, isSame] of indexers[slice]) {
      if (before !== undefined && after !== undefined && isSame?.(before, after) === true) continue;
      const oldValue = before === undefined ? null : valueOf(before);
      const newValue = after === undefined ? null : valueOf(after);
      if (oldValue === newValue) continue;
      if (oldValue !== null) drop(name, oldValue, key);
      if (newValue !== null) put(name, newValue, key);
    }
  }

  function put(name: IndexName, value: string, key: string): void {
    const index = indexes.get(name) ?? new Map<string, Set<string>>();
    indexes.set(name, index);
    const keys = index.get(value);
    if (keys === undefined) index.set(value, new Set([key]));
    else keys.add(key);
  }

  function drop(name: IndexName, value: string, key: string): void {
    const index = indexes.get(name);
    const keys = index?.get(value);
    keys?.delete(key);
    if (keys?.size === 0) index?.delete(value);
  }

  return {
    get: (slice, key) => maps[slice].get(key),
    entries: (slice) => maps[slice].entries(),
    size: (slice) => maps[slice].size,
    keys: (index, value) => indexes.get(index)?.get(value) ?? NOTHING,
    isRemoved: (backendId) => removedBackends.has(backendId),
    hasSeenAlert: (alertKey) => seenAlerts.has(alertKey),
    commit(patches, event) {
      for (const patch of patches) commitPatch<SliceName>(patch);
      if (event.type === 'backend-removed') removedBackends.add(event.backendId);
      if (event.type === 'backend-configured') removedBackends.delete(event.config.id);
      if (event.type === 'alert') remember(seenAlerts, entryKey(event.alert.backendId, event.alert.id));
    },
    snapshot: () => ({
      slices: bySlice<Slices>((slice) => [...maps[slice]] as Slices[typeof slice]),
    }),
  };
}

function remember(seen: Set<string>, key: string): void {
  seen.add(key);
  if (seen.size > SEEN_ALERTS) for (const oldest of firstKeys(seen, SEEN_ALERTS / 10)) seen.delete(oldest);
}

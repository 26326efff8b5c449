import type { Activity } from './bots/activity.ts';
import type { Alert } from './alerts/alert.ts';
import type { Approval, ApprovalStatus } from './approvals/approval.ts';
import type { BackendConfig } from './backends/backend.ts';
import type { Follow, Trader } from './bots/copy-trading.ts';
import type { JournalHealth } from './journal/journal.ts';
import type { KillSwitch, PanicState } from './panic/kill-switch.ts';
import type { LinkStatus } from './backends/link.ts';
import type { Pattern, Prediction, Quote } from './market/market.ts';
import type { Model, Run } from './bots/model.ts';
import type { EquityPoint, Holding, Portfolio } from './portfolio/portfolio.ts';
import type { Position } from './portfolio/position.ts';
import type { PriceAlert } from './alerts/price-alert.ts';
import type { Rehearsal } from './panic/rehearsal.ts';
import type { Trade } from './portfolio/trade.ts';
import type { FuturesFigures, Threshold, VolumeSpike, WatchList } from './alerts/volume.ts';
import type { WatchState } from './panic/watch.ts';
import type { EpochMs } from '../time.ts';

/** What happened, in the desk's own words. Backends emit these; wire formats never leave `electron/backends/KIND`. */
export type DeskEvent =
  | { type: 'backend-configured'; config: BackendConfig }
  | { type: 'backend-removed'; backendId: string }
  | { type: 'link-status'; status: LinkStatus }
  /** A link that is no more, of a backend that goes on. */
  | { type: 'link-removed'; backendId: string; linkId: string }
  /**
   * The backend's list of pending approvals as just read. A desk approval that is pending and missing from a `complete`
   * list is gone; absence from a full page (`complete: false`) proves nothing (A5).
   */
  | {
      type: 'approvals-read';
      backendId: string;
      approvals: readonly Approval[];
      complete: boolean;
      readAtMs: EpochMs;
    }
  | { type: 'approval-proposed'; approval: Approval }
  | {
      type: 'approval-status';
      backendId: string;
      approvalId: string;
      status: ApprovalStatus;
      rawStatus: string | null;
      decidedBy: string | null;
      decidedHere: boolean;
      occurredAtMs: EpochMs | null;
      receivedAtMs: EpochMs;
    }
  | { type: 'kill-switch'; killSwitch: KillSwitch }
  /** Holdings are complete: an asset that is not among them is no longer held. */
  | { type: 'portfolio'; portfolio: Portfolio; holdings: readonly Holding[]; depositUsd: string | null }
  | { type: 'alert'; alert: Alert }
  | { type: 'alert-acknowledged'; alertKey: string; atMs: EpochMs }
  | { type: 'trade'; trade: Trade }
  /**
   * The newest that a backend says about some keys; the rest of the slice stays as it is. With `complete` the entries are
   * all that the backend has, of one scope (a model's positions) or of all: what is not among them is gone.
   */
  | {
      [S in FeedSlice]: {
        type: 'feed';
        slice: S;
        backendId: string;
        entries: readonly DeskSlices[S][];
        complete?: { scope: string } | 'all';
      };
    }[FeedSlice]
  | { type: 'panic'; state: PanicState }
  | { type: 'rehearsal'; rehearsal: Rehearsal }
  | { type: 'journal-health'; health: JournalHealth }
  | { type: 'watch'; state: WatchState }
  /** All price alerts that the person has set, as they stand. */
  | { type: 'price-alerts'; alerts: readonly PriceAlert[] };

/** The desk's state by slice: what each entry holds and what its key is. */
export interface DeskSlices {
  /** by backend id */
  backends: BackendConfig;
  /** by `backendId/linkId` */
  links: LinkStatus;
  /** by `backendId/id` */
  approvals: Approval;
  /** by backend id */
  killSwitches: KillSwitch;
  /** by backend id */
  portfolios: Portfolio;
  /** by `backendId/asset` */
  holdings: Holding;
  /** by `backendId/atMs`, the newest points only; older ones are in the journal */
  equity: EquityPoint;
  /** by `backendId/id` */
  alerts: Alert;
  /** by `backendId/id` */
  trades: Trade;
  /** by `backendId/symbol` */
  quotes: Quote;
  /** by `backendId/id`, the newest only */
  predictions: Prediction;
  /** by `backendId/id`, the newest only */
  patterns: Pattern;
  /** by `backendId/id` */
  models: Model;
  /** by `backendId/id`; scope: the model's id */
  runs: Run;
  /** by `backendId/id`; scope: the owner */
  positions: Position;
  /** by `backendId/id`, the newest only; scope: the subject */
  activity: Activity;
  /** by `backendId/id`, the newest only */
  spikes: VolumeSpike;
  /** by `backendId/symbol` */
  futures: FuturesFigures;
  /** by `backendId/id` */
  watchLists: WatchList;
  /** by `backendId/id` */
  thresholds: Threshold;
  /** by `backendId/id` */
  traders: Trader;
  /** by `backendId/id` */
  follows: Follow;
  /** the one entry `panic` */
  panic: PanicState;
  /** the one entry `rehearsal`: the newest one of PANIC */
  rehearsal: Rehearsal;
  /** the one entry `journal` */
  journal: JournalHealth;
  /** the one entry `watch` */
  watch: WatchState;
  /** by id */
  priceAlerts: PriceAlert;
}
export type SliceName = keyof DeskSlices;

/**
 * Slices that hold what backends last said, entry by entry: `backendId`, `id` and `receivedAtMs` are all that the desk
 * has to know of one. A further slice of this sort is a line here and one in the desk's feeds.
 */
export const FEED_SLICES = [
  'quotes',
  'predictions',
  'patterns',
  'models',
  'runs',
  'positions',
  'activity',
  'spikes',
  'futures',
  'watchLists',
  'thresholds',
  'traders',
  'follows',
] as const satisfies readonly SliceName[];
export type FeedSlice = (typeof FEED_SLICES)[number];

export const SLICE_NAMES = [
  'backends',
  'links',
  'approvals',
  'killSwitches',
  'portfolios',
  'holdings',
  'equity',
  'alerts',
  'trades',
  ...FEED_SLICES,
  'panic',
  'rehearsal',
  'journal',
  'watch',
  'priceAlerts',
] as const satisfies readonly SliceName[];

/** A record with one member a slice. */
export function bySlice<R extends Record<SliceName, unknown>>(
  make: <S extends SliceName>(slice: S) => R[S],
): R {
  const record: Partial<R> = {};
  for (const slice of SLICE_NAMES) record[slice] = make(slice);
  return record as R;
}

/** One entry that changed; `null` removes it. */
export type DeskPatch = {
  [S in SliceName]: { slice: S; key: string; value: DeskSlices[S] | null };
}[SliceName];

/** The whole state as of patch number `seq`. */
export interface DeskSnapshot {
  seq: number;
  slices: { [S in SliceName]: [key: string, value: DeskSlices[S]][] };
}

/** Patches since the batch before; a receiver that misses `seq - 1` asks for a new snapshot. */
export interface DeskPatchBatch {
  seq: number;
  patches: DeskPatch[];
}

/** The key of an entry that belongs to a backend. */
export const entryKey = (backendId: string, id: string): string => `${backendId}/${id}`;

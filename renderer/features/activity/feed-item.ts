import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { Destination } from '#shared/domain/attention/attention.ts';
import type { EpochMs } from '#shared/time.ts';
import { t } from '#shared/words.ts';

/** What sort of happening it is, in the order in which filters offer them. */
export const FEED_KINDS = [
  'alert',
  'trade',
  'approval',
  'run',
  'model',
  'spike',
  'follow',
  'halt',
  'link',
] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

/** One happening in the feed over all backends, in words. Its text may be a backend's and is untrusted. */
export interface FeedItem {
  /** The same happening has the same key, so that a list keeps its row. */
  key: string;
  atMs: EpochMs;
  kind: FeedKind;
  /** `null`: of the desk itself. */
  backendId: string | null;
  severity: Severity | null;
  symbol: string | null;
  text: string;
  /** Where a click leads. */
  destination: Destination;
}

export const feedKindWords: Record<FeedKind, string> = {
  alert: t('Alert'),
  trade: t('Trade'),
  approval: t('Approval'),
  run: t('Run'),
  model: t('Activity'),
  spike: t('Volume spike'),
  follow: t('Copy trading'),
  halt: t('Halt'),
  link: t('Link'),
};

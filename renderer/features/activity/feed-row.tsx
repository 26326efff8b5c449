import type { LucideIcon } from 'lucide-react';
import {
  ArrowLeftRight,
  Bell,
  BrainCircuit,
  ChartNoAxesColumn,
  CircleCheckBig,
  OctagonX,
  Route,
  Unplug,
  Users,
} from 'lucide-react';

import { t } from '#shared/words.ts';

import { useEntry } from '../../stores/desk.ts';
import { openDestination } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { BackendDot, BackendTag } from '../../ui/backend-tag.tsx';
import { Badge, SeverityBadge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { When } from '../../ui/when.tsx';
import type { FeedItem, FeedKind } from './feed-item.ts';
import { feedKindWords } from './feed-item.ts';

const ICONS: Record<FeedKind, LucideIcon> = {
  alert: Bell,
  trade: ArrowLeftRight,
  approval: CircleCheckBig,
  run: Route,
  model: BrainCircuit,
  spike: ChartNoAxesColumn,
  follow: Users,
  halt: OctagonX,
  link: Unplug,
};

/** A happening in two lines at most, for where room is short. Its age counts on. */
export function ShortFeedRow({ item }: { item: FeedItem }) {
  const backend = useEntry('backends', item.backendId);
  return (
    <button
      type="button"
      onClick={() => openDestination(item.destination)}
      className="flex w-full items-start gap-2.5 border-b border-line/60 px-3.5 py-2 text-left hover:bg-raised focus-visible:-outline-offset-2"
    >
      <span className="mt-0.5 shrink-0">
        <FeedIcon item={item} />
      </span>
      <span className="line-clamp-2 min-w-0 flex-1 text-xs leading-snug break-words text-ink">
        {item.text}
      </span>
      <span className="mt-0.5 flex shrink-0 items-center gap-1.5 text-2xs">
        {item.backendId !== null && <BackendDot colour={backend?.colour} />}
        <Age atMs={item.atMs} />
      </span>
    </button>
  );
}

/** A happening with all that the feed knows of it. */
export function FeedRow({ item }: { item: FeedItem }) {
  return (
    <button
      type="button"
      onClick={() => openDestination(item.destination)}
      className={cx(
        'grid w-full items-start gap-x-3 gap-y-1 border-b border-line/60 px-4 py-2 text-left hover:bg-raised focus-visible:-outline-offset-2',
        'grid-cols-[5.5rem_1rem_minmax(0,1fr)] min-[1180px]:grid-cols-[5.5rem_1rem_minmax(0,1fr)_6.5rem_5rem_13rem]',
      )}
    >
      <When atMs={item.atMs} />
      <span className="pt-0.5">
        <FeedIcon item={item} />
      </span>
      <span className="min-w-0 text-sm leading-snug break-words text-ink">{item.text}</span>
      <span className="contents max-[1179px]:col-start-3 max-[1179px]:flex max-[1179px]:flex-wrap max-[1179px]:items-center max-[1179px]:gap-2">
        <span className="figures truncate text-xs text-muted">{item.symbol}</span>
        <span>
          {item.severity !== null && item.severity !== 'low' && <SeverityBadge severity={item.severity} />}
        </span>
        <span className="flex min-w-0">
          {item.backendId === null ? <Badge>Quarterdeck</Badge> : <BackendTag backendId={item.backendId} />}
        </span>
      </span>
    </button>
  );
}

function FeedIcon({ item }: { item: FeedItem }) {
  const Icon = ICONS[item.kind];
  const label =
    item.kind === 'alert' && item.severity !== null
      ? t('{severity} alert', { severity: item.severity })
      : feedKindWords[item.kind];
  const tone =
    item.severity === 'critical' ? 'text-danger' : item.severity === 'high' ? 'text-warn' : 'text-faint';
  return <Icon size={13} aria-label={label} className={tone} />;
}

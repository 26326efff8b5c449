import type { ReactNode } from 'react';
import { useMemo } from 'react';

import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import { formatAge, MINUTE_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { nowMs, useNow } from '../../stores/clock.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { SeverityBadge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { formatTime } from '../../ui/format.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { dayWords } from '../activity/by-day.ts';
import { KindBadge } from './kind-badge.tsx';
import { timelineLines } from './timeline-lines.ts';

interface JournalTimelineProps {
  entries: readonly JournalEntry[];
  selectedSeq: number | null;
  onOpen: (entry: JournalEntry) => void;
  onEndReached: () => void;
  empty: ReactNode;
  footer: ReactNode;
}

/** The entries along a line of time, newest first, with its days and its silences. */
export function JournalTimeline({
  entries,
  selectedSeq,
  onOpen,
  onEndReached,
  empty,
  footer,
}: JournalTimelineProps) {
  const now = useNow(MINUTE_MS);
  const lines = useMemo(() => timelineLines(entries), [entries]);
  return (
    <VirtualList
      label={t('Timeline')}
      items={lines}
      itemKey={({ key }) => key}
      estimateHeight={40}
      className="flex-1 basis-0"
      onEndReached={onEndReached}
      footer={footer}
      empty={empty}
      renderItem={(line) => {
        if (line.kind === 'day')
          return (
            <h2 className="label border-b border-line bg-raised px-4 py-1.5">{dayWords(line.atMs, now)}</h2>
          );
        if (line.kind === 'gap')
          return (
            <p className="relative py-1.5 pl-[9.5rem] text-2xs text-faint">
              <span aria-hidden className="absolute inset-y-0 left-32 border-l border-dashed border-line" />
              {t('nothing for {age}', { age: formatAge(line.lengthMs) })}
            </p>
          );
        const { entry } = line;
        return <EntryRow entry={entry} selected={entry.seq === selectedSeq} onOpen={onOpen} />;
      }}
    />
  );
}

interface EntryRowProps {
  entry: JournalEntry;
  selected: boolean;
  onOpen: (entry: JournalEntry) => void;
}

function EntryRow({ entry, selected, onOpen }: EntryRowProps) {
  return (
    <button
      type="button"
      aria-pressed={selected}
      onClick={() => onOpen(entry)}
      className={cx(
        'relative grid w-full grid-cols-[5.5rem_1.5rem_minmax(0,1fr)] items-start gap-x-3 px-4 py-2 text-left focus-visible:-outline-offset-2',
        selected ? 'bg-accent-soft' : 'hover:bg-raised',
      )}
    >
      <span aria-hidden className="absolute inset-y-0 left-32 border-l border-line" />
      <time className="figures text-right text-xs leading-5 text-muted">
        {formatTime(entry.atMs, nowMs())}
      </time>
      <span className="relative flex h-5 items-center justify-center">
        <span aria-hidden className={cx('size-2 rounded-full ring-4 ring-surface', dotOf(entry.severity))} />
      </span>
      <span className="min-w-0">
        <span className="block text-sm leading-5 break-words text-ink">{entry.summary}</span>
        <span className="mt-1 flex flex-wrap items-center gap-2">
          <KindBadge entry={entry} />
          {entry.severity !== null && entry.severity !== 'low' && <SeverityBadge severity={entry.severity} />}
          {entry.symbol !== null && <span className="figures text-xs text-muted">{entry.symbol}</span>}
          {entry.backendId !== null && <BackendTag backendId={entry.backendId} />}
        </span>
      </span>
    </button>
  );
}

const dotOf = (severity: Severity | null): string =>
  severity === 'critical'
    ? 'bg-danger'
    : severity === 'high'
      ? 'bg-warn'
      : severity === 'medium'
        ? 'bg-accent'
        : 'bg-faint';

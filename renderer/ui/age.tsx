import { ClockAlert } from 'lucide-react';

import { SECOND_MS, formatAge } from '#shared/time.ts';

import { useNow } from '../stores/clock.ts';
import { cx } from './cx.ts';
import { formatDateTime } from './format.ts';

interface AgeProps {
  /** When what is shown came about; `null` is never. */
  atMs: number | null;
  /** Older than this is drawn as stale (D4). */
  staleAfterMs?: number;
  suffix?: string;
  className?: string;
}

/** How old something is, counting on. */
export function Age({ atMs, staleAfterMs, suffix = '', className }: AgeProps) {
  const now = useNow(SECOND_MS);
  if (atMs === null) return <span className={cx('text-faint', className)}>never</span>;
  const stale = staleAfterMs !== undefined && now - atMs > staleAfterMs;
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      title={formatDateTime(atMs)}
      className={cx('figures whitespace-nowrap', stale ? 'text-warn' : 'text-faint', className)}
    >
      {formatAge(now - atMs)}
      {suffix}
    </time>
  );
}

/** Says that a figure is older than it should be, and by how much. Nothing while it is fresh. */
export function StaleMark({
  atMs,
  staleAfterMs,
  className,
}: {
  atMs: number | null;
  staleAfterMs: number;
  className?: string;
}) {
  const now = useNow(SECOND_MS);
  if (atMs !== null && now - atMs <= staleAfterMs) return null;
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center gap-1 rounded-sm bg-warn-soft px-1.5 text-2xs font-medium text-warn',
        className,
      )}
    >
      <ClockAlert size={11} aria-hidden />
      {atMs === null ? 'No data yet' : `Stale, ${formatAge(now - atMs)} old`}
    </span>
  );
}

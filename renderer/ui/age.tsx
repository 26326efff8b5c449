import { SECOND_MS, formatAge } from '#shared/time.ts';
import { t } from '#shared/words.ts';

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
  if (atMs === null) return <span className={cx('text-faint', className)}>{t('never')}</span>;
  const stale = staleAfterMs !== undefined && now - atMs > staleAfterMs;
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      // Written when somebody points at it: hundreds of ages are drawn for each that is looked at.
      onPointerEnter={({ currentTarget }) => (currentTarget.title = formatDateTime(atMs))}
      className={cx('figures whitespace-nowrap', stale ? 'text-warn' : 'text-faint', className)}
    >
      {formatAge(now - atMs)}
      {suffix}
    </time>
  );
}

import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { steadyAge, useTimely } from '../stores/clock.ts';
import { cx } from './cx.ts';
import { formatDateTime } from './format.ts';

interface AgeProps {
  /** When what is shown came about; `null` is never. */
  atMs: number | null;
  /** Older than this is drawn as stale (D4). */
  staleAfterMs?: number;
  /** `ago` of what happened, `old` of what is shown; alone where its column says which. */
  as?: 'ago' | 'old';
  className?: string;
}

/** How old something is, counting on. */
export function Age({ atMs, staleAfterMs, as, className }: AgeProps) {
  const isStale = (now: number): boolean =>
    atMs !== null && staleAfterMs !== undefined && now - atMs > staleAfterMs;
  const age = useTimely(SECOND_MS, (now) => (atMs === null ? '' : inWords(steadyAge(now - atMs, now), as)));
  const tone = useTimely(SECOND_MS, (now) => (isStale(now) ? 'text-warn' : 'text-faint'));
  if (atMs === null) return <span className={cx('text-faint', className)}>{t('never')}</span>;
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      // Written when somebody points at it: hundreds of ages are drawn for each that is looked at.
      onPointerEnter={({ currentTarget }) => (currentTarget.title = formatDateTime(atMs))}
      className={cx('figures whitespace-nowrap', tone, className)}
    >
      {age}
    </time>
  );
}

const inWords = (age: string, as: AgeProps['as']): string =>
  as === 'ago' ? t('{age} ago', { age }) : as === 'old' ? t('{age} old', { age }) : age;

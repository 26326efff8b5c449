import { formatAge } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { formatCount, formatDateTime } from '../../../ui/format.ts';
import type { EntrySort, ReadReport } from '../read-report.ts';

/** What the report does not know, before any of its figures. */
export function Gaps({ read: { report, cut } }: { read: ReadReport }) {
  const { off, leftOut } = report;
  const offMs = off.reduce((total, { fromMs, toMs }) => total + toMs - fromMs, 0);
  if (off.length + cut.length + leftOut === 0) return null;
  return (
    <ul className="mt-2 flex flex-col gap-0.5 rounded-md bg-warn-soft px-3 py-2 text-xs text-warn">
      {offMs > 0 && (
        <li>
          {t(
            'The desk was off for {age} of this time: what happened then is only here where a backend told it later.',
            { age: formatAge(offMs) },
          )}
        </li>
      )}
      {cut.map(({ sort, fromMs }) => (
        <li key={sort}>
          {t(
            '{value} are more than a report reads: they are counted from {dateTime} on. The journal has all of them.',
            { value: SORT_WORDS[sort], dateTime: formatDateTime(fromMs) },
          )}
        </li>
      ))}
      {leftOut > 0 && (
        <li>
          {t('{count} entries of other backends, or of ones that are no longer connected, are left out.', {
            count: formatCount(leftOut),
          })}
        </li>
      )}
    </ul>
  );
}

const SORT_WORDS: Record<EntrySort, string> = {
  trades: t('Trades'),
  alerts: t('Alerts'),
  decisions: t('Decisions'),
  links: t('Connections'),
};

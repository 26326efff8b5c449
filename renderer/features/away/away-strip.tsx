import { History, RotateCw, X } from 'lucide-react';
import type { ReactNode } from 'react';

import type { Place } from '#shared/domain/attention/attention.ts';
import type { Stretch } from '#shared/domain/journal/downtime.ts';
import type { Report } from '#shared/domain/journal/report.ts';
import { formatAge } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { usePracticeOnly } from '../../stores/derived.ts';
import { playBack } from '../../stores/playback.ts';
import { openPlace } from '../../stores/ui.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { MoneyChange } from '../../ui/figures.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { useReport } from '../report/use-report.ts';
import { putAbsenceAway } from './absence.ts';

/** What happened while the person was away, from the journal: each part leads to where it stands whole. */
export function AwayStrip({ stretch }: { stretch: Stretch }) {
  const practice = usePracticeOnly();
  const { read, trouble, again } = useReport(stretch, practice);
  const { fromMs, toMs } = stretch;
  return (
    <section
      aria-label={t('While you were away')}
      className="flex shrink-0 items-center gap-x-3 gap-y-1 border-b border-line bg-raised px-3 py-1.5 text-xs text-muted max-[60rem]:flex-wrap"
    >
      <h2
        className="truncate font-medium text-ink"
        title={t('Since {time}', { time: formatDateTime(fromMs) })}
      >
        {t('You were away for {age}', { age: formatAge(toMs - fromMs) })}
      </h2>
      {trouble !== null ? (
        <>
          <span className="truncate text-danger">{trouble}</span>
          <Button size="sm" variant="ghost" icon={<RotateCw size={13} aria-hidden />} onClick={again}>
            {t('Try again')}
          </Button>
        </>
      ) : read === null ? (
        <Spinner size={13} label={t('Reading what happened')} />
      ) : (
        <Meanwhile report={read.report} cut={read.cut.length > 0} />
      )}
      <span className="ml-auto flex shrink-0 items-center gap-1">
        <Button
          size="sm"
          variant="ghost"
          icon={<History size={13} aria-hidden />}
          onClick={() => void playBack({ stretch })}
        >
          {t('Play back')}
        </Button>
        <IconButton
          size="sm"
          label={t('Put this away')}
          icon={<X size={14} aria-hidden />}
          onClick={putAbsenceAway}
        />
      </span>
    </section>
  );
}

/** The figures of it; what did not happen is not listed. */
function Meanwhile({ report, cut }: { report: Report; cut: boolean }) {
  const { profit, trades, graveAlerts, alertCounts, proposals, decisions, off, linksDown } = report;
  const calm = alertCounts.low + alertCounts.medium;
  const offMs = off.reduce((total, one) => total + one.toMs - one.fromMs, 0);
  const parts: { id: string; place: Place; words: ReactNode; urgent?: boolean }[] = [];
  if (profit.profitUsd !== null)
    parts.push({
      id: 'profit',
      place: 'portfolio',
      words: (
        <>
          <MoneyChange value={profit.profitUsd} /> {profit.partial && t('of a part of it')}
        </>
      ),
    });
  if (trades.length > 0)
    parts.push({
      id: 'trades',
      place: 'portfolio',
      words: t('{count, plural, one {# trade} other {# trades}}', { count: trades.length }),
    });
  if (graveAlerts.length > 0)
    parts.push({
      id: 'urgent',
      place: 'alerts',
      urgent: true,
      words: t('{count, plural, one {# urgent alert} other {# urgent alerts}}', {
        count: graveAlerts.length,
      }),
    });
  if (calm > 0)
    parts.push({
      id: 'alerts',
      place: 'alerts',
      words: t('{count, plural, one {# other alert} other {# other alerts}}', { count: calm }),
    });
  if (proposals > 0)
    parts.push({
      id: 'proposals',
      place: 'approvals',
      words: t('{count, plural, one {# proposal} other {# proposals}}', { count: proposals }),
    });
  if (decisions.length > 0)
    parts.push({
      id: 'decisions',
      place: 'journal',
      words: t('{count, plural, one {# decision or act} other {# decisions and acts}}', {
        count: decisions.length,
      }),
    });
  if (linksDown.length > 0)
    parts.push({
      id: 'links',
      place: 'journal',
      words: t('{count, plural, one {# connection was down} other {# connections were down}}', {
        count: linksDown.length,
      }),
    });
  if (offMs > 0)
    parts.push({
      id: 'off',
      place: 'journal',
      urgent: true,
      words: t('the desk was off for {age}', { age: formatAge(offMs) }),
    });
  if (parts.length === 0) return <p role="status">{t('Nothing happened that the journal holds.')}</p>;
  return (
    <ul className="flex min-w-0 flex-wrap items-center gap-x-1">
      {parts.map(({ id, place, words, urgent = false }) => (
        <li key={id}>
          <button
            type="button"
            onClick={() => openPlace(place)}
            className={cx(
              'figures h-6 rounded-sm px-1.5 whitespace-nowrap hover:bg-soft hover:text-ink',
              urgent && 'font-medium text-ink',
            )}
          >
            {words}
          </button>
        </li>
      ))}
      {cut && <li className="px-1.5 text-warn">{t('There is more than was counted.')}</li>}
    </ul>
  );
}

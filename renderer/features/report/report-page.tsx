import { ChevronLeft, ChevronRight, FileDown, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { createPortal, flushSync } from 'react-dom';

import type { Stretch } from '#shared/domain/journal/downtime.ts';
import { firstWeekday } from '#shared/locale.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { nowMs } from '../../stores/clock.ts';
import { toast } from '../../stores/toasts.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatCount, formatDay, formatMonth } from '../../ui/format.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { ReportDocument } from './report-document.tsx';
import type { PeriodKind } from './report-period.ts';
import { nextPeriod, periodOf } from './report-period.ts';
import { useReport } from './use-report.ts';
import './report.css';

const KINDS: readonly { value: PeriodKind; label: string }[] = [
  { value: 'day', label: t('Day') },
  { value: 'week', label: t('Week') },
  { value: 'month', label: t('Month') },
];

/** A day, a week or a month in figures, on screen and as a PDF. */
export function ReportPage({ practice }: { practice: boolean }) {
  const [kind, setKind] = useState<PeriodKind>('day');
  const [stretch, setStretch] = useState<Stretch>(() => periodOf('day', nowMs(), firstWeekday()));
  const { read, progress, trouble, again } = useReport(stretch, practice);
  const [printing, setPrinting] = useState(false);
  const title = titleOf(kind, stretch);
  const isLatest = stretch.toMs > nowMs();

  function choose(next: PeriodKind): void {
    setKind(next);
    // The last moment of what is shown: the month of a week is the month in which it ends.
    setStretch(periodOf(next, Math.min(stretch.toMs - 1, nowMs()), firstWeekday()));
  }

  async function save(): Promise<void> {
    flushSync(() => setPrinting(true));
    try {
      const saved = await request('report.save-pdf', { title });
      if (saved !== null) toast(t('The report was saved'), { description: saved.path });
    } catch (error) {
      toast.error(t('The report was not saved'), { description: describeError(error) });
    } finally {
      setPrinting(false);
    }
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 px-5 pb-5">
      <div className="flex shrink-0 flex-wrap items-center gap-3">
        <Segmented label={t('Length of the report')} value={kind} onChange={choose} options={KINDS} />
        <span className="flex items-center gap-1">
          <IconButton
            size="sm"
            label={t('The {kind} before', { kind })}
            icon={<ChevronLeft size={14} aria-hidden />}
            onClick={() => setStretch(nextPeriod(kind, stretch, -1, firstWeekday()))}
          />
          <span aria-live="polite" className="min-w-44 text-center text-sm font-semibold text-ink">
            {title}
          </span>
          <IconButton
            size="sm"
            label={t('The {kind} after', { kind })}
            icon={<ChevronRight size={14} aria-hidden />}
            disabled={isLatest}
            onClick={() => setStretch(nextPeriod(kind, stretch, 1, firstWeekday()))}
          />
        </span>
        <span className="ml-auto flex items-center gap-2">
          <Button size="sm" variant="ghost" icon={<RefreshCw size={13} aria-hidden />} onClick={again}>
            {t('Make again')}
          </Button>
          <Button
            size="sm"
            icon={<FileDown size={13} aria-hidden />}
            busy={printing}
            disabled={read === null}
            onClick={() => void save()}
          >
            {t('Save as PDF')}
          </Button>
        </span>
      </div>
      <div
        tabIndex={0}
        role="group"
        aria-label={t('Report')}
        className="min-h-0 flex-1 overflow-y-auto rounded-lg border border-line bg-surface p-6"
      >
        {read !== null ? (
          <ReportDocument read={read} title={title} practice={practice} />
        ) : trouble !== null ? (
          <ErrorState title={t('The report could not be made')} message={trouble} onRetry={again} />
        ) : (
          <p role="status" className="flex items-center gap-2 text-sm text-muted">
            <Spinner size={14} />{' '}
            {t('Reading the journal, {count} entries so far', { count: formatCount(progress) })}
          </p>
        )}
      </div>
      {printing &&
        read !== null &&
        createPortal(
          <div className="report-paper">
            <ReportDocument read={read} title={title} practice={practice} />
          </div>,
          document.body,
        )}
    </div>
  );
}

function titleOf(kind: PeriodKind, { fromMs, toMs }: Stretch): string {
  if (kind === 'day') return formatDay(fromMs);
  if (kind === 'week') return t('{day} to {day2}', { day: formatDay(fromMs), day2: formatDay(toMs - 1) });
  return formatMonth(fromMs);
}

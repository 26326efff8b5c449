import { t } from '#shared/words.ts';

import { formatDateTime } from '../../ui/format.ts';
import type { ReadReport } from './read-report.ts';
import { AlertsSection } from './sections/alerts-section.tsx';
import { DecisionsSection } from './sections/decisions-section.tsx';
import { DowntimeSection } from './sections/downtime-section.tsx';
import { Gaps } from './sections/gaps.tsx';
import { ProfitSection } from './sections/profit-section.tsx';
import { TradesSection } from './sections/trades-section.tsx';

interface ReportDocumentProps {
  read: ReadReport;
  title: string;
  practice: boolean;
}

/** A report as a document, the same on screen and on paper. */
export function ReportDocument({ read, title, practice }: ReportDocumentProps) {
  const { report, madeAtMs } = read;
  const isOver = report.stretch.toMs < madeAtMs;
  return (
    <article
      aria-label={t('Report, {title}', { title })}
      className="report flex flex-col gap-6 text-sm text-ink"
    >
      <header>
        <h2 className="text-xl font-semibold">{title}</h2>
        <p className="mt-1 text-xs text-muted">
          {practice && <strong className="text-practice">{t('PRACTICE, no real money.')} </strong>}
          {t('{dateTime} to {dateTime2}{what}. Made by Quarterdeck {dateTime3} from its journal.', {
            dateTime: formatDateTime(report.stretch.fromMs),
            dateTime2: formatDateTime(report.stretch.toMs),
            what: isOver ? '' : t(', which is not over yet'),
            dateTime3: formatDateTime(madeAtMs),
          })}
        </p>
        <Gaps read={read} />
      </header>

      <ProfitSection report={report} />
      <TradesSection report={report} />
      <AlertsSection report={report} />
      <DecisionsSection report={report} />
      <DowntimeSection report={report} />
    </article>
  );
}

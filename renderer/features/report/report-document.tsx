import type { Trade } from '#shared/domain/portfolio/trade.ts';
import type { ReactNode } from 'react';

import type { Profit } from '#shared/domain/derive.ts';
import { valueOf } from '#shared/domain/journal/report.ts';
import { compare } from '#shared/money.ts';
import { formatAge } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useSlice } from '../../stores/desk.ts';
import { SeverityBadge } from '../../ui/badge.tsx';
import { Money, MoneyChange, Percent, Price, Quantity } from '../../ui/figures.tsx';
import { formatCount, formatDateTime, formatDay, formatMoney } from '../../ui/format.ts';
import { Stat } from '../../ui/panel.tsx';
import type { EntrySort, ReadReport } from './read-report.ts';

/** Longer lists are in the journal; a report that nobody reads to its end is none. */
const MOST_ROWS = 200;

interface ReportDocumentProps {
  read: ReadReport;
  title: string;
  practice: boolean;
}

/** A report as a document, the same on screen and on paper. */
export function ReportDocument({ read, title, practice }: ReportDocumentProps) {
  const { report, madeAtMs } = read;
  const { profit, days, trades, alertCounts, decisions, off, linksDown } = report;
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

      <Section title={t('Profit and loss')}>
        <dl className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-4">
          <Stat label={t('Profit')}>
            <MoneyChange value={profit.profitUsd} className="text-lg font-semibold" />
          </Stat>
          <Stat label={t('In percent')}>
            <Percent value={profit.profitPct} />
          </Stat>
          <Stat label={t('Deposited, in no profit')}>
            <Money value={profit.depositsUsd} />
          </Stat>
          <Stat label={t('Realised by trades')}>
            <MoneyChange value={report.realisedUsd} />
          </Stat>
        </dl>
        <SinceNote profit={profit} />
        {days.length > 1 && (
          <Rows heads={[t('Day'), t('Profit'), t('In percent'), t('Deposited')]} right={[1, 2, 3]}>
            {days.map((day) => (
              <tr key={day.fromMs}>
                <td>{formatDay(day.fromMs)}</td>
                <td className="text-right">
                  <MoneyChange value={day.profit.profitUsd} />
                </td>
                <td className="text-right">
                  <Percent value={day.profit.profitPct} />
                </td>
                <td className="text-right">
                  {compare(day.profit.depositsUsd, '0') === 0 ? '' : formatMoney(day.profit.depositsUsd)}
                </td>
              </tr>
            ))}
          </Rows>
        )}
      </Section>

      <Section title={t('Trades')} count={trades.length}>
        {trades.length === 0 ? (
          <None>{t('No trade was told in this time.')}</None>
        ) : (
          <>
            <p className="text-muted">
              {t('Traded')} <Money value={report.tradedUsd} className="text-ink" />{' '}
              {t('where price and quantity are known.')}
            </p>
            <Rows
              heads={[
                t('When'),
                t('Side'),
                t('Instrument'),
                t('Quantity'),
                t('Price'),
                t('Value'),
                t('Realised'),
                t('Status'),
                t('Backend'),
              ]}
              right={[3, 4, 5, 6]}
            >
              {trades.slice(0, MOST_ROWS).map((trade) => (
                <tr key={`${trade.backendId}/${trade.id}`}>
                  <td>{formatDateTime(trade.occurredAtMs ?? trade.receivedAtMs)}</td>
                  <td>
                    {t('{side, select, buy {buy} sell {sell} stake {stake} other {other}}', {
                      side: trade.side,
                    })}
                  </td>
                  <td>{trade.instrument ?? ''}</td>
                  <td className="text-right">
                    <Quantity value={trade.filledQuantity ?? trade.quantity} priceUsd={trade.averagePrice} />
                  </td>
                  <td className="text-right">
                    <Price value={trade.averagePrice} />
                  </td>
                  <td className="text-right">
                    <Money value={valueOf(trade)} />
                  </td>
                  <td className="text-right">
                    <MoneyChange value={trade.realisedPnlUsd} />
                  </td>
                  <td>{statusWords(trade)}</td>
                  <td>
                    <BackendName id={trade.backendId} />
                  </td>
                </tr>
              ))}
            </Rows>
            <More of={trades.length} what={t('trades')} />
          </>
        )}
      </Section>

      <Section
        title={t('Alerts')}
        count={alertCounts.low + alertCounts.medium + alertCounts.high + alertCounts.critical}
      >
        <p className="text-muted">
          {t('{count} critical, {count2} high, {count3} medium, {count4} low; {count5} not acknowledged.', {
            count: formatCount(alertCounts.critical),
            count2: formatCount(alertCounts.high),
            count3: formatCount(alertCounts.medium),
            count4: formatCount(alertCounts.low),
            count5: formatCount(report.unacknowledged),
          })}
        </p>
        {report.graveAlerts.length > 0 && (
          <Rows heads={[t('When'), t('Severity'), t('What'), t('Backend')]} right={[]}>
            {report.graveAlerts.slice(0, MOST_ROWS).map((alert) => (
              <tr key={`${alert.backendId}/${alert.id}`}>
                <td>{formatDateTime(alert.occurredAtMs ?? alert.receivedAtMs)}</td>
                <td>
                  <SeverityBadge severity={alert.severity} />
                </td>
                <td className="selectable break-words">{alert.message}</td>
                <td>
                  <BackendName id={alert.backendId} />
                </td>
              </tr>
            ))}
          </Rows>
        )}
        <More of={report.graveAlerts.length} what={t('critical and high alerts')} />
      </Section>

      <Section title={t('Decisions')} count={decisions.length}>
        <p className="text-muted">
          {t('{count} {proposals, plural, one {proposal was} other {proposals were}} told of in this time.', {
            count: formatCount(report.proposals),
            proposals: report.proposals,
          })}
        </p>
        {decisions.length === 0 ? (
          <None>{t('Nothing was decided.')}</None>
        ) : (
          <Rows heads={[t('When'), t('What'), t('Backend')]} right={[]}>
            {decisions.slice(0, MOST_ROWS).map((decision, index) => (
              <tr key={index}>
                <td>{formatDateTime(decision.atMs)}</td>
                <td className="selectable break-words">{decision.summary}</td>
                <td>{decision.backendId !== null && <BackendName id={decision.backendId} />}</td>
              </tr>
            ))}
          </Rows>
        )}
        <More of={decisions.length} what={t('decisions')} />
      </Section>

      <Section title={t('Downtime')}>
        {off.length === 0 ? (
          <None>{t('The desk ran all of this time, as far as its journal goes back.')}</None>
        ) : (
          <ul className="flex list-disc flex-col gap-1 pl-5">
            {off.map(({ fromMs, toMs, sure }) => (
              <li key={fromMs}>
                {t('The desk was off from {what}{dateTime} to {dateTime2} ({age}).{what2}', {
                  what: sure ? '' : `${t('some time after')} `,
                  dateTime: formatDateTime(fromMs),
                  dateTime2: formatDateTime(toMs),
                  age: formatAge(toMs - fromMs),
                  what2: sure ? '' : ` ${t('It was not quit: it crashed, or the computer went down.')}`,
                })}
              </li>
            ))}
          </ul>
        )}
        {linksDown.length === 0 ? (
          <None>{t('No connection was without data while the desk ran.')}</None>
        ) : (
          <Rows
            heads={[t('Backend'), t('Connection'), t('Without data'), t('Times'), t('Longest')]}
            right={[2, 3, 4]}
          >
            {linksDown.map((link) => (
              <tr key={`${link.backendId}/${link.label}`}>
                <td>
                  <BackendName id={link.backendId} />
                </td>
                <td>{link.label}</td>
                <td className="text-right">{formatAge(link.downMs)}</td>
                <td className="text-right">{formatCount(link.times)}</td>
                <td className="text-right">{formatAge(link.longestMs)}</td>
              </tr>
            ))}
          </Rows>
        )}
      </Section>
    </article>
  );
}

const SORT_WORDS: Record<EntrySort, string> = {
  trades: t('Trades'),
  alerts: t('Alerts'),
  decisions: t('Decisions'),
  links: t('Connections'),
};

/** What the report does not know, before any of its figures. */
function Gaps({ read: { report, cut } }: { read: ReadReport }) {
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

function SinceNote({ profit }: { profit: Profit }) {
  if (profit.profitUsd === null)
    return <None>{t('No value was recorded in this time, so that the profit is not known.')}</None>;
  if (!profit.partial || profit.sinceMs === null) return null;
  return (
    <p className="text-xs text-muted">
      {t('Nothing was recorded before {dateTime}.', { dateTime: formatDateTime(profit.sinceMs) })}
    </p>
  );
}

function Section({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2.5">
      <h3 className="flex items-baseline gap-2 border-b border-line pb-1 text-base font-semibold">
        {title}
        {count !== undefined && (
          <span className="figures text-sm font-normal text-muted">{formatCount(count)}</span>
        )}
      </h3>
      {children}
    </section>
  );
}

interface RowsProps {
  heads: readonly string[];
  /** Columns of figures. */
  right: readonly number[];
  children: ReactNode;
}

const Rows = ({ heads, right, children }: RowsProps) => (
  <div className="report-rows overflow-x-auto" tabIndex={0} role="group" aria-label={heads.join(', ')}>
    <table className="figures w-full text-xs">
      <thead>
        <tr>
          {heads.map((head, index) => (
            <th key={head} scope="col" className={right.includes(index) ? 'text-right' : 'text-left'}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);

const None = ({ children }: { children: ReactNode }) => <p className="text-muted">{children}</p>;

const More = ({ of, what }: { of: number; what: string }) =>
  of > MOST_ROWS ? (
    <p className="text-xs text-muted">
      {t('The newest {mostRows} of {count} {what}; all of them are in the journal.', {
        mostRows: MOST_ROWS,
        count: formatCount(of),
        what,
      })}
    </p>
  ) : null;

const BackendName = ({ id }: { id: string }) => <>{useSlice('backends').get(id)?.name ?? id}</>;

/** What only its backend has a word for is said in its word. */
const statusWords = ({ status, rawStatus }: Trade): string =>
  status === 'other'
    ? (rawStatus ?? t('other'))
    : t(
        '{status, select, submitted {submitted} filled {filled} simulated {simulated} failed {failed} other {{status}}}',
        { status },
      );

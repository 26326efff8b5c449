import { membersOf, parseJson } from '../../json.ts';
import { add, compare, multiply } from '../../money.ts';
import type { DecimalString } from '../../money.ts';
import type { EpochMs } from '../../time.ts';
import type { Alert } from '../alerts/alert.ts';
import { alert, severity } from '../alerts/alert.ts';
import { approval } from '../approvals/approval.ts';
import type { Profit } from '../derive.ts';
import { profitsBetween } from '../portfolio/performance.ts';
import type { EquityPoint } from '../portfolio/portfolio.ts';
import type { Trade } from '../portfolio/trade.ts';
import { trade } from '../portfolio/trade.ts';
import type { DeskOff, DeskStart, LinkDown, Stretch } from './downtime.ts';
import { deskOff, linksDown } from './downtime.ts';
import type { JournalEntry } from './journal.ts';

/** What was read of the journal for a stretch of time. Entries stand newest first, as the journal gives them. */
export interface ReportSources {
  stretch: Stretch;
  /** Ascending times at which its days begin and the last one ends. */
  dayEdges: readonly EpochMs[];
  /** The values at those times. */
  points: readonly EquityPoint[];
  /** Trades and alerts may have been journaled after the stretch: their own time counts. */
  trades: readonly JournalEntry[];
  alerts: readonly JournalEntry[];
  decisions: readonly JournalEntry[];
  links: readonly JournalEntry[];
  /** In the order of time. */
  starts: readonly DeskStart[];
  /** The backends that the report is about; what belongs to others is left out and counted. */
  backendIds: ReadonlySet<string>;
  /** Only of these backends profits and trades are told: the others show an account that is among these. */
  addableIds: ReadonlySet<string>;
}

export interface ReportDay extends Stretch {
  profit: Profit;
}

/** A day, week or month in figures. */
export interface Report {
  stretch: Stretch;
  profit: Profit;
  days: ReportDay[];
  /** Each once, as it stood last; newest first. */
  trades: Trade[];
  /** In dollars, of those whose price and quantity are known; `null` where no trade tells both. */
  tradedUsd: DecimalString | null;
  realisedUsd: DecimalString | null;
  alertCounts: Record<Alert['severity'], number>;
  /** Those that are high or critical, newest first. */
  graveAlerts: Alert[];
  unacknowledged: number;
  proposals: number;
  /** What was decided, newest first. */
  decisions: { atMs: EpochMs; backendId: string | null; summary: string }[];
  off: DeskOff[];
  linksDown: LinkDown[];
  /** Entries of backends that are not among those of the report. */
  leftOut: number;
}

/** Puts a report together. Pure; the figures of money are exact. */
export function buildReport(sources: ReportSources): Report {
  const { stretch, dayEdges, points, backendIds, addableIds } = sources;
  let leftOut = 0;
  const own = (entries: readonly JournalEntry[]): JournalEntry[] =>
    entries.filter(({ backendId }) => {
      const isOwn = backendId === null || backendIds.has(backendId);
      if (!isOwn) leftOut += 1;
      return isOwn;
    });

  // What is read from a list on connecting is journaled then, and happened earlier.
  const isWithin = ({
    occurredAtMs,
    receivedAtMs,
  }: Pick<Trade, 'occurredAtMs' | 'receivedAtMs'>): boolean => {
    const atMs = occurredAtMs ?? receivedAtMs;
    return atMs >= stretch.fromMs && atMs < stretch.toMs;
  };
  // An account that two backends show traded once.
  const trades = newestOf(own(sources.trades), (data) => trade.safeParse(data).data, idOf).filter(
    (one) => isWithin(one) && addableIds.has(one.backendId),
  );
  const alerts = newestOf(own(sources.alerts), (data) => alert.safeParse(data).data, idOf).filter(isWithin);
  const decisions = own(sources.decisions);
  const off = deskOff(sources.starts, stretch);
  const added = points.filter(({ backendId }) => addableIds.has(backendId));
  const profits = profitsBetween(added, dayEdges);
  return {
    stretch,
    profit: profitsBetween(added, [stretch.fromMs, stretch.toMs])[0] ?? NO_PROFIT,
    days: profits.map((profit, index) => ({
      fromMs: dayEdges[index] ?? 0,
      toMs: dayEdges[index + 1] ?? 0,
      profit,
    })),
    trades,
    tradedUsd: sumOfKnown(trades.map(valueOf)),
    realisedUsd: sumOfKnown(trades.map(({ realisedPnlUsd }) => realisedPnlUsd)),
    alertCounts: countsOf(alerts),
    graveAlerts: alerts.filter((one) => one.severity === 'high' || one.severity === 'critical'),
    unacknowledged: alerts.filter(({ acknowledgedAtMs }) => acknowledgedAtMs === null).length,
    proposals: newestOf(
      decisions.filter(({ kind }) => kind === 'approval'),
      (data) => approval.safeParse(data).data,
      idOf,
    ).length,
    decisions: decisions
      .filter((entry) => !isProposal(entry) && !isAsFound(entry))
      .map(({ atMs, backendId, summary }) => ({ atMs, backendId, summary })),
    off,
    linksDown: linksDown([...own(sources.links)].reverse(), off, stretch),
    leftOut,
  };
}

const NO_PROFIT: Profit = {
  profitUsd: null,
  profitPct: null,
  depositsUsd: '0',
  sinceMs: null,
  partial: false,
};

const sumOfKnown = (values: readonly (DecimalString | null)[]): DecimalString | null =>
  values.reduce((total, value) => (value === null ? total : add(total ?? '0', value)), null);

const idOf = ({ backendId, id }: { backendId: string; id: string }): string => `${backendId}/${id}`;

/** The records of entries, each once as it stood last. What cannot be read is left out. */
function newestOf<T>(
  entries: readonly JournalEntry[],
  read: (data: unknown) => T | undefined,
  key: (record: T) => string,
): T[] {
  const records = new Map<string, T>();
  for (const { data } of entries) {
    const record = read(parseJson(data));
    if (record !== undefined && !records.has(key(record))) records.set(key(record), record);
  }
  return [...records.values()];
}

/** A proposal that waits is no decision yet. */
const isProposal = ({ kind, data }: JournalEntry): boolean =>
  kind === 'approval' && approval.safeParse(parseJson(data)).data?.status === 'pending';

/** A kill switch that was off when the desk first read it: nobody decided that. */
const isAsFound = ({ kind, data }: JournalEntry): boolean =>
  kind === 'kill-switch' && membersOf(parseJson(data))?.found === true;

/** What a trade was worth; `null` where price or quantity is not known. A failed one moved nothing. */
export function valueOf({ status, averagePrice, quantity, filledQuantity }: Trade): DecimalString | null {
  if (status === 'failed' || averagePrice === null) return null;
  const traded = filledQuantity !== null && compare(filledQuantity, '0') > 0 ? filledQuantity : quantity;
  return traded === null ? null : multiply(traded, averagePrice);
}

function countsOf(alerts: readonly Alert[]): Report['alertCounts'] {
  const counts: Report['alertCounts'] = { low: 0, medium: 0, high: 0, critical: 0 };
  for (const one of severity.options) counts[one] = alerts.filter((found) => found.severity === one).length;
  return counts;
}

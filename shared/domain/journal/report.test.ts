import { describe, expect, it } from 'vitest';

import type { Alert } from '../alerts/alert.ts';
import type { Approval } from '../approvals/approval.ts';
import type { JournalEntry, JournalKind } from './journal.ts';
import type { ReportSources } from './report.ts';
import { buildReport } from './report.ts';
import type { Trade } from '../portfolio/trade.ts';
import { aTrade, anAlert, anApproval } from '../testing/entries.ts';

let seq = 0;
const entry = (kind: JournalKind, atMs: number, data: unknown, backendId = 'bot'): JournalEntry => ({
  seq: (seq += 1),
  atMs,
  kind,
  backendId,
  severity: null,
  symbol: null,
  summary: `${kind} ${atMs}`,
  data: typeof data === 'string' ? data : JSON.stringify(data),
  hash: '',
});
const trade = (id: string, rest: Partial<Trade>): Trade =>
  aTrade({
    backendId: 'bot',
    id,
    quantity: '2',
    averagePrice: '10.05',
    status: 'filled',
    origin: null,
    occurredAtMs: null,
    receivedAtMs: 5,
    ...rest,
  });
const alert = (id: string, severity: Alert['severity'], acknowledgedAtMs: number | null = null) =>
  anAlert({
    backendId: 'bot',
    id,
    kind: 'execution',
    severity,
    rawSeverity: severity,
    message: id,
    groupKey: id,
    occurredAtMs: null,
    receivedAtMs: 5,
    acknowledgedAtMs,
  });
const approval = (id: string, status: Approval['status']) =>
  anApproval({
    backendId: 'bot',
    id,
    status,
    quantity: '1',
    title: id,
    reason: '',
    proposer: null,
    createdAtMs: 1,
    receivedAtMs: 1,
    groupKey: id,
    executable: false,
  });
const point = (atMs: number, totalUsd: string, depositUsd: string | null = null, backendId = 'bot') => ({
  backendId,
  atMs,
  totalUsd,
  depositUsd,
});

const sources = (rest: Partial<ReportSources>): ReportSources => ({
  stretch: { fromMs: 0, toMs: 100 },
  dayEdges: [0, 50, 100],
  points: [],
  trades: [],
  alerts: [],
  decisions: [],
  links: [],
  starts: [],
  backendIds: new Set(['bot', 'mirror']),
  addableIds: new Set(['bot']),
  ...rest,
});

describe('a report', () => {
  it('is whole where nothing happened, and says that the profit is not known', () => {
    expect(buildReport(sources({}))).toMatchObject({
      profit: { profitUsd: null, depositsUsd: '0' },
      trades: [],
      tradedUsd: null,
      realisedUsd: null,
      alertCounts: { low: 0, medium: 0, high: 0, critical: 0 },
      decisions: [],
      off: [],
      linksDown: [],
      leftOut: 0,
    });
  });

  it('adds the profit of its days, deposits apart, and of an account that is shown twice once', () => {
    const report = buildReport(
      sources({
        points: [
          point(0, '100'),
          point(49, '110'),
          point(99, '150.5', '30'),
          point(0, '100', null, 'mirror'),
          point(99, '900', null, 'mirror'),
        ],
      }),
    );
    expect(report.profit).toMatchObject({ profitUsd: '20.5', depositsUsd: '30' });
    expect(report.days.map(({ profit }) => profit.profitUsd)).toEqual(['10', '10.5']);
  });

  it('tells a trade once as it stood last, exactly, and a failed one moved nothing', () => {
    const report = buildReport(
      sources({
        trades: [
          entry('trade', 9, trade('a', { filledQuantity: '1.5', realisedPnlUsd: '0.1' })),
          entry('trade', 8, trade('b', { status: 'failed' })),
          entry('trade', 7, trade('a', { status: 'submitted' })),
          entry('trade', 6, trade('c', { averagePrice: null, realisedPnlUsd: '0.2' })),
          entry('trade', 5, '{"not":"a trade"}'),
          entry('trade', 4, 'garbage'),
        ],
      }),
    );
    expect(report.trades.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'filled'],
      ['b', 'failed'],
      ['c', 'filled'],
    ]);
    expect(report.tradedUsd).toBe('15.075');
    expect(report.realisedUsd).toBe('0.3');
  });

  it('tells no sum of trades where none of them tells its price', () => {
    const trades = [entry('trade', 9, trade('a', { averagePrice: null }))];
    expect(buildReport(sources({ trades })).tradedUsd).toBeNull();
  });

  it('goes by the time at which a trade was made and not at which it was read, and tells an account that two show once', () => {
    const report = buildReport(
      sources({
        stretch: { fromMs: 50, toMs: 100 },
        trades: [
          entry('trade', 70, trade('old', { occurredAtMs: 49, receivedAtMs: 70 })),
          entry('trade', 140, trade('late', { occurredAtMs: 99, receivedAtMs: 140 })),
          entry('trade', 70, trade('edge', { occurredAtMs: 50, receivedAtMs: 70 })),
          entry('trade', 99, trade('next', { occurredAtMs: 100, receivedAtMs: 101 })),
          entry('trade', 70, trade('again', { backendId: 'mirror', receivedAtMs: 70 }), 'mirror'),
        ],
        alerts: [entry('alert', 70, { ...alert('x', 'critical'), occurredAtMs: 40 })],
      }),
    );
    expect(report.trades.map(({ id }) => id)).toEqual(['late', 'edge']);
    expect(report.alertCounts.critical).toBe(0);
    expect(report.leftOut).toBe(0);
  });

  it('counts alerts once each, by how grave they were, and those that nobody acknowledged', () => {
    const report = buildReport(
      sources({
        alerts: [
          entry('alert', 9, alert('x', 'critical', 9)),
          entry('alert', 8, alert('x', 'critical')),
          entry('alert', 7, alert('y', 'high')),
          entry('alert', 6, alert('z', 'low')),
        ],
      }),
    );
    expect(report.alertCounts).toEqual({ low: 1, medium: 0, high: 1, critical: 1 });
    expect(report.graveAlerts.map(({ id }) => id)).toEqual(['x', 'y']);
    expect(report.unacknowledged).toBe(2);
  });

  it('lists what was decided and not what was only proposed', () => {
    const report = buildReport(
      sources({
        decisions: [
          entry('panic', 9, {}),
          entry('kill-switch', 8.5, { enabled: false }),
          entry('kill-switch', 5, { enabled: false, found: true }),
          entry('approval', 8, approval('p', 'approved')),
          entry('approval', 7, approval('p', 'pending')),
          entry('approval', 6, approval('q', 'pending')),
        ],
      }),
    );
    expect(report.decisions.map(({ atMs }) => atMs)).toEqual([9, 8.5, 8]);
    expect(report.proposals).toBe(2);
  });

  it('keeps what belongs to other backends out of every figure, and says how much that was', () => {
    const report = buildReport(
      sources({
        trades: [entry('trade', 9, trade('a', { backendId: 'practice' }), 'practice')],
        alerts: [entry('alert', 9, alert('x', 'critical'), 'gone')],
      }),
    );
    expect(report).toMatchObject({ trades: [], tradedUsd: null, leftOut: 2 });
    expect(report.alertCounts.critical).toBe(0);
  });
});

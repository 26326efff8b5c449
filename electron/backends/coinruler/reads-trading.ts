import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';

import type { Json, Params } from '../port.ts';
import { cleanJson, shortText } from '../../lib/clean.ts';
import { optionalNumber, optionalText, ParamError, textParam } from '../kit/params.ts';
import type { ReadDefinition } from './read-definition.ts';
import { getRead, member, rows, rowsUnder } from '../kit/reading.ts';
import { serviceField, serviceParam } from './rotation-acts.ts';

const limit = (defaultValue: string): FieldDescriptor => ({
  name: 'limit',
  label: 'How many',
  type: 'number',
  required: false,
  min: 1,
  max: 100,
  defaultValue,
});

const withLimit =
  (path: string) =>
  (params: Params): string => {
    const count = optionalNumber(params, 'limit', { min: 1, max: 100 });
    return count === null ? path : `${path}?limit=${Math.round(count)}`;
  };

/** Portfolio, trades, rules, risk and keys (§4.4 to §4.7). */
export const tradingReads: readonly ReadDefinition[] = [
  getRead(
    'table',
    {
      id: 'portfolio.changes',
      group: 'Portfolio',
      label: 'Changes since',
      help: 'What changed in quantity, or in price by more than 5 %; without a date, in the last 24 hours.',
      figures: {
        qtyChange: 'change',
        priceChange: 'price-change',
        valueChange: 'usd-change',
        pctChange: 'percent-change',
      },
      params: [{ name: 'since', label: 'Since', type: 'date', required: false }],
    },
    (params) => {
      const since = optionalText(params, 'since', 40);
      if (since === null) return '/portfolio/changes';
      const ms = Date.parse(since);
      if (!Number.isFinite(ms)) throw new ParamError('“since” is not a date.');
      return `/portfolio/changes?since=${encodeURIComponent(new Date(ms).toISOString())}`;
    },
    (answer) => {
      const changes = member(answer, 'changes');
      // `_totalUSD` leaks in as a coin (§4.4).
      const isAsset = (change: Json): boolean => !shortText(member(change, 'coin') ?? '').startsWith('_');
      return rows(Array.isArray(changes) ? changes.filter(isAsset) : []);
    },
  ),
  getRead(
    'detail',
    {
      id: 'portfolio.snapshot',
      group: 'Portfolio',
      label: 'Latest snapshot',
      help: 'As CoinRuler stored it.',
      figures: { prices: 'price' },
    },
    '/portfolio',
    snapshotDetail,
  ),
  getRead(
    'detail',
    {
      id: 'portfolio.balances',
      group: 'Portfolio',
      label: 'Balances at the exchange',
      help: 'Live where the exchange answers, else from the latest snapshot.',
      figures: { prices: 'price' },
    },
    '/balances',
  ),
  getRead(
    'detail',
    {
      id: 'portfolio.collateral',
      group: 'Portfolio',
      label: 'Bitcoin as collateral',
      help: 'Locked and free bitcoin, and how healthy the loan is.',
    },
    '/collateral/status',
  ),
  getRead(
    'detail',
    {
      id: 'dashboard',
      group: 'Portfolio',
      label: 'Dashboard',
      help: 'Snapshot, newest approvals, kill switch and reports in one answer.',
      figures: {
        prices: 'price',
        profitRealized: 'usd-change',
        change24h: 'usd-change',
        volatility: 'percent',
      },
    },
    '/dashboard',
  ),
  getRead(
    'table',
    {
      id: 'executions',
      group: 'Trades',
      label: 'Executions',
      help: 'What was traded, newest first.',
      figures: { confidence: 'fraction', gainPct: 'percent-change' },
      params: [limit('25')],
    },
    withLimit('/executions/recent'),
    rowsUnder('items'),
  ),
  getRead(
    'detail',
    {
      id: 'profits',
      group: 'Trades',
      label: 'Profits taken',
      help: 'Sales made to take profits, and interest on USDC.',
      figures: { confidence: 'fraction', principal: 'usd', accrued: 'usd', apy: 'fraction' },
      params: [limit('50')],
      caution: 'The figures are what the sales brought after fees, not what was gained by them.',
    },
    withLimit('/profits/recent'),
  ),
  getRead(
    'table',
    {
      id: 'profit-taking',
      group: 'Trades',
      label: 'Profits to take',
      help: 'What gained and is held above its baseline.',
      figures: { confidence: 'fraction' },
      caution: 'Where CoinRuler knows no entry price it assumes a gain of a tenth.',
    },
    '/analysis/profit-taking',
    rowsUnder('opportunities'),
  ),
  getRead(
    'table',
    { id: 'rules', group: 'Rules', label: 'Rules', help: 'All rules, and which are switched on.' },
    '/rules',
    rows,
  ),
  getRead(
    'table',
    {
      id: 'rules.metrics',
      group: 'Rules',
      label: 'How a rule does',
      help: 'Its figures by window of time, newest first.',
      params: [
        {
          name: 'ruleId',
          label: 'Rule',
          type: 'text',
          required: true,
          help: 'Its id, from the list of rules.',
        },
      ],
    },
    (params) => `/rules/${encodeURIComponent(textParam(params, 'ruleId', 100))}/metrics`,
    rows,
  ),
  getRead(
    'table',
    {
      id: 'backtests',
      group: 'Rules',
      label: 'Backtests',
      help: 'The latest runs.',
      figures: { maxDrawdown: 'fraction' },
      params: [limit('25')],
    },
    withLimit('/backtests/recent'),
    rowsUnder('items'),
  ),
  getRead(
    'table',
    {
      id: 'backtests.summary',
      group: 'Rules',
      label: 'Backtests by rule',
      help: 'Averages over the last 90 days.',
      figures: { avgMaxDrawdown: 'fraction' },
    },
    '/backtests/summary',
    rowsUnder('items'),
  ),
  getRead(
    'detail',
    {
      id: 'objectives',
      group: 'Rules',
      label: 'Objectives',
      help: 'Baselines and limits that the rules keep to.',
      figures: { maxDrawdown: 'fraction', maxPositionSize: 'fraction' },
    },
    '/objectives',
  ),
  getRead(
    'detail',
    {
      id: 'risk',
      group: 'Rules',
      label: 'Risk state',
      help: 'Trades in the last hour and today’s loss, as CoinRuler counts them.',
      caution: 'CoinRuler never records its trades here, so these figures stay at zero whatever happened.',
    },
    '/risk/state',
  ),
  getRead(
    'table',
    {
      id: 'rotation',
      group: 'Credentials',
      label: 'Key rotation',
      help: 'When each key was and will be replaced.',
    },
    '/rotation/status',
    rows,
  ),
  getRead(
    'table',
    {
      id: 'rotation.policies',
      group: 'Credentials',
      label: 'Stored policies',
      help: 'All policies that are stored.',
      caution:
        'The shipped server reads these from a place where it never writes; ask for a single service instead.',
    },
    '/rotation/policies',
    rowsUnder('policies'),
  ),
  getRead(
    'detail',
    {
      id: 'rotation.policy',
      group: 'Credentials',
      label: 'Policy of a service',
      help: 'How often its key is replaced.',
      params: [serviceField],
    },
    (params) => `/rotation/policy/${serviceParam(params)}`,
  ),
  getRead(
    'detail',
    { id: 'rotation.scheduler', group: 'Credentials', label: 'Rotation scheduler', help: 'Whether it runs.' },
    '/rotation/scheduler',
  ),
  getRead(
    'table',
    {
      id: 'reports',
      group: 'Reports',
      label: 'Daily reports',
      help: 'The last seven days, up to three reports a day.',
      figures: { profitRealized: 'usd-change', change24h: 'usd-change', volatility: 'percent' },
    },
    '/report/daily',
    reportRows,
  ),
  getRead(
    'detail',
    {
      id: 'reports.learning',
      group: 'Reports',
      label: 'What was learned today',
      help: 'Performance of the day, lessons and recommendations.',
      figures: { profitRealized: 'usd-change', change24h: 'usd-change', volatility: 'percent' },
      caution:
        'CoinRuler writes a new report each time this is asked. Its changes read -100 % when the last snapshot has no total.',
      free: false,
    },
    '/reports/daily-learning',
  ),
];

/** The flat object, taken apart: assets on one side, what belongs to the snapshot on the other. */
function snapshotDetail(answer: Json): Json {
  const cleaned = cleanJson(answer);
  if (cleaned === null || typeof cleaned !== 'object' || Array.isArray(cleaned)) return {};
  const { timestamp = null, reason = null, id = null, ...assets } = cleaned;
  const prices = cleanJson(member(answer, '_prices') ?? {});
  return { timestamp, reason, id, assets, prices };
}

function reportRows(answer: Json): Json {
  const days = member(cleanJson(answer), 'days');
  if (!Array.isArray(days)) return [];
  return rows(
    days.flatMap((day) => {
      const samples = member(day, 'samples');
      const dayName = member(day, 'day') ?? null;
      const list = Array.isArray(samples) && samples.length > 0 ? samples : [{}];
      return list.map((sample) => ({ day: dayName, reports: member(day, 'count') ?? null, report: sample }));
    }),
  );
}

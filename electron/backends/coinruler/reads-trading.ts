import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';

import type { Json, Params } from '../port.ts';
import { cleanJson, shortText } from '../../lib/clean.ts';
import { optionalNumber, optionalText, ParamError } from '../kit/params.ts';
import type { ReadDefinition } from './read-definition.ts';
import { getRead, member, rows, rowsUnder } from '../kit/reading.ts';

export const limitField = (defaultValue: string): FieldDescriptor => ({
  name: 'limit',
  label: 'How many',
  type: 'number',
  required: false,
  min: 1,
  max: 100,
  defaultValue,
});

export const withLimit =
  (path: string) =>
  (params: Params): string => {
    const count = optionalNumber(params, 'limit', { min: 1, max: 100 });
    return count === null ? path : `${path}?limit=${Math.round(count)}`;
  };

/** Portfolio and trades (§4.4, §4.5). */
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
      params: [limitField('25')],
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
      params: [limitField('50')],
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
];

/** The flat object, taken apart: assets on one side, what belongs to the snapshot on the other. */
function snapshotDetail(answer: Json): Json {
  const cleaned = cleanJson(answer);
  if (cleaned === null || typeof cleaned !== 'object' || Array.isArray(cleaned)) return {};
  const { timestamp = null, reason = null, id = null, ...assets } = cleaned;
  const prices = cleanJson(member(answer, '_prices') ?? {});
  return { timestamp, reason, id, assets, prices };
}

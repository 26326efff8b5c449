import type { Model, PreparedAct, Run } from '#shared/domain/bots/model.ts';
import type { Position } from '#shared/domain/portfolio/position.ts';
import { positionOwner } from '#shared/domain/portfolio/position.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, compare, multiply, percentChange, toDecimal } from '#shared/money.ts';
import { parseIsoMs } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';
import type { WireAgent, WireLatest, WireModel, WireRun, WireTask } from './protocol.ts';

/** The member of a model's positions that is no holding. */
const CASH = 'CASH';

export interface Reading {
  backendId: string;
  receivedAtMs: number;
}

const RUN_STATUS: ReadonlyMap<string, Run['status']> = new Map<string, Run['status']>([
  ['pending', 'queued'],
  ['queued', 'queued'],
  ['running', 'running'],
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['stopped', 'stopped'],
  ['cancelled', 'stopped'],
]);
const OVER: ReadonlySet<string> = new Set(['completed', 'failed', 'stopped']);

/**
 * A worker's session that failed early leaves its run "running" (§5); its task says so. A word that is not known counts as running
 * until an end is written: nothing is called idle, or halted, on a guess.
 */
export function runStatus(run: WireRun, task: WireTask | undefined): Run['status'] {
  const status =
    RUN_STATUS.get(run.status?.toLowerCase() ?? '') ?? ((run.ended_at ?? '') === '' ? 'running' : 'unknown');
  if (status !== 'running' && status !== 'queued') return status;
  const result = task?.result?.status?.toLowerCase();
  if (task?.state === 'FAILURE' || (task?.state === 'SUCCESS' && (result === 'failed' || result === 'error')))
    return 'failed';
  return task?.state === 'REVOKED' ? 'stopped' : status;
}

export const isActiveRun = (status: Run['status']): boolean => status === 'running' || status === 'queued';

/** It is there, and not said to be over; the server never removes one (§4.3). */
export const isActiveAgent = (agent: WireAgent | undefined): boolean =>
  agent !== undefined && !OVER.has(agent.status?.toLowerCase() ?? '');

/** Percent of the way that a task says it went; its total is 390 minutes unless it says otherwise. */
export function taskProgress(task: WireTask | undefined): number | null {
  if (task?.state !== 'PROGRESS' || typeof task.current !== 'number') return null;
  const total = typeof task.total === 'number' && task.total > 0 ? task.total : 390;
  return Math.min(100, Math.max(0, (task.current / total) * 100));
}

/** Why a task failed, in the server's words. */
export const taskError = (task: WireTask | undefined): string | null =>
  plainText(task?.error ?? task?.result?.error, 300) || null;

export function mapRun(
  run: WireRun,
  modelId: string,
  extra: { task: WireTask | undefined; progressPct: number | null },
  { backendId, receivedAtMs }: Reading,
): Run {
  const status = runStatus(run, extra.task);
  return {
    backendId,
    id: run.id,
    modelId,
    number: run.run_number ?? null,
    status,
    rawStatus: plainText(run.status, 40) || null,
    mode: plainText(run.trading_mode, 40) || null,
    symbol: plainText(run.intraday_symbol, 20) || null,
    period: periodOf(run),
    ...timesOf(run),
    trades: run.total_trades ?? null,
    returnPct: percent(run.final_return),
    finalValue: run.final_portfolio_value,
    maxDrawdownPct: percent(run.max_drawdown_during_run),
    progressPct: isActiveRun(status) ? extra.progressPct : status === 'completed' ? 100 : null,
    receivedAtMs,
  };
}

/** Times of runs carry no zone (§7.2): kept as written, and reckoned with only where one is given. */
function timesOf(run: WireRun): Pick<Run, 'startedAtMs' | 'endedAtMs' | 'startedAtText' | 'endedAtText'> {
  const startedAtMs = parseIsoMs(run.started_at);
  const endedAtMs = parseIsoMs(run.ended_at);
  return {
    startedAtMs,
    endedAtMs,
    startedAtText: startedAtMs === null ? plainText(run.started_at, 40) || null : null,
    endedAtText: endedAtMs === null ? plainText(run.ended_at, 40) || null : null,
  };
}

function periodOf(run: WireRun): string | null {
  const [day, session] = [plainText(run.intraday_date, 20), plainText(run.intraday_session, 20)];
  if (day !== '') return session === '' ? day : `${day}, ${session} session`;
  const [from, to] = [plainText(run.date_range_start, 20), plainText(run.date_range_end, 20)];
  return from === '' && to === '' ? null : `${from || '?'} to ${to || '?'}`;
}

/** Returns and drawdowns are fractions on this wire. */
const percent = (fraction: DecimalString | null): DecimalString | null =>
  fraction === null ? null : multiply(fraction, '100');

/** How a run that was once started is started again; `null` where the server no longer says enough. */
export function againOf(run: WireRun, model: WireModel): PreparedAct | null {
  const snapshot = run.strategy_snapshot;
  const said = [snapshot.base_model, snapshot.basemodel, snapshot.default_ai_model, model.default_ai_model];
  const baseModel = said.map((value) => plainText(value, 120)).find((value) => value !== '');
  if (baseModel === undefined) return null;
  const modelId = model.id;
  const symbol = plainText(run.intraday_symbol, 20);
  const date = plainText(run.intraday_date, 10);
  const [startDate, endDate] = [plainText(run.date_range_start, 10), plainText(run.date_range_end, 10)];
  if (date !== '' && symbol !== '') {
    const session = plainText(run.intraday_session, 20) || 'regular';
    return { act: 'start-intraday', params: { modelId, baseModel, symbol, date, session } };
  }
  if (startDate === '' || endDate === '') return null;
  return symbol === ''
    ? { act: 'start-classic', params: { modelId, baseModel, startDate, endDate } }
    : { act: 'start-daily', params: { modelId, baseModel, symbol, startDate, endDate } };
}

/** What a model holds now. Zero is nothing held; CASH is no holding. */
export function mapPositions(latest: WireLatest | null, modelId: string, reading: Reading): Position[] {
  if (latest === null) return [];
  return Object.entries(latest.positions).flatMap(([name, value]) => {
    const symbol = plainText(name, 20);
    const quantity = toDecimal(value);
    if (symbol === '' || symbol === CASH || quantity === null || compare(quantity, '0') === 0) return [];
    return {
      ...reading,
      id: `${modelId}:${symbol}`,
      owner: positionOwner.model(modelId),
      traderId: null,
      symbol,
      side: compare(quantity, '0') > 0 ? 'long' : 'short',
      quantity: absolute(quantity),
      entryPrice: null,
      markPrice: null,
      value: null,
      pnl: null,
      pnlPct: null,
      leverage: null,
      margin: null,
      stopLoss: null,
      takeProfit: null,
      orderId: null,
      openedAtMs: null,
      simulated: true,
    };
  });
}

/** Quantities by symbol of one line of a model's history. */
export const holdingsOf = (
  positions: Record<string, unknown>,
): { symbol: string; quantity: DecimalString }[] =>
  Object.entries(positions).flatMap(([name, value]) => {
    const quantity = toDecimal(value);
    const symbol = plainText(name, 20);
    return quantity === null || symbol === CASH || symbol === '' ? [] : [{ symbol, quantity }];
  });

/** Cash and value as last read. Holdings of value zero mean that the server knew no price (§4.2): the value is then not known. */
export function moneyOf(
  latest: WireLatest | null,
  initialCash: DecimalString | null,
): Pick<Model, 'cash' | 'portfolioValue' | 'returnPct'> {
  if (latest === null) return { cash: null, portfolioValue: null, returnPct: null };
  const holdsSome = holdingsOf(latest.positions).some(({ quantity }) => compare(quantity, '0') !== 0);
  const hasNoPrice = holdsSome && (latest.stocks_value === null || compare(latest.stocks_value, '0') === 0);
  const portfolioValue = hasNoPrice ? null : latest.total_value;
  const returnPct =
    portfolioValue === null || initialCash === null ? null : percentChange(initialCash, portfolioValue);
  return { cash: latest.cash ?? toDecimal(latest.positions[CASH]), portfolioValue, returnPct };
}

/** How a model is set up, for its page. */
export function factsOf(model: WireModel, latest: WireLatest | null): Model['facts'] {
  const yes = (names: [string, boolean | null | undefined][]): string =>
    names.flatMap(([name, is]) => (is === true ? [name] : [])).join(', ');
  const facts: [string, string][] = [
    ['Market', plainText(model.instrument, 60)],
    ['Tickers', plainText(model.allowed_tickers?.join(', '), 200)],
    ['Order types', plainText(model.allowed_order_types?.join(', '), 200)],
    [
      'Allowed',
      yes([
        ['shorting', model.allow_shorting],
        ['margin', model.margin_account],
        ['options strategies', model.allow_options_strategies],
        ['hedging', model.allow_hedging],
      ]),
    ],
    ['Switched off', model.is_active === false ? 'yes' : ''],
    ['Position as of', plainText(latest?.date, 20)],
  ];
  return facts.flatMap(([name, value]) => (value === '' ? [] : [{ name, value }]));
}

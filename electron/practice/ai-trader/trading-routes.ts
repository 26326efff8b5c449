import { z } from 'zod';

import { DAY_MS } from '#shared/time.ts';

import { findAsset, QUOTE } from '../market/assets.ts';
import type { Answer } from './answers.ts';
import { json, refuse } from './answers.ts';
import type { AiTrader } from './context.ts';
import { findModel, runsOf } from './context.ts';
import type { ModelDocument, RunDocument, Task } from './documents.ts';
import type { Call, Route } from './http-server.ts';
import { ownModel } from './model-routes.ts';
import { deleteRun } from './runs.ts';
import type { Sessions } from './sessions.ts';
import { checkBody } from './validation.ts';

/** Starting, stopping, status and runs (sheet, sections 4.3 and 4.4). */
export const tradingRoutes = (trader: AiTrader, sessions: Sessions): Route[] => [
  ...startRoutes(trader, sessions),
  {
    method: 'POST',
    path: '/api/trading/stop/{model_id}',
    run: (call) => stopModel(trader, sessions, ownModel(trader, call)),
  },
  {
    method: 'GET',
    path: '/api/trading/status/{model_id}',
    run(call) {
      const { id } = ownModel(trader, call);
      return json(sessions.agents.get(id) ?? { status: 'not_running', model_id: id });
    },
  },
  {
    method: 'GET',
    path: '/api/trading/status',
    run({ caller }) {
      const own = [...sessions.agents].filter(([, info]) => info.user_id === caller.id);
      return json({ running_agents: Object.fromEntries(own), total_running: own.length });
    },
  },
  {
    method: 'GET',
    path: '/api/trading/task-status/{task_id}',
    run: ({ param }) => taskStatus(trader, param('task_id')),
  },
  {
    method: 'GET',
    path: '/api/models/{model_id}/runs',
    run(call) {
      const runs = runsOf(trader, accessible(trader, call).id);
      return json({ runs, total: runs.length });
    },
  },
  {
    method: 'GET',
    path: '/api/models/{model_id}/runs/{run_id}',
    run(call) {
      const run = findRun(trader, call, 404);
      const positions = trader.state.positions.filter((one) => one.run_id === run.id);
      const reasoning = trader.state.reasoning.filter((one) => one.run_id === run.id);
      return json({
        ...run,
        positions,
        reasoning,
        position_count: positions.length,
        reasoning_count: reasoning.length,
      });
    },
  },
  {
    method: 'POST',
    path: '/api/models/{model_id}/runs/{run_id}/stop',
    run(call) {
      const run = findRun(trader, call, 404);
      if (run.status !== 'running' && run.status !== 'pending')
        return json({ status: 'not_running', message: 'Run is not currently running' });
      if (run.task_id === null) return json({ status: 'no_task', message: 'No task found for this run' });
      return stopWorker(trader, sessions, run, 'Run stopped and deleted');
    },
  },
  {
    method: 'DELETE',
    path: '/api/models/{model_id}/runs/{run_id}',
    run(call) {
      const run = findRun(trader, call, 400);
      trader.unit.commit(() => deleteRun(trader, run));
      return json({ status: 'deleted', run_id: run.id });
    },
  },
];

const startRoutes = (trader: AiTrader, sessions: Sessions): Route[] => [
  {
    method: 'POST',
    path: '/api/trading/start/{model_id}',
    run(call) {
      const model = ownModel(trader, call);
      const wanted = checkBody(z.object({ base_model: z.string(), ...dateRange }), call.bodyText);
      const { dates, failure } = days(wanted);
      const tickers = model.allowed_tickers ?? ['BTC', 'ETH'];
      const priced = tickers.filter((symbol) => unpriced(symbol) === null);
      const order = {
        baseModel: wanted.base_model,
        symbols: priced.length > 0 ? priced : ['BTC'],
        dates,
        failure: failure ?? (priced.length > 0 ? null : 'No price data for any of its symbols'),
      };
      const info = byHand(trader, model, () => sessions.startAgent(model, order));
      const entry = sessions.agents.get(model.id);
      const status = info === null ? 'already_running' : 'started';
      return json({ status, model_id: model.id, started_at: entry?.started_at ?? null });
    },
  },
  {
    method: 'POST',
    path: '/api/trading/start-intraday/{model_id}',
    run(call) {
      const model = ownModel(trader, call);
      const wanted = checkBody(intradayBody, call.bodyText);
      const { symbol, date, session } = wanted;
      const failure = days({ start_date: date, end_date: date }).failure ?? unpriced(symbol);
      const order = { baseModel: wanted.base_model, symbols: [symbol], dates: [date], session, failure };
      const { run, task } = byHand(trader, model, () => sessions.startWorker(model, 'intraday', order));
      return json({
        status: 'queued',
        task_id: task.id,
        run_id: run.id,
        run_number: run.run_number,
        model_id: model.id,
        symbol,
        date,
        message: 'Trading session queued. Use task_id to check status.',
      });
    },
  },
  {
    method: 'POST',
    path: '/api/trading/start-daily/{model_id}',
    run(call) {
      const model = ownModel(trader, call);
      const wanted = checkBody(dailyBody, call.bodyText);
      const { symbol, start_date, end_date } = wanted;
      const { dates, failure } = days(wanted);
      const order = {
        baseModel: wanted.base_model,
        symbols: [symbol],
        dates,
        failure: failure ?? unpriced(symbol),
      };
      const { run, task } = byHand(trader, model, () => sessions.startWorker(model, 'daily', order));
      return json({
        status: 'queued',
        task_id: task.id,
        run_id: run.id,
        run_number: run.run_number,
        symbol,
        start_date,
        end_date,
      });
    },
  },
];

/** A person starts: from now on the model may start by itself again, and all may where none did. */
function byHand<T>({ state, unit }: AiTrader, model: ModelDocument, start: () => T): T {
  return unit.commit(() => {
    const allWait = state.models.every(({ id }) => state.stoppedByHand.includes(id));
    state.stoppedByHand = allWait ? [] : state.stoppedByHand.filter((id) => id !== model.id);
    return start();
  });
}

function stopModel(trader: AiTrader, sessions: Sessions, model: ModelDocument): Answer {
  const { unit } = trader;
  const run = runsOf(trader, model.id).find((one) => one.status === 'running' && one.task_id !== null);
  if (run !== undefined)
    return stopWorker(trader, sessions, run, `Run #${run.run_number} stopped and deleted`);
  return unit.commit(() => {
    const info = sessions.stopAgent(model.id);
    if (info === null) return json({ status: 'not_running', message: 'No active trading session found' });
    holdBack(trader, sessions, model.id);
    // The real server calls it a duration; it is when the agent was started.
    return json({ status: 'stopped', model_id: model.id, duration: info.started_at });
  });
}

function stopWorker(trader: AiTrader, sessions: Sessions, run: RunDocument, message: string): Answer {
  trader.unit.commit(() => {
    sessions.stopRun(run);
    holdBack(trader, sessions, run.model_id);
  });
  const { id, run_number, task_id } = run;
  return json({ status: 'stopped_and_deleted', task_id, run_id: id, run_number, message });
}

/** Whoever stops the last one at work wants none to work: the others do not start by themselves either. */
function holdBack({ state }: AiTrader, sessions: Sessions, modelId: number): void {
  const waiting = sessions.count() === 0 ? state.models.map(({ id }) => id) : [modelId];
  state.stoppedByHand = [...new Set([...state.stoppedByHand, ...waiting])];
}

/** Of anyone, as the real one asks nobody whose task it is. */
function taskStatus({ state }: AiTrader, taskId: string): Answer {
  const task = state.tasks.find((one) => one.id === taskId);
  return json({ task_id: taskId, state: task?.state ?? 'PENDING', ...taskDetail(task) });
}

function taskDetail(task: Task | undefined): Record<string, unknown> {
  switch (task?.state) {
    case undefined:
    case 'PENDING':
      return { status: 'Task is waiting to start' };
    case 'STARTED':
      return { status: 'Task has started' };
    case 'PROGRESS': {
      const { current, total } = task;
      // The worker leaves the run out of its later reports.
      const isLate = current > total / 2;
      const run = { run_id: isLate ? null : task.runId, run_number: isLate ? null : task.runNumber };
      return { status: `Minute ${current}/${total}`, current, total, ...run };
    }
    case 'SUCCESS':
      return { status: 'Completed', result: task.result };
    case 'FAILURE':
      return { status: 'Failed', error: task.error };
    case 'REVOKED':
      return { status: 'Cancelled' };
  }
}

/** Runs refuse a foreign model with 403 where models answer 404. */
function accessible(trader: AiTrader, call: Call): ModelDocument {
  const model = findModel(trader, call.int('model_id'));
  if (model?.user_id !== call.caller.id) throw refuse(403, 'Access denied');
  return model;
}

function findRun(trader: AiTrader, call: Call, missing: 400 | 404): RunDocument {
  const model = accessible(trader, call);
  const id = call.int('run_id');
  const run = trader.state.runs.find((one) => one.id === id && one.model_id === model.id);
  if (run === undefined) throw refuse(missing, 'Run not found');
  return run;
}

const unpriced = (symbol: string): string | null =>
  symbol !== QUOTE && findAsset(symbol) !== undefined ? null : `No price data for ${symbol.slice(0, 20)}`;

/** Nothing is checked at the door: what is no date fails the session once it begins. */
function days(range: { start_date: string; end_date: string }): { dates: string[]; failure: string | null } {
  const [from, to] = [range.start_date, range.end_date].map(dayMs);
  if (from === undefined || to === undefined || Number.isNaN(from + to))
    return { dates: [range.start_date, range.end_date], failure: 'Invalid date format' };
  const dates: string[] = [];
  for (let atMs = from; atMs <= to && dates.length < MAX_DAYS; atMs += DAY_MS)
    dates.push(new Date(atMs).toISOString().slice(0, 10));
  return { dates, failure: null };
}

const dayMs = (text: string): number =>
  /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;

const dateRange = { start_date: z.string(), end_date: z.string() };
const intradayBody = z.object({
  base_model: z.string(),
  symbol: z.string(),
  date: z.string(),
  session: z.string().default('regular'),
});
const dailyBody = z.object({ base_model: z.string(), symbol: z.string(), ...dateRange });
const MAX_DAYS = 60;

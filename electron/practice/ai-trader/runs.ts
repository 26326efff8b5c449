import type { AiTrader } from './context.ts';
import { bound, newId, runsOf } from './context.ts';
import type { ModelDocument, RunDocument, Session } from './documents.ts';

/** What a session is to do. */
export interface Order {
  baseModel: string;
  symbols: readonly string[];
  dates: readonly string[];
  /** The session of the market day, for an intraday run. */
  session?: string;
  /** Why it will fail at its first beat. */
  failure?: string | null;
}

/** The row of a run that a worker will do. */
export function newRun(
  trader: AiTrader,
  model: ModelDocument,
  order: Order,
  { mode, taskId }: { mode: 'intraday' | 'daily'; taskId: string },
): RunDocument {
  const intraday = mode === 'intraday';
  return {
    id: newId(trader),
    model_id: model.id,
    // One more than the highest there is: the number of a deleted run comes again.
    run_number: (runsOf(trader, model.id)[0]?.run_number ?? 0) + 1,
    started_at: trader.stamps.local(),
    ended_at: null,
    status: 'running',
    trading_mode: mode,
    strategy_snapshot: { default_ai_model: order.baseModel, custom_rules: model.custom_rules },
    total_trades: 0,
    final_return: null,
    final_portfolio_value: null,
    max_drawdown_during_run: null,
    task_id: taskId,
    intraday_symbol: intraday ? (order.symbols[0] ?? null) : null,
    intraday_date: intraday ? (order.dates[0] ?? null) : null,
    intraday_session: intraday ? (order.session ?? 'regular') : null,
    date_range_start: intraday ? null : (order.dates[0] ?? null),
    date_range_end: intraday ? null : (order.dates.at(-1) ?? null),
    created_at: trader.stamps.offset(),
  };
}

/** Takes the row away with its positions and its reasoning. A worker on it is not asked. */
export function deleteRun({ state }: AiTrader, run: RunDocument): void {
  state.runs = state.runs.filter((one) => one !== run);
  state.positions = state.positions.filter((one) => one.run_id !== run.id);
  state.reasoning = state.reasoning.filter((one) => one.run_id !== run.id);
}

/** What is left of a session in the model's log. */
export function writeLog(trader: AiTrader, model: ModelDocument, session: Session): void {
  const date = session.dates.at(-1) ?? trader.stamps.today();
  const content = `Traded ${session.symbols.join(', ')}: ${session.trades} trades.`;
  const message = { role: 'assistant', content };
  trader.state.logs.push({
    id: newId(trader),
    model_id: model.id,
    date,
    timestamp: trader.stamps.zulu(),
    signature: model.signature,
    messages: session.mode === 'intraday' ? message : [message],
    created_at: trader.stamps.zulu(),
  });
  bound(trader.state.logs, LOGS_KEPT);
}

const LOGS_KEPT = 400;

import { randomUUID } from 'node:crypto';

export type Members = Record<string, unknown>;

/** A model as the server writes it, with what is given in place of the usual. */
export const modelRow = (given: Members & { id: number }): Members => ({
  name: `Model ${given.id}`,
  signature: `model-${given.id}`,
  description: null,
  is_active: true,
  trading_style: 'day-trading',
  instrument: 'stocks',
  allow_shorting: false,
  margin_account: false,
  allow_options_strategies: false,
  allow_hedging: false,
  allowed_order_types: ['market', 'limit'],
  initial_cash: 10_000,
  allowed_tickers: null,
  default_ai_model: 'openai/gpt-4o',
  model_parameters: { temperature: 0.3 },
  custom_rules: null,
  custom_instructions: null,
  created_at: '2026-11-20T23:27:59.704606Z',
  updated_at: null,
  ...given,
});

/** A run that is under way, likewise. */
export const runRow = (given: Members): Members => ({
  ended_at: null,
  status: 'running',
  trading_mode: 'intraday',
  strategy_snapshot: {},
  total_trades: 0,
  final_return: null,
  final_portfolio_value: null,
  max_drawdown_during_run: null,
  task_id: randomUUID(),
  intraday_symbol: 'AAPL',
  intraday_date: '2026-01-05',
  intraday_session: 'regular',
  ...given,
});

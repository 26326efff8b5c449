import { z } from 'zod';

const text = z.string().max(20_000);

/** A model as the server tells it (sheet, section 4.1). */
const modelDocument = z.object({
  id: z.number().int(),
  user_id: text,
  name: text,
  signature: text,
  description: text.nullable(),
  is_active: z.boolean(),
  trading_style: text,
  instrument: text,
  allow_shorting: z.boolean(),
  margin_account: z.boolean(),
  allow_options_strategies: z.boolean(),
  allow_hedging: z.boolean(),
  allowed_order_types: z.array(text).max(50),
  initial_cash: z.number(),
  allowed_tickers: z.array(text).max(500).nullable(),
  default_ai_model: text.nullable(),
  model_parameters: z.record(z.string(), z.unknown()).nullable(),
  custom_rules: text.nullable(),
  custom_instructions: text.nullable(),
  created_at: text,
  updated_at: text.nullable(),
});
export type ModelDocument = z.infer<typeof modelDocument>;

const holdings = z.record(z.string(), z.number());
export type Holdings = z.infer<typeof holdings>;

/** What a model did to its position. `value` is what it was all worth then; the model's own view leaves it out. */
const positionDocument = z.object({
  id: z.number().int(),
  model_id: z.number().int(),
  run_id: z.number().int().nullable(),
  date: text,
  minute_time: text.nullable(),
  action_id: z.number().int(),
  action_type: text.nullable(),
  symbol: text.nullable(),
  amount: z.number().int().nullable(),
  positions: holdings,
  cash: z.number().nullable(),
  value: z.number(),
  created_at: text,
});
export type PositionDocument = z.infer<typeof positionDocument>;

const runDocument = z.object({
  id: z.number().int(),
  model_id: z.number().int(),
  run_number: z.number().int(),
  started_at: text,
  ended_at: text.nullable(),
  status: z.enum(['pending', 'running', 'completed', 'failed']),
  trading_mode: z.enum(['daily', 'intraday']),
  strategy_snapshot: z.record(z.string(), z.unknown()),
  total_trades: z.number().int(),
  final_return: z.number().nullable(),
  final_portfolio_value: z.number().nullable(),
  max_drawdown_during_run: z.number().nullable(),
  task_id: text.nullable(),
  intraday_symbol: text.nullable(),
  intraday_date: text.nullable(),
  intraday_session: text.nullable(),
  date_range_start: text.nullable(),
  date_range_end: text.nullable(),
  created_at: text,
});
export type RunDocument = z.infer<typeof runDocument>;

const reasoningDocument = z.object({
  id: z.number().int(),
  model_id: z.number().int(),
  run_id: z.number().int(),
  timestamp: text,
  reasoning_type: text,
  content: text,
});

const logDocument = z.object({
  id: z.number().int(),
  model_id: z.number().int(),
  date: text,
  timestamp: text,
  signature: text,
  messages: z.unknown(),
  created_at: text,
});

/** A session under way. Those of workers are kept over a restart, as the task queue keeps them. */
const session = z.object({
  modelId: z.number().int(),
  mode: z.enum(['agent', 'intraday', 'daily']),
  /** `null` for an agent inside the server's process. */
  taskId: text.nullable(),
  runId: z.number().int().nullable(),
  baseModel: text,
  symbols: z.array(text).min(1).max(50),
  dates: z.array(text).max(60),
  startedAtMs: z.number(),
  nextAtMs: z.number(),
  /** How many beats it has told; see `sessions.ts`. */
  beat: z.number().int(),
  holdings,
  trades: z.number().int(),
  startValue: z.number(),
  peakValue: z.number(),
  drawdown: z.number(),
  /** What it made up its mind to do; done at its next beat but one. */
  decision: z
    .object({ action: z.enum(['buy', 'sell', 'hold']), amount: z.number(), reasoning: text })
    .nullable(),
  /** Why it cannot go on; told at its next beat. */
  failure: text.nullable(),
});
export type Session = z.infer<typeof session>;

const task = z.object({
  id: text,
  modelId: z.number().int(),
  state: z.enum(['PENDING', 'STARTED', 'PROGRESS', 'SUCCESS', 'FAILURE', 'REVOKED']),
  current: z.number().int(),
  total: z.number().int(),
  runId: z.number().int(),
  runNumber: z.number().int(),
  result: z.record(z.string(), z.unknown()).nullable(),
  error: text.nullable(),
});
export type Task = z.infer<typeof task>;

const chatSession = z.object({
  is_active: z.boolean(),
  conversation_summary: text.nullable(),
  last_message_at: text.nullable(),
  id: z.number().int(),
  created_at: text,
  user_id: text,
  model_id: z.number().int().nullable(),
  run_id: z.number().int().nullable(),
  session_title: text,
  updated_at: text,
});
export type ChatSession = z.infer<typeof chatSession>;

const chatMessage = z.object({
  id: z.number().int(),
  session_id: z.number().int(),
  role: text,
  content: text,
  tool_calls: z.unknown().nullable(),
  timestamp: text,
});
export type ChatMessage = z.infer<typeof chatMessage>;

/** What the practice AI-Trader keeps over a restart. Agents inside its process are not part of it: they die with it. */
export const aiTraderState = z.object({
  version: z.literal(1),
  random: z.number(),
  nextId: z.number().int(),
  user: z.object({ id: text, email: text, password: text, apiKey: text, createdAt: text }),
  tokenSecret: text,
  models: z.array(modelDocument).max(500),
  /** Models that a person stopped: they wait for a person to start them. By id, as JSON writes it. */
  stoppedByHand: z.array(z.number().int()).max(500),
  positions: z.array(positionDocument).max(10_000),
  runs: z.array(runDocument).max(5_000),
  reasoning: z.array(reasoningDocument).max(5_000),
  logs: z.array(logDocument).max(5_000),
  sessions: z.array(session).max(500),
  tasks: z.array(task).max(500),
  chatSessions: z.array(chatSession).max(500),
  chatMessages: z.array(chatMessage).max(5_000),
});
export type AiTraderState = z.infer<typeof aiTraderState>;

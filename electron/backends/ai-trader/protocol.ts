import { z } from 'zod';

import type { DecimalString } from '#shared/money.ts';
import { toDecimal } from '#shared/money.ts';

/** The wire as the fact sheet has it. What is optional is read leniently: a member of an odd type counts as not given. */

const id = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,18}$/)]).transform(String);
const text = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const texts = z.array(z.string()).nullish().catch(null);
const count = z.number().int().nonnegative().nullish().catch(null);
const ratio = z.number().nullish().catch(null);
/** May be missing altogether, as any member of a raw row. */
const figure = z
  .unknown()
  .optional()
  .transform((value): DecimalString | null => toDecimal(value));
const members = z.record(z.string(), z.unknown()).catch({});

/** Of a list whatever can be read: one entry of no use costs the others nothing, and is counted. */
const listOf = <S extends z.ZodType>(entry: S) =>
  z.array(z.unknown()).transform((all): { read: z.output<S>[]; unreadable: number } => {
    const read = all.flatMap((one) => {
      const parsed = entry.safeParse(one);
      return parsed.success ? [parsed.data] : [];
    });
    return { read, unreadable: all.length - read.length };
  });

/** Of four error shapes three are this one: `detail` is a text, a list (422), or stands beside a `type` (§3). */
export const wireError = z.object({ detail: z.unknown().optional() });
export const wireDetail = z.array(z.object({ loc: z.array(z.unknown()).catch([]), msg: z.string() }));

export const wireSignIn = z.object({ access_token: z.string().min(1) });
export const wireClaims = z.object({ exp: ratio, iat: ratio });

/** Loose, because an update has to send back whatever is there (§7.11). */
export const wireModel = z.looseObject({
  id,
  name: z.string().catch(''),
  description: text,
  is_active: flag,
  trading_style: text,
  instrument: text,
  allow_shorting: flag,
  margin_account: flag,
  allow_options_strategies: flag,
  allow_hedging: flag,
  allowed_order_types: texts,
  allowed_tickers: texts,
  initial_cash: figure,
  default_ai_model: text,
});
export type WireModel = z.infer<typeof wireModel>;
export const wireModels = z.object({ models: listOf(wireModel) });

export const wireAgent = z.looseObject({
  basemodel: text,
  status: text,
  started_at: text,
  start_date: text,
  end_date: text,
  error: text,
});
export type WireAgent = z.infer<typeof wireAgent>;
/** Its keys are model ids as texts (§7.7). An agent that cannot be read is one all the same. */
export const wireStatus = z.object({
  running_agents: z.record(z.string(), wireAgent.catch(wireAgent.parse({}))),
});

export const wireRun = z.looseObject({
  id,
  model_id: id.nullish().catch(null),
  run_number: count,
  status: text,
  trading_mode: text,
  started_at: text,
  ended_at: text,
  strategy_snapshot: members,
  total_trades: count,
  final_return: figure,
  final_portfolio_value: figure,
  max_drawdown_during_run: figure,
  task_id: text,
  intraday_symbol: text,
  intraday_date: text,
  intraday_session: text,
  date_range_start: text,
  date_range_end: text,
});
export type WireRun = z.infer<typeof wireRun>;
export const wireRuns = z.object({ runs: listOf(wireRun) });
export const wireRunDetail = z.looseObject({
  ...wireRun.shape,
  positions: z.array(z.unknown()).catch([]),
  reasoning: z.array(z.unknown()).catch([]),
});

export const wireTask = z.looseObject({
  state: text,
  status: text,
  current: ratio,
  total: ratio,
  error: text,
  result: z.looseObject({ status: text, error: text }).nullish().catch(null),
});
export type WireTask = z.infer<typeof wireTask>;

export const wireLatest = z.object({
  model_id: id.nullish().catch(null),
  date: text,
  positions: members,
  cash: figure,
  stocks_value: figure,
  total_value: figure,
});
export type WireLatest = z.infer<typeof wireLatest>;

export const wirePosition = z.object({
  id: z.union([z.number(), z.string()]).transform(String).catch(''),
  date: text,
  action_type: text,
  symbol: text,
  amount: figure,
  positions: members,
  cash: figure,
  created_at: text,
});
export type WirePosition = z.infer<typeof wirePosition>;
export const wirePositions = z.object({
  model_id: id.nullish().catch(null),
  positions: listOf(wirePosition),
  total_records: z.number().int().catch(0),
});

export const wirePerformance = z.object({
  start_date: text,
  end_date: text,
  metrics: z.object({
    sharpe_ratio: ratio,
    max_drawdown: ratio,
    cumulative_return: ratio,
    annualized_return: ratio,
    volatility: ratio,
    win_rate: ratio,
    profit_loss_ratio: ratio,
    total_trading_days: count,
    initial_value: figure,
    final_value: figure,
  }),
  portfolio_values: members,
});

export const wireLogs = z.object({
  logs: listOf(
    z.object({
      id: z.union([z.number(), z.string()]).transform(String).catch(''),
      date: text,
      timestamp: text,
      messages: z.unknown().optional(),
    }),
  ),
  total_entries: z.number().int().catch(0),
});

export const wireAiModels = z.object({
  models: listOf(z.looseObject({ id: z.string(), name: text, provider: text })),
});

/** What starting or stopping was answered with; all of it is 200 (§4.3). */
export const wireOutcome = z.looseObject({
  status: z.string(),
  run_id: id.nullish().catch(null),
  run_number: count,
  message: text,
});

/** The first frame of a stream is flat: it has neither a time nor `data` (§7.3). */
export const wireEvent = z.object({
  type: z.string(),
  model_id: id.optional().catch(undefined),
  timestamp: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type WireEvent = z.infer<typeof wireEvent>;

export const wireChatFrame = z.object({
  type: z.string(),
  content: z.string().optional(),
  error: z.unknown().optional(),
});

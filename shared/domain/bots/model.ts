import { z } from 'zod';

import { decimalString } from '../../decimal-string.ts';
import { epochMs } from '../../epoch-ms.ts';
import { fact } from '../fact.ts';

/** An act with its parameters, ready to be asked for again. */
export const preparedAct = z.object({ act: z.string(), params: z.record(z.string(), z.json()) });
export type PreparedAct = z.infer<typeof preparedAct>;

/**
 * A trading model of a backend. `stopping` holds until the backend was read again and shows that it stopped. Money is in
 * the backend's currency; percents are percent values (5 = 5 %).
 */
export const model = z.object({
  backendId: z.string(),
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  status: z.enum(['idle', 'queued', 'starting', 'running', 'stopping', 'unknown']),
  /** What a person should know about the status, such as why it cannot be started as usual. */
  statusNote: z.string().nullable(),
  activeRunId: z.string().nullable(),
  /** The language model behind it. */
  aiModel: z.string().nullable(),
  style: z.string().nullable(),
  initialCash: decimalString.nullable(),
  cash: decimalString.nullable(),
  portfolioValue: decimalString.nullable(),
  returnPct: decimalString.nullable(),
  tradesToday: z.number().int().nullable(),
  /** Of the run under way, else of the last one. */
  progressPct: z.number().min(0).max(100).nullable(),
  lastError: z.string().nullable(),
  lastEventAtMs: epochMs.nullable(),
  /** How the last run was started, so that one click starts it again. */
  again: preparedAct.nullable(),
  facts: z.array(fact).max(20),
  receivedAtMs: epochMs,
});
export type Model = z.infer<typeof model>;

/** One run of a model, from its start to its end. */
export const run = z.object({
  backendId: z.string(),
  id: z.string(),
  modelId: z.string(),
  number: z.number().int().nullable(),
  status: z.enum(['queued', 'running', 'completed', 'failed', 'stopped', 'unknown']),
  rawStatus: z.string().nullable(),
  /** Such as `daily` or `intraday`. */
  mode: z.string().nullable(),
  symbol: z.string().nullable(),
  /** What it trades over, in words: a day and session, or from when to when. */
  period: z.string().nullable(),
  startedAtMs: epochMs.nullable(),
  endedAtMs: epochMs.nullable(),
  /** As the backend writes them, where it says no zone. */
  startedAtText: z.string().nullable(),
  endedAtText: z.string().nullable(),
  trades: z.number().int().nullable(),
  returnPct: decimalString.nullable(),
  finalValue: decimalString.nullable(),
  maxDrawdownPct: decimalString.nullable(),
  progressPct: z.number().min(0).max(100).nullable(),
  receivedAtMs: epochMs,
});
export type Run = z.infer<typeof run>;

/**
 * What every kind of backend with models answers to these reads; each takes `{modelId}`, `run` also `{runId}`. A figure
 * that is not known is `null`, never a placeholder.
 */
export const MODEL_READS = {
  performance: 'model-performance',
  log: 'model-log',
  history: 'model-history',
  run: 'model-run',
} as const;

/** Answer of `MODEL_READS.performance`. Percents are percent values; a drawdown is negative or zero. */
export const modelPerformance = z.object({
  fromDate: z.string().nullable(),
  toDate: z.string().nullable(),
  sharpeRatio: z.number().nullable(),
  maxDrawdownPct: z.number().nullable(),
  cumulativeReturnPct: z.number().nullable(),
  annualisedReturnPct: z.number().nullable(),
  volatilityPct: z.number().nullable(),
  winRatePct: z.number().nullable(),
  profitLossRatio: z.number().nullable(),
  tradingDays: z.number().int().nullable(),
  initialValue: decimalString.nullable(),
  finalValue: decimalString.nullable(),
  /** Value at the end of each day, oldest first. */
  curve: z.array(z.object({ date: z.string(), value: decimalString })),
  note: z.string().nullable(),
});
export type ModelPerformance = z.infer<typeof modelPerformance>;

/** Answer of `MODEL_READS.log`, newest first. Text is the model's own and untrusted. */
export const modelLog = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      date: z.string(),
      at: z.string().nullable(),
      role: z.string().nullable(),
      text: z.string(),
    }),
  ),
  total: z.number().int(),
});
export type ModelLog = z.infer<typeof modelLog>;

/** Answer of `MODEL_READS.history`: what the model did to its position day by day, newest first. */
export const modelHistory = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      date: z.string(),
      action: z.string().nullable(),
      symbol: z.string().nullable(),
      quantity: decimalString.nullable(),
      cash: decimalString.nullable(),
      holdings: z.array(z.object({ symbol: z.string(), quantity: decimalString })),
    }),
  ),
  total: z.number().int(),
});
export type ModelHistory = z.infer<typeof modelHistory>;

/** Answer of `MODEL_READS.run`: what is known of one run beyond its line. */
export const modelRunDetail = z.object({
  facts: z.array(fact),
  /** Oldest first. */
  steps: z.array(z.object({ at: z.string().nullable(), kind: z.string(), text: z.string() })),
  history: modelHistory.shape.entries,
});
export type ModelRunDetail = z.infer<typeof modelRunDetail>;

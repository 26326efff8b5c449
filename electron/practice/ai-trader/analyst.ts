import { formatAge } from '#shared/time.ts';

import type { AiTrader } from './context.ts';
import { findModel, holdingsOf, positionsOf, runsOf, valueOf } from './context.ts';
import type { ModelDocument } from './documents.ts';
import { strategyOf } from './strategies.ts';

/** What the practice server says in a chat: figures of its own state, and that no language model is behind it. */
export function analystAnswer(trader: AiTrader, modelId: number | null, question: string): string {
  const model = modelId === null ? undefined : findModel(trader, modelId);
  const asked = /risk|drawdown|loss/i.test(question)
    ? riskLines
    : /run|session|history/i.test(question)
      ? runLines
      : stateLines;
  const models = model === undefined ? trader.state.models : [model];
  const lines = models.slice(0, MAX_MODELS).flatMap((one) => asked(trader, one));
  return [...(lines.length === 0 ? ['There is no model yet.'] : lines), DISCLAIMER].join('\n');
}

function stateLines(trader: AiTrader, model: ModelDocument): string[] {
  const holdings = holdingsOf(trader, model);
  const value = valueOf(trader, holdings);
  const pct = ((value / model.initial_cash - 1) * 100).toFixed(2);
  const run = runsOf(trader, model.id).find((one) => one.status === 'running');
  const busy = run === undefined ? 'is idle' : `works on run #${run.run_number}`;
  const held = Object.entries(holdings).map(([symbol, amount]) => `${amount} ${symbol}`);
  return [`${model.name} (${strategyOf(model)}) ${busy}: $${value} (${pct}%), holding ${held.join(', ')}.`];
}

function runLines(trader: AiTrader, model: ModelDocument): string[] {
  const runs = runsOf(trader, model.id).slice(0, 3);
  if (runs.length === 0) return [`${model.name} has not run yet.`];
  return runs.map((run) => {
    const ageMs = trader.clock.now() - Date.parse(`${run.started_at.slice(0, 23)}Z`);
    const result = run.final_return === null ? '' : `, ${(run.final_return * 100).toFixed(2)}%`;
    return `${model.name} run #${run.run_number}: ${run.status}, ${run.total_trades} trades${result}, begun ${formatAge(ageMs)} ago.`;
  });
}

function riskLines(trader: AiTrader, model: ModelDocument): string[] {
  const values = positionsOf(trader, model.id).map((one) => one.value);
  const top = Math.max(model.initial_cash, ...values);
  const now = valueOf(trader, holdingsOf(trader, model));
  const below = ((now / top - 1) * 100).toFixed(2);
  return [`${model.name} stands ${below}% from the highest value of its history, $${top}.`];
}

const MAX_MODELS = 8;
const DISCLAIMER =
  'I am the scripted practice analyst: these are figures of the practice server, not a language model.';

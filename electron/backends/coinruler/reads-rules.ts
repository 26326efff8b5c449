import { z } from 'zod';

import type { TradingRule } from '#shared/domain/bots/trading-rule.ts';
import { toDecimal, multiply } from '#shared/money.ts';
import { parseIsoMs } from '#shared/time.ts';

import { flatRow } from '../../lib/clean.ts';
import type { Json } from '../port.ts';
import { textParam } from '../kit/params.ts';
import { anyJson, asked, descriptorOf, getRead, member, rowsUnder } from '../kit/reading.ts';
import { wireExecution } from './protocol.ts';
import type { ReadContext, ReadDefinition } from './read-definition.ts';
import { limitField, withLimit } from './reads-trading.ts';
import { RULE_CHOICES, ruleField } from './rule-acts.ts';
import { mapRule } from './rules.ts';

/** Rules with what they keep to and how they do (§4.5, §4.6). */
export const ruleReads: readonly ReadDefinition[] = [
  {
    descriptor: descriptorOf('rules', {
      id: 'rules',
      group: 'Rules',
      label: 'Rules',
      help: 'What has to hold, and what is proposed then. The shipped server looks once a minute, whatever a rule’s trigger says.',
    }),
    run: readRules,
  },
  {
    descriptor: descriptorOf('choices', {
      id: RULE_CHOICES,
      group: 'Rules',
      label: 'Rules',
      help: 'All rules by name.',
    }),
    run: async (context) => (await rulesOf(context)).map(({ id, name }) => ({ value: id, label: name })),
  },
  getRead(
    'table',
    {
      id: 'rules.metrics',
      group: 'Rules',
      label: 'How a rule does',
      help: 'Its figures by window of time, newest first.',
      figures: { maxDD: 'percent', maxDrawdownPct: 'fraction', winRate: 'fraction' },
      params: [ruleField],
    },
    (params) => `/rules/${encodeURIComponent(textParam(params, 'ruleId', 100))}/metrics`,
    metricRows,
  ),
  getRead(
    'table',
    {
      id: 'backtests',
      group: 'Rules',
      label: 'Backtests',
      help: 'The latest runs.',
      figures: { maxDrawdown: 'fraction' },
      params: [limitField('25')],
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
      figures: { dailyLoss: 'usd' },
      caution: 'CoinRuler never records its trades here, so these figures stay at zero whatever happened.',
    },
    '/risk/state',
  ),
];

const rulesOf = async (context: ReadContext): Promise<TradingRule[]> =>
  listOf(await context.tools.client.read('/rules', anyJson, asked(context)))
    .slice(0, 500)
    .flatMap((wire) => mapRule(wire) ?? []);

/** The rules, with their last trades and backtests where the server tells them: a rule is shown without those too. */
async function readRules(context: ReadContext): Promise<Json> {
  const beside = (path: string): Promise<Json[]> =>
    context.tools.client.read(path, anyJson, asked(context)).then(
      (answer) => listOf(member(answer, 'items')),
      () => [],
    );
  const [rules, executions, backtests] = await Promise.all([
    rulesOf(context),
    beside('/executions/recent?limit=100'),
    beside('/backtests/summary'),
  ]);
  const tradedAtMs = lastTrades(executions);
  return rules.map((rule) => ({
    ...rule,
    lastTradeAtMs: tradedAtMs.get(rule.id) ?? tradedAtMs.get(rule.name) ?? null,
    backtests: backtestsOf(rule, backtests),
  }));
}

/** When each rule traded last, by what an execution calls it: an id or a name (§4.5). */
function lastTrades(executions: readonly Json[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const wire of executions) {
    const { ruleId, executedAt } = wireExecution.safeParse(wire).data ?? {};
    if (ruleId === undefined || executedAt === undefined || executedAt === null) continue;
    times.set(ruleId, Math.max(times.get(ruleId) ?? 0, executedAt));
  }
  return times;
}

const backtestRow = z.object({
  ruleId: z.string(),
  runs: z.number(),
  avgReturnPct: z.unknown(),
  avgMaxDrawdown: z.unknown(),
  lastRanAt: z.unknown(),
});

function backtestsOf(rule: TradingRule, rowsOfAll: readonly Json[]): TradingRule['backtests'] {
  for (const row of rowsOfAll) {
    const { data } = backtestRow.safeParse(row);
    if (data === undefined || (data.ruleId !== rule.id && data.ruleId !== rule.name)) continue;
    // A fraction, where the return is in percent (§4.5).
    const drawdown = toDecimal(data.avgMaxDrawdown);
    return {
      runs: data.runs,
      returnPct: toDecimal(data.avgReturnPct),
      drawdownPct: drawdown === null ? null : multiply(drawdown, '100'),
      lastAtMs: parseIsoMs(data.lastRanAt),
    };
  }
  return null;
}

/** The figures of each window without the ids of the rule that was asked for; what stands in them twice stands there once. */
function metricRows(answer: Json): Json {
  return listOf(answer)
    .slice(0, 500)
    .map((wire) => {
      const { ruleId: _rule, ruleVersionId: _version, ...row } = flatRow(wire);
      return Object.fromEntries(
        Object.entries(row).filter(([name]) => {
          const own = name.replace(/^stats\./, '');
          return own === name || !(own in row || (own === 'maxDrawdownPct' && 'maxDD' in row));
        }),
      );
    });
}

const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

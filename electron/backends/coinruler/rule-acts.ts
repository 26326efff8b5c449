import { z } from 'zod';

import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Params, Verification } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { accepted, confirmed, contradicted, resultMember, unverifiable } from '../kit/answers.ts';
import { answerOf } from './act-definition.ts';
import { cleanJson } from '../../lib/clean.ts';
import { objectParam, optionalObject, optionalText, ParamError, textParam } from '../kit/params.ts';
import { wireRules } from './protocol.ts';

const DECISION = { priority: 'decision', timeoutMs: 15 * SECOND_MS } as const;
const COMPUTATION = { priority: 'decision', timeoutMs: 50 * SECOND_MS } as const;

/** The read that names all rules, for forms. */
export const RULE_CHOICES = 'rules.choices';

export const ruleField: FieldDescriptor = {
  name: 'ruleId',
  label: 'Rule',
  type: 'choice',
  required: true,
  choicesFrom: RULE_CHOICES,
};

const EXAMPLE = JSON.stringify(
  {
    name: 'Trim XRP when it runs hot',
    enabled: false,
    trigger: { type: 'interval', every: '15m' },
    conditions: [{ indicator: 'rsi', symbol: 'XRP', gt: 75 }],
    actions: [{ type: 'exit', symbol: 'XRP', allocationPct: 0.05 }],
    risk: { cooldownSecs: 3_600, guardrails: ['baselineProtection'] },
  },
  null,
  2,
);

const computed = confirmed('Nothing was changed; the answer is the result.');

export const ruleActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'rules.create',
      group: 'Rules',
      label: 'Add a rule',
      help: 'A rule proposes trades while its conditions hold. It is switched on unless it says "enabled": false.',
      params: [{ name: 'rule', label: 'Rule', type: 'json', required: true, defaultValue: EXAMPLE }],
      risk: 'adds',
      confirm: 'A rule that is switched on starts proposing trades at once.',
      scope: 'backend',
    },
    perform: async ({ client }, params) =>
      answerOf(await client.send('POST', '/rules', ruleParam(params), DECISION), 'The rule was added.'),
    verify: async ({ client }, _params, answer) => {
      const id = resultMember(answer, 'id');
      if (typeof id !== 'string')
        return unverifiable('CoinRuler did not say what it stored; look among the rules.');
      const rules = await client.read('/rules', wireRules, DECISION);
      return rules.some((rule) => rule.id === id)
        ? confirmed('It is among the rules.')
        : contradicted('It is not among the rules.');
    },
  },
  switchAct('rules.activate', true),
  switchAct('rules.deactivate', false),
  {
    descriptor: {
      id: 'rules.evaluate',
      group: 'Rules',
      label: 'Try all rules once',
      help: 'Says what the rules would propose now. Nothing is proposed.',
      params: [],
      risk: 'neutral',
      scope: 'backend',
    },
    perform: async ({ client }) =>
      answerOf(await client.send('POST', '/rules/evaluate', {}, COMPUTATION), 'The rules were tried.'),
    verify: () => Promise.resolve(computed),
  },
  {
    descriptor: {
      id: 'rules.backtest',
      group: 'Rules',
      label: 'Backtest a rule',
      help: 'Runs a rule over the snapshots of a time.',
      figures: {
        totalReturn: 'percent-change',
        maxDrawdown: 'fraction',
        winRate: 'fraction',
        profitFactor: 'score',
        pnlCurve: 'usd',
      },
      params: [
        ruleField,
        { name: 'startDate', label: 'From', type: 'date', required: false },
        { name: 'endDate', label: 'To', type: 'date', required: false },
        {
          name: 'initialBalance',
          label: 'Balance at the start',
          type: 'amounts',
          required: false,
          placeholder: 'BTC 1, USDC 50000',
        },
        {
          name: 'initialPrices',
          label: 'Prices at the start',
          type: 'amounts',
          required: false,
          placeholder: 'BTC 69000, USDC 1',
        },
      ],
      risk: 'neutral',
      scope: 'backend',
    },
    perform: async ({ client }, params) => {
      const body = {
        ...optional('startDate', optionalDate(params, 'startDate')),
        ...optional('endDate', optionalDate(params, 'endDate')),
        ...optional('initialBalance', optionalObject(params, 'initialBalance')),
        ...optional('initialPrices', optionalObject(params, 'initialPrices')),
      };
      const path = `/rules/${encodeURIComponent(textParam(params, 'ruleId', 100))}/backtest`;
      return answerOf(await client.send('POST', path, body, COMPUTATION), 'The backtest is done.');
    },
    verify: () => Promise.resolve(computed),
  },
  {
    descriptor: {
      id: 'rules.optimize',
      group: 'Rules',
      label: 'Improve the rules',
      help: 'Tries variations of the rules and proposes up to three changes as approvals.',
      figures: {
        maxDrawdown: 'fraction',
        winRate: 'fraction',
        confidence: 'fraction',
        profitFactor: 'score',
      },
      params: [],
      risk: 'adds',
      scope: 'backend',
    },
    perform: async ({ client }) =>
      answerOf(await client.send('POST', '/rules/optimize', {}, COMPUTATION), 'The optimizer is done.'),
    verify: async (tools) => {
      await tools.rereads.approvals(DECISION);
      return confirmed('What it proposes is among the pending ones.');
    },
  },
];

function switchAct(id: 'rules.activate' | 'rules.deactivate', enabled: boolean): ActDefinition {
  return {
    descriptor: {
      id,
      group: 'Rules',
      label: enabled ? 'Switch a rule on' : 'Switch a rule off',
      help: enabled
        ? 'It proposes trades while its conditions hold, every minute.'
        : 'It stops proposing. What it proposed stays pending.',
      params: [ruleField],
      risk: enabled ? 'adds' : 'reduces',
      scope: 'backend',
    },
    perform: async ({ client }, params) => {
      const path = `/rules/${encodeURIComponent(textParam(params, 'ruleId', 100))}/activate`;
      const reply = await client.send('POST', path, { enabled }, DECISION);
      if (reply.kind !== 'done') return answerOf(reply, '');
      return accepted(enabled ? 'Switched on.' : 'Switched off.', cleanJson(reply.body));
    },
    verify: (tools, params) => verifySwitch(tools, params, enabled),
  };
}

async function verifySwitch({ client }: Tools, params: Params, enabled: boolean): Promise<Verification> {
  const id = textParam(params, 'ruleId', 100);
  const rules = await client.read('/rules', wireRules, DECISION);
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) return contradicted('CoinRuler has no such rule.');
  if (rule.enabled === undefined) return unverifiable('CoinRuler does not say whether it is on.');
  const state = rule.enabled ? 'CoinRuler shows it switched on.' : 'CoinRuler shows it switched off.';
  return rule.enabled === enabled ? confirmed(state) : contradicted(state);
}

/** What the server insists on (§4.6), said before it is asked. */
function ruleParam(params: Params): Record<string, unknown> {
  const rule = objectParam(params, 'rule');
  const parsed = z
    .object({
      name: z.string().min(1),
      trigger: z.object({ type: z.string() }),
      conditions: z.array(z.unknown()),
      actions: z.array(z.unknown()),
    })
    .safeParse(rule);
  if (!parsed.success)
    throw new ParamError('A rule needs a name, a trigger, and lists of conditions and actions.');
  return rule;
}

function optionalDate(params: Params, name: string): string | null {
  const text = optionalText(params, name, 40);
  if (text === null) return null;
  const ms = Date.parse(text);
  if (!Number.isFinite(ms)) throw new ParamError(`“${name}” is not a date.`);
  return new Date(ms).toISOString();
}

const optional = <V>(name: string, value: V | null): Record<string, V> =>
  value === null ? {} : { [name]: value };

import { SECOND_MS } from '#shared/time.ts';

import type { Json } from '../port.ts';
import type { ActDefinition } from './act-definition.ts';
import { confirmed, contradicted } from '../kit/answers.ts';
import { answerOf } from './act-definition.ts';
import { cleanJson } from '../../lib/clean.ts';
import { objectParam } from '../kit/params.ts';
import { anyJson } from '../kit/reading.ts';

const DECISION = { priority: 'decision', timeoutMs: 15 * SECOND_MS } as const;

/** Baselines and limits that the rules keep to. */
export const objectivesAct: ActDefinition = {
  descriptor: {
    id: 'objectives.replace',
    group: 'Rules',
    label: 'Replace the objectives',
    help: 'Baselines and limits that the rules keep to. The whole object is replaced.',
    params: [{ name: 'objectives', label: 'Objectives', type: 'json', required: true }],
    risk: 'adds',
    confirm: 'This replaces all objectives, protected baselines included.',
    scope: 'backend',
  },
  perform: async ({ client }, params) =>
    answerOf(
      await client.send('PUT', '/objectives', objectParam(params, 'objectives'), DECISION),
      'The objectives were stored.',
    ),
  verify: async ({ client }, params) => {
    const stored = await client.read('/objectives', anyJson, DECISION);
    return isSameJson(stored, objectParam(params, 'objectives'))
      ? confirmed('CoinRuler shows the new objectives.')
      : contradicted('CoinRuler shows other objectives.');
  },
};

const isSameJson = (a: Json, b: Json): boolean =>
  JSON.stringify(sorted(cleanJson(a))) === JSON.stringify(sorted(cleanJson(b)));

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { ActAnswer, Params, Verification } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { accepted, confirmed, contradicted, refused, unverifiable } from '../kit/answers.ts';
import { answerOf } from './act-definition.ts';
import { cleanJson, plainText } from '../../lib/clean.ts';
import { booleanParam, optionalNumber, ParamError, textParam } from '../kit/params.ts';
import { wireRotation, wireRotationPolicy, wireRotationStatus } from './protocol.ts';

const DECISION = { priority: 'decision', timeoutMs: 20 * SECOND_MS } as const;

/** §4.7, in the server's own order; the last four are switched off unless configured. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['coinbase', 'Coinbase'],
  ['discord', 'Discord'],
  ['mongodb', 'MongoDB'],
  ['openai', 'OpenAI'],
  ['newsapi', 'NewsAPI'],
  ['whalealert', 'Whale Alert'],
  ['tradingecon', 'Trading Economics'],
  ['twilio', 'Twilio'],
]);

export const serviceField: FieldDescriptor = {
  name: 'service',
  label: 'Service',
  type: 'choice',
  required: true,
  choices: [...SERVICES].map(([value, label]) => ({ value, label })),
};

export function serviceParam(params: Params): string {
  const service = textParam(params, 'service', 40);
  if (!SERVICES.has(service)) throw new ParamError(`“${service}” is none of CoinRuler’s services.`);
  return service;
}

/** Rotation of the server's own keys. Key ids never leave this folder: the old one can be the old secret itself (§4.7). */
export const rotationActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'rotation.rotate',
      group: 'Credentials',
      label: 'Rotate a key',
      help: 'Has CoinRuler replace its key for a service. In the shipped server this is a placeholder: no provider is contacted.',
      params: [serviceField],
      risk: 'neutral',
      confirm: 'CoinRuler replaces its key for this service.',
      scope: 'backend',
    },
    perform: rotate,
    verify: async ({ client }, params, answer) => verifyRotation(client, params, answer),
  },
  {
    descriptor: {
      id: 'rotation.policy',
      group: 'Credentials',
      label: 'Set a rotation policy',
      help: 'How often a key is replaced, and how long the old one stays good.',
      params: [
        serviceField,
        {
          name: 'rotationIntervalDays',
          label: 'Every (days)',
          type: 'number',
          required: false,
          min: 1,
          max: 3_650,
        },
        {
          name: 'gracePeriodHours',
          label: 'Old key stays good (hours)',
          type: 'number',
          required: false,
          min: 0,
          max: 8_760,
        },
        { name: 'enabled', label: 'On', type: 'boolean', required: true, defaultValue: 'true' },
      ],
      risk: 'neutral',
      scope: 'backend',
    },
    perform: async ({ client }, params) => {
      const path = `/rotation/policy/${serviceParam(params)}`;
      return answerOf(
        await client.send('POST', path, policyParams(params), DECISION),
        'The policy was stored.',
      );
    },
    verify: async ({ client }, params) => {
      const stored = await client.read(
        `/rotation/policy/${serviceParam(params)}`,
        wireRotationPolicy,
        DECISION,
      );
      const wanted = policyParams(params);
      const isStored = Object.entries(wanted).every(([name, value]) => stored[name] === value);
      return isStored
        ? confirmed('CoinRuler shows this policy.')
        : contradicted('CoinRuler shows another policy.');
    },
  },
  {
    descriptor: {
      id: 'rotation.check',
      group: 'Credentials',
      label: 'Check what is due',
      help: 'Has the scheduler look now and rotate whatever is due.',
      params: [],
      risk: 'neutral',
      confirm: 'Keys that are due are replaced now.',
      scope: 'backend',
    },
    perform: async ({ client }) =>
      answerOf(
        await client.send('POST', '/rotation/scheduler/check', {}, DECISION),
        'The scheduler has looked.',
      ),
  },
];

/** Answers 200 whatever happened (§7.10): only `success` tells. */
async function rotate({ client }: Tools, params: Params): Promise<ActAnswer> {
  const service = serviceParam(params);
  const reply = await client.send('POST', `/rotation/rotate/${service}`, {}, DECISION);
  if (reply.kind !== 'done') return answerOf(reply, '');
  const parsed = wireRotation.safeParse(reply.body);
  if (!parsed.success)
    return { kind: 'unknown', message: 'CoinRuler answered, but did not say whether the key was replaced.' };
  const result = cleanJson(reply.body);
  if (parsed.data.success) return accepted(`The key for ${service} was replaced.`, result);
  const reason = plainText(parsed.data.error, 200) || 'no reason given';
  return refused(`The key for ${service} was not replaced: ${reason}.`, result);
}

async function verifyRotation(
  client: Tools['client'],
  params: Params,
  answer: ActAnswer,
): Promise<Verification> {
  const service = serviceParam(params);
  const statuses = await client.read('/rotation/status', wireRotationStatus, DECISION);
  const result = answer.kind === 'unknown' ? undefined : wireRotation.safeParse(answer.result).data;
  const rotatedAtMs = result?.timestamp ?? null;
  const lastMs = statuses.find((status) => status.service === service)?.lastRotation ?? null;
  // Stamped before and after by the same server clock; a second covers what lies between the two.
  if (lastMs !== null && rotatedAtMs !== null && lastMs >= rotatedAtMs - SECOND_MS) {
    return confirmed('CoinRuler shows it as rotated just now.');
  }
  return unverifiable('CoinRuler’s list of rotations does not show it.');
}

function policyParams(params: Params): Record<string, number | boolean> {
  const rotationIntervalDays = optionalNumber(params, 'rotationIntervalDays', { min: 1, max: 3_650 });
  const gracePeriodHours = optionalNumber(params, 'gracePeriodHours', { min: 0, max: 8_760 });
  return {
    enabled: booleanParam(params, 'enabled'),
    ...(rotationIntervalDays === null ? {} : { rotationIntervalDays }),
    ...(gracePeriodHours === null ? {} : { gracePeriodHours }),
  };
}

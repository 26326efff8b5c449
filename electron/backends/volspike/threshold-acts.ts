import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import { compare } from '#shared/money.ts';

import { resultMember } from '../kit/answers.ts';
import type { Params } from '../port.ts';
import type { ActDefinition, Plan } from './act-definition.ts';
import { answerOf, DECISION, isMade, reread } from './act-definition.ts';
import { choiceParam, symbolParam, textParam, thresholdParam } from './params.ts';

const ALERT_TYPES = { price: 'PRICE_CROSS', funding: 'FUNDING_CROSS', 'open-interest': 'OI_CROSS' } as const;
const FIGURES = ['price', 'funding', 'open-interest'] as const;
const DELIVERIES = ['DASHBOARD', 'EMAIL', 'BOTH'] as const;

const LIMITS = 'Active at once: 3 on free, 10 on pro, no limit on elite.';

const thresholdField: FieldDescriptor = {
  name: 'threshold',
  label: 'Threshold',
  type: 'number',
  required: true,
  min: 0,
  help: 'Above zero. Price and open interest in quote currency, funding as the server writes it, a fraction (0.0001 is 0.01 %).',
};

const deliveryField: FieldDescriptor = {
  name: 'delivery',
  label: 'Told by',
  type: 'choice',
  required: true,
  help: 'E-mail needs pro or elite. The desk hears of it in each case.',
  choices: [
    { value: 'DASHBOARD', label: 'The desk' },
    { value: 'EMAIL', label: 'E-mail' },
    { value: 'BOTH', label: 'Both' },
  ],
  defaultValue: 'DASHBOARD',
};

const idField: FieldDescriptor = { name: 'thresholdId', label: 'Threshold', type: 'text', required: true };
const concerns = { thing: 'threshold', param: 'thresholdId' } as const;
const pathOf = (id: string): string => `/api/user-alerts/${encodeURIComponent(id)}`;
const idParam = (params: Params): string => textParam(params, 'thresholdId', 'The threshold', 120);
const deliveryParam = (params: Params) =>
  params.delivery === undefined ? 'DASHBOARD' : choiceParam(params, 'delivery', 'Told by', DELIVERIES);

/** Figures at which the server tells once (§4.3). Firing switches one off. */
export const thresholdActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'threshold.create',
      group: 'Thresholds',
      label: 'Set a threshold',
      help: `Tells you once when a figure crosses it. ${LIMITS}`,
      params: [
        { name: 'symbol', label: 'Symbol', type: 'text', required: true, placeholder: 'BTCUSDT' },
        {
          name: 'figure',
          label: 'Figure',
          type: 'choice',
          required: true,
          choices: [
            { value: 'price', label: 'Price' },
            { value: 'funding', label: 'Funding' },
            { value: 'open-interest', label: 'Open interest' },
          ],
          defaultValue: 'price',
        },
        thresholdField,
        deliveryField,
      ],
      risk: 'neutral',
      scope: 'backend',
    },
    plan(params): Plan {
      const symbol = symbolParam(params);
      const figure = choiceParam(params, 'figure', 'The figure', FIGURES);
      const { number, decimal } = thresholdParam(params);
      const deliveryMethod = deliveryParam(params);
      const body = { symbol, alertType: ALERT_TYPES[figure], threshold: number, deliveryMethod };
      let before: ReadonlySet<string> = new Set();
      return {
        perform: async ({ account }) => {
          const client = await account.client();
          before = new Set(account.lastRead()?.thresholds.map(({ id }) => id));
          return answerOf(
            await client.send('POST', '/api/user-alerts', body, DECISION),
            'The threshold was set.',
          );
        },
        verify: (tools, answer) =>
          reread(
            tools,
            answer,
            ({ thresholds }) => {
              const answeredId = resultMember(answer, 'id');
              const isNew = isMade(answeredId, before);
              return thresholds.some(
                (one) =>
                  // One that was crossed at once is off again, and was set.
                  (one.active ? isNew(one.id) : one.id === answeredId && one.triggeredAtMs !== null) &&
                  one.symbol === symbol &&
                  one.figure === figure &&
                  compare(one.threshold, decimal) === 0,
              );
            },
            {
              so: 'It is among the thresholds.',
              notSo: 'It is not among the thresholds that are watched.',
            },
          ),
      };
    },
  },
  {
    descriptor: {
      id: 'threshold.update',
      group: 'Thresholds',
      label: 'Change the threshold',
      help: 'Changes its figure and how you are told. Whether it is active stays as it is.',
      params: [idField, thresholdField, deliveryField],
      risk: 'neutral',
      scope: 'item',
      concerns,
    },
    plan(params): Plan {
      const id = idParam(params);
      const { number, decimal } = thresholdParam(params);
      const body = { threshold: number, deliveryMethod: deliveryParam(params) };
      return {
        perform: async ({ account }) => {
          const client = await account.client();
          return answerOf(await client.send('PUT', pathOf(id), body, DECISION), 'The threshold was changed.');
        },
        verify: (tools, answer) =>
          reread(
            tools,
            answer,
            ({ thresholds }) =>
              thresholds.some(
                (one) =>
                  one.id === id &&
                  compare(one.threshold, decimal) === 0 &&
                  one.delivery === body.deliveryMethod,
              ),
            {
              so: 'VolSpike shows the new threshold.',
              notSo: 'VolSpike does not show the new threshold.',
            },
          ),
      };
    },
  },
  {
    descriptor: {
      id: 'threshold.delete',
      group: 'Thresholds',
      label: 'Delete the threshold',
      help: 'Removes it from VolSpike.',
      params: [idField],
      risk: 'neutral',
      confirm: 'Delete this threshold on VolSpike?',
      scope: 'item',
      concerns,
    },
    plan(params): Plan {
      const id = idParam(params);
      return {
        perform: async ({ account }) => {
          const client = await account.client();
          return answerOf(
            await client.send('DELETE', pathOf(id), null, DECISION),
            'The threshold was deleted.',
          );
        },
        verify: (tools, answer) =>
          reread(tools, answer, ({ thresholds }) => thresholds.every((one) => one.id !== id), {
            so: 'It is no longer there.',
            notSo: 'It is still there.',
          }),
      };
    },
  },
  {
    descriptor: {
      id: 'threshold.reactivate',
      group: 'Thresholds',
      label: 'Watch again',
      help: `One that was crossed is off until it is switched on again. ${LIMITS}`,
      params: [idField],
      risk: 'neutral',
      scope: 'item',
      concerns,
    },
    plan(params): Plan {
      const id = idParam(params);
      return {
        perform: async ({ account }) => {
          const client = await account.client();
          return answerOf(
            await client.send('POST', `${pathOf(id)}/reactivate`, {}, DECISION),
            'It is watched again.',
          );
        },
        verify: (tools, answer) =>
          reread(tools, answer, ({ thresholds }) => thresholds.some((one) => one.id === id && one.active), {
            so: 'VolSpike shows it active.',
            notSo: 'VolSpike does not show it active; it may have been crossed again.',
          }),
      };
    },
  },
];

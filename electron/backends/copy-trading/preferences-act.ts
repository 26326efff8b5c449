import { toFloat } from '#shared/money.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { ActDefinition } from './act-definition.ts';
import { refused } from '../kit/answers.ts';
import { answerOf, block, pass } from './act-definition.ts';
import { MONEY, optionalDecimal, optionalText, ParamError, PERCENT } from '../kit/params.ts';
import type { Params } from '../port.ts';

/** What the server keeps of a person's wishes. It stores them, and looks at none when it copies (§2). */
export const preferencesAct: ActDefinition = {
  descriptor: {
    id: 'preferences',
    group: 'Profile',
    label: 'Save preferences',
    help: 'Stored in the server’s memory until it restarts. It is not said that it keeps to them: the limits of each follow are what counts.',
    params: [
      { name: 'maxTradeAmount', label: 'Most of one trade', type: 'number', required: false, min: 0 },
      { name: 'dailyLimit', label: 'Limit of a day', type: 'number', required: false, min: 0 },
      { name: 'stopLossPercent', label: 'Stop-loss in %', type: 'number', required: false, min: 0, max: 100 },
      {
        name: 'riskTolerance',
        label: 'Risk tolerance',
        type: 'choice',
        required: false,
        choices: ['low', 'medium', 'high'].map((value) => ({ value, label: value })),
      },
      {
        name: 'allowedTokens',
        label: 'Allowed tokens',
        type: 'text',
        required: false,
        placeholder: 'APT, BTC',
      },
    ],
    risk: 'neutral',
    scope: 'backend',
  },
  check: (_tools, params) => [
    Object.keys(preferencesOf(params)).length === 0
      ? block('preferences', 'Something to save', 'Give at least one of them.')
      : pass('preferences', 'Something to save', 'Given.'),
  ],
  async perform({ client, desk }, params) {
    const preferences = preferencesOf(params);
    if (desk.wallet === null) return refused('No wallet is given: it is set in Settings, with this backend.');
    if (Object.keys(preferences).length === 0) return refused('Not sent: there is nothing to save.');
    const ask = { priority: 'decision', timeoutMs: 10 * SECOND_MS } as const;
    return answerOf(await client.sendOwn('PUT', '/auth/profile', { preferences }, ask), 'Saved.');
  },
};

function preferencesOf(params: Params): Record<string, unknown> {
  const riskTolerance = optionalText(params, 'riskTolerance', 20);
  if (riskTolerance !== null && !['low', 'medium', 'high'].includes(riskTolerance))
    throw new ParamError('“riskTolerance” must be low, medium or high.');
  const tokens = optionalText(params, 'allowedTokens', 400)
    ?.split(/[\s,]+/)
    .filter((token) => token !== '');
  const figures = {
    maxTradeAmount: optionalDecimal(params, 'maxTradeAmount', MONEY),
    dailyLimit: optionalDecimal(params, 'dailyLimit', MONEY),
    stopLossPercent: optionalDecimal(params, 'stopLossPercent', PERCENT),
  };
  return {
    ...Object.fromEntries(
      Object.entries(figures).flatMap(([name, value]) => (value === null ? [] : [[name, toFloat(value)]])),
    ),
    ...(riskTolerance === null ? {} : { riskTolerance }),
    ...(tokens === undefined ? {} : { allowedTokens: tokens }),
  };
}

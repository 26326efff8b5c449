import { add, toDecimal, toFloat } from '#shared/money.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { ActAnswer, Params, Verification } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { confirmed, refused, resultMember, unverifiable } from '../kit/answers.ts';
import { answerOf } from './act-definition.ts';
import { assetField, assetParam } from './asset-param.ts';
import { numberParam, optionalNumber, optionalObject, optionalText, ParamError } from '../kit/params.ts';
import type { AssetAmounts } from './protocol.ts';
import { wirePortfolio, wireSnapshot } from './protocol.ts';

const DECISION = { priority: 'decision', timeoutMs: 15 * SECOND_MS } as const;

/** What CoinRuler believes is held. */
export const portfolioActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'portfolio.deposit',
      group: 'Portfolio',
      label: 'Record a deposit',
      help: 'Stores a snapshot with the deposit added and raises the baselines that follow deposits. No money is moved.',
      params: [
        assetField,
        { name: 'amount', label: 'Amount', type: 'number', required: true, min: 0 },
        {
          name: 'priceUsd',
          label: 'Price in USD',
          type: 'number',
          required: false,
          min: 0,
          help: 'Only where CoinRuler knows no price of it.',
        },
      ],
      risk: 'neutral',
      scope: 'backend',
    },
    perform: deposit,
    verify: verifySnapshot,
  },
  {
    descriptor: {
      id: 'portfolio.snapshot',
      group: 'Portfolio',
      label: 'Store a snapshot',
      help: 'Stores balances by hand. Assets that are left out count as no longer held until the next automatic snapshot.',
      params: [
        { name: 'balances', label: 'Balances', type: 'amounts', required: true, placeholder: 'BTC 1' },
        {
          name: 'prices',
          label: 'Prices in USD',
          type: 'amounts',
          required: false,
          placeholder: 'BTC 69000',
        },
        { name: 'reason', label: 'Reason', type: 'text', required: false },
      ],
      risk: 'neutral',
      confirm: 'This replaces what CoinRuler believes you hold.',
      scope: 'backend',
    },
    perform: async (tools, params) => {
      const balances = amountsParam(params, 'balances');
      if (balances === null) throw new ParamError('“balances” is missing.');
      const body = {
        balances,
        prices: amountsParam(params, 'prices') ?? {},
        reason: optionalText(params, 'reason') ?? 'manual',
      };
      return answerOf(
        await tools.client.send('POST', '/portfolio/snapshot', body, DECISION),
        'The snapshot was stored.',
      );
    },
    verify: verifySnapshot,
  },
  {
    descriptor: {
      id: 'portfolio.force-snapshot',
      group: 'Portfolio',
      label: 'Read the exchange now',
      help: 'Has CoinRuler store a snapshot of what the exchange says is held.',
      params: [],
      risk: 'neutral',
      scope: 'backend',
    },
    perform: async ({ client }) =>
      answerOf(
        await client.send('POST', '/portfolio/snapshot/force', {}, DECISION),
        'The exchange was read and a snapshot stored.',
      ),
    verify: verifySnapshot,
  },
];

/** A deposit replaces the latest snapshot by only the assets that are sent (§4.4), so everything that is held is sent. */
async function deposit({ client }: Tools, params: Params): Promise<ActAnswer> {
  const coin = assetParam(params);
  const amount = numberParam(params, 'amount', { min: 1e-12, max: 1e15 });
  const current = await client.read('/portfolio/current', wirePortfolio, DECISION);
  const exact = toDecimal(amount) ?? '0';
  const balances = {
    ...plain(current.balances),
    [coin]: toFloat(add(current.balances.get(coin) ?? '0', exact)),
  };
  const priceUsd = optionalNumber(params, 'priceUsd', { min: 0, max: 1e12 });
  const prices = { ...plain(current.prices), ...(priceUsd === null ? {} : { [coin]: priceUsd }) };
  if (!(coin in prices))
    return refused(`CoinRuler knows no price of ${coin}; give one, or the deposit would count as profit.`);
  const body = { balances, prices, reason: 'deposit', isDeposit: true, depositAmounts: { [coin]: amount } };
  return answerOf(
    await client.send('POST', '/portfolio/snapshot', body, DECISION),
    'The deposit was recorded.',
  );
}

async function verifySnapshot({ client }: Tools, _params: Params, answer: ActAnswer): Promise<Verification> {
  const snapshot = resultMember(answer, 'snapshot');
  const id =
    snapshot !== null && typeof snapshot === 'object' && !Array.isArray(snapshot) ? snapshot.id : undefined;
  if (typeof id !== 'string') return unverifiable('CoinRuler did not say which snapshot it stored.');
  const latest = await client.read('/portfolio', wireSnapshot, DECISION);
  return latest.id === id
    ? confirmed('It is CoinRuler’s latest snapshot.')
    : unverifiable('There is a later snapshot already.');
}

function amountsParam(params: Params, name: string): Record<string, number> | null {
  const given = optionalObject(params, name);
  if (given === null) return null;
  const amounts = Object.entries(given).map(([key, value]): [string, number] => {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || key.startsWith('_')) {
      throw new ParamError(`“${name}” must hold an amount for each asset; ${key} has none.`);
    }
    return [key, value];
  });
  return Object.fromEntries(amounts);
}

const plain = (amounts: AssetAmounts): Record<string, number> =>
  Object.fromEntries([...amounts].map(([name, amount]) => [name, toFloat(amount)]));

import type { FieldDescriptor } from '#shared/domain/backend.ts';
import { add, toDecimal, toFloat } from '#shared/money.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { ActAnswer, Json, Params, Verification } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { answerOf, confirmed, contradicted, refused, resultMember, unverifiable } from './act-definition.ts';
import { cleanJson } from './clean.ts';
import {
  numberParam,
  objectParam,
  optionalNumber,
  optionalObject,
  optionalText,
  ParamError,
  textParam,
} from './params.ts';
import type { AssetAmounts } from './protocol.ts';
import { anyJson, wireApproval, wirePortfolio, wireSnapshot } from './protocol.ts';

const DECISION = { priority: 'decision', timeoutMs: 15 * SECOND_MS } as const;

const asset: FieldDescriptor = {
  name: 'asset',
  label: 'Asset',
  type: 'text',
  required: true,
  placeholder: 'BTC',
};

/** Proposals, the portfolio and the person's objectives. */
export const deskActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'approvals.create',
      group: 'Approvals',
      label: 'Propose a trade',
      help: 'Adds a proposal to the pending ones. With a share of the balance it can be executed, with a quantity only marked.',
      params: [
        {
          name: 'side',
          label: 'Side',
          type: 'choice',
          required: true,
          choices: [
            { value: 'buy', label: 'Buy' },
            { value: 'sell', label: 'Sell' },
          ],
        },
        asset,
        {
          name: 'allocationPct',
          label: 'Share of the balance in %',
          type: 'number',
          required: false,
          min: 0.01,
          max: 100,
        },
        { name: 'quantity', label: 'Quantity', type: 'number', required: false, min: 0 },
        { name: 'title', label: 'Title', type: 'text', required: false },
        { name: 'summary', label: 'Reason', type: 'long-text', required: false },
      ],
      risk: 'adds',
      scope: 'backend',
    },
    perform: propose,
    verify: async (tools, _params, answer) => {
      const id = resultMember(answer, 'id');
      if (typeof id !== 'string')
        return unverifiable('CoinRuler did not say what it stored; look among the pending ones.');
      const { approvals, complete } = await tools.rereads.approvals(DECISION);
      if (approvals.some((approval) => approval.id === id)) return confirmed('It is among the pending ones.');
      return complete
        ? contradicted('It is not among the pending ones.')
        : unverifiable('The page of pending ones is full.');
    },
  },
  {
    descriptor: {
      id: 'portfolio.deposit',
      group: 'Portfolio',
      label: 'Record a deposit',
      help: 'Stores a snapshot with the deposit added and raises the baselines that follow deposits. No money is moved.',
      params: [
        asset,
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
        { name: 'balances', label: 'Balances', type: 'json', required: true, placeholder: '{"BTC": 0.5}' },
        {
          name: 'prices',
          label: 'Prices in USD',
          type: 'json',
          required: false,
          placeholder: '{"BTC": 60000}',
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
  {
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
  },
  {
    descriptor: {
      id: 'profit-taking.scan',
      group: 'Approvals',
      label: 'Look for profits to take',
      help: 'Proposes sales of what gained and is held above its baseline.',
      params: [],
      risk: 'adds',
      scope: 'backend',
    },
    perform: async ({ client }) =>
      answerOf(
        await client.send(
          'POST',
          '/analysis/profit-taking/scan',
          {},
          { ...DECISION, timeoutMs: 30 * SECOND_MS },
        ),
        'The scan is done.',
      ),
    verify: async (tools, _params, answer) => {
      const created = resultMember(answer, 'approvalsCreated');
      // These approvals are announced by nothing (§4.5): reading the list is how they come to be shown.
      const { approvals, complete } = await tools.rereads.approvals(DECISION);
      if (created === 0) return confirmed('Nothing to propose.');
      const listed = approvals.filter(({ proposer }) => proposer === 'Profit taking').length;
      if (typeof created === 'number' && listed >= created)
        return confirmed(`${created} proposed, and among the pending ones.`);
      return unverifiable(
        complete ? 'The proposals are not all pending any more.' : 'The page of pending ones is full.',
      );
    },
  },
];

async function propose({ client }: Tools, params: Params): Promise<ActAnswer> {
  const side = textParam(params, 'side');
  if (side !== 'buy' && side !== 'sell') throw new ParamError('“side” must be buy or sell.');
  const coin = assetParam(params);
  const allocationPct = optionalNumber(params, 'allocationPct', { min: 0.01, max: 100 });
  const quantity = optionalNumber(params, 'quantity', { min: 0, max: 1e15 });
  if ((allocationPct === null) === (quantity === null))
    throw new ParamError('Give either a share of the balance or a quantity.');
  const amount = allocationPct === null ? quantity : allocationPct / 100;
  const title = optionalText(params, 'title') ?? `${side === 'buy' ? 'Buy' : 'Sell'} ${coin}`;
  const summary = optionalText(params, 'summary', 2_000) ?? '';
  const action = { type: side === 'buy' ? 'enter' : 'exit', symbol: coin, allocationPct: amount };
  const metadata = { proposer: 'Quarterdeck', ...(allocationPct === null ? {} : { intent: { action } }) };
  const reply = await client.send(
    'POST',
    '/approvals',
    { type: side, coin, amount, title, summary, metadata },
    DECISION,
  );
  if (reply.kind !== 'done') return answerOf(reply, '');
  const created = wireApproval.safeParse(reply.body);
  if (!created.success) return { kind: 'unknown', message: 'CoinRuler answered, but not with the proposal.' };
  return { kind: 'accepted', message: 'It was proposed.', result: { id: created.data.id } };
}

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
    snapshot !== null && typeof snapshot === 'object' && !Array.isArray(snapshot)
      ? snapshot.id
      : undefined;
  if (typeof id !== 'string') return unverifiable('CoinRuler did not say which snapshot it stored.');
  const latest = await client.read('/portfolio', wireSnapshot, DECISION);
  return latest.id === id
    ? confirmed('It is CoinRuler’s latest snapshot.')
    : unverifiable('There is a later snapshot already.');
}

function assetParam(params: Params): string {
  const name = textParam(params, 'asset', 24).toUpperCase();
  if (!/^[\p{L}\p{N}$][\p{L}\p{N}$.\-]*$/u.test(name))
    throw new ParamError('“asset” is not a name of an asset.');
  return name;
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

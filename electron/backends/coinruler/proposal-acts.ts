import { SECOND_MS } from '#shared/time.ts';

import type { ActAnswer, Params } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { confirmed, contradicted, resultMember, unverifiable } from '../kit/answers.ts';
import { answerOf } from './act-definition.ts';
import { assetField, assetParam } from './asset-param.ts';
import { optionalNumber, optionalText, ParamError, textParam } from '../kit/params.ts';
import { wireApproval } from './protocol.ts';

const DECISION = { priority: 'decision', timeoutMs: 15 * SECOND_MS } as const;

/** What adds to the proposals that wait for a decision. */
export const proposalActs: readonly ActDefinition[] = [
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
        assetField,
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

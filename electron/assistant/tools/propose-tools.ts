import { z } from 'zod';

import { proposableLimit } from '#shared/domain/assistant/assistant.ts';
import { decimalString } from '#shared/decimal-string.ts';
import { compare } from '#shared/money.ts';

import { plainText } from '../../lib/clean.ts';
import type { DeskReader } from '../../desk/port.ts';
import { proposeMute, proposePriceAlert } from './propose-attention.ts';
import { told } from './rows.ts';
import type { Tool } from './tool.ts';
import { defineTool, ToolRefusal } from './tool.ts';

const reason = z.string().min(1).max(1_000).describe('Why, in a sentence or two, for the person.');

const proposeDecision = defineTool({
  name: 'propose_decision',
  description:
    'Puts a card into the conversation by which the person can approve or decline one pending proposal. Decides nothing.',
  parameters: z.object({
    key: z.string().max(300).describe('The key of the proposal, from read_approvals.'),
    decision: z.enum(['approve', 'decline']),
    reason,
  }),
  run({ key, decision, reason: why }, { desk }) {
    const approval = desk.get('approvals', key);
    if (approval === undefined) throw new ToolRefusal('There is no proposal with this key. Read them first.');
    if (approval.status !== 'pending')
      throw new ToolRefusal(`It is not pending any more: ${approval.status}.`);
    if (decision === 'approve') refuseWhileHalted(desk, approval.backendId);
    return {
      text: 'A card was put into the conversation. Nothing was decided: that takes the person’s click, and the desk’s checks then.',
      proposal: {
        wish: {
          kind: 'decision',
          approvalKey: key,
          decision,
          title: told(approval.title)?.slice(0, 300) ?? '',
        },
        reason: plainText(why, 1_000),
      },
    };
  },
});

const proposeLimit = defineTool({
  name: 'propose_limit',
  description:
    'Puts a card into the conversation by which the person can change one of their limits. Changes nothing. value null is off.',
  parameters: z.object({
    limit: proposableLimit,
    value: decimalString.refine((value) => !value.startsWith('-'), 'must not be negative').nullable(),
    reason,
  }),
  run({ limit, value, reason: why }, { desk, limits }) {
    const before = limits()[limit];
    if (before === value) throw new ToolRefusal('The limit is that already.');
    const loosens = value === null || (before !== null && compare(value, before) > 0);
    if (loosens) refuseWhileHalted(desk, null);
    return {
      text: 'A card was put into the conversation. Nothing was changed: that takes the person’s click.',
      proposal: {
        wish: { kind: 'limit', name: limit, before, after: value, loosens },
        reason: plainText(why, 1_000),
      },
    };
  },
});

/** What a model may propose. Each makes a card and nothing else. */
export const proposeTools: readonly Tool[] = [proposeDecision, proposeLimit, proposeMute, proposePriceAlert];

/** While something is halted nothing is proposed that adds risk (K3). */
function refuseWhileHalted(desk: DeskReader, backendId: string | null): void {
  if (desk.get('panic', 'panic')?.kind === 'latched')
    throw new ToolRefusal('PANIC is on: nothing that adds risk can be proposed until the person resumes.');
  if (backendId !== null && desk.get('killSwitches', backendId)?.enabled === true)
    throw new ToolRefusal('This backend is halted: nothing that adds risk can be proposed there.');
}

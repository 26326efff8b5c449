import type { ChatTurn, Proposal } from '#shared/domain/assistant.ts';
import type { Limits } from '#shared/domain/limits.ts';
import type { SettingsChange } from '#shared/domain/settings.ts';

import type { DeskReader } from '../desk/port.ts';

interface ProposalDesk {
  desk: DeskReader;
  limits(): Limits;
  /** A person's change, journaled as one that was proposed here. */
  changeLimits(change: NonNullable<SettingsChange['limits']>): void;
}

/**
 * What becomes of a card by the person's click. What it proposes is taken from the conversation as it was kept, never from the window;
 * a decision is no settled thing here: it goes through the command door, as any other. Throws with words where it cannot be.
 */
export function settleProposal(
  turn: ChatTurn,
  proposalId: string,
  answer: 'take' | 'dismiss',
  { desk, limits, changeLimits }: ProposalDesk,
): Proposal[] {
  const found = turn.proposals.find(({ id }) => id === proposalId);
  if (found?.state !== 'open') throw new Error('This card was answered already, or is gone.');
  const settled = (change: Pick<Proposal, 'state' | 'outcome'>): Proposal[] =>
    turn.proposals.map((one) => (one.id === proposalId ? { ...one, ...change } : one));

  if (answer === 'dismiss') return settled({ state: 'dismissed', outcome: null });
  const { wish } = found;
  if (wish.kind === 'decision') throw new Error('A decision is made on the card itself.');
  if (limits()[wish.name] !== wish.before)
    throw new Error('The limit has been changed since. Look at it in Settings, Limits.');
  if (wish.loosens && desk.get('panic', 'panic')?.kind === 'latched')
    throw new Error('PANIC is on: nothing that adds risk is done until you resume.');
  changeLimits({ [wish.name]: wish.after });
  return settled({ state: 'taken', outcome: 'You changed it.' });
}

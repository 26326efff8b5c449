import type { AttentionPolicySettings } from '#shared/domain/attention/attention-policy.ts';
import type { ChatTurn, Proposal, ProposalWish } from '#shared/domain/assistant/assistant.ts';
import { CARD_LASTS_MS } from '#shared/domain/assistant/assistant.ts';
import type { Limits } from '#shared/domain/approvals/limits.ts';
import type { PriceAlertText } from '#shared/domain/alerts/price-alert.ts';
import type { SettingsChange } from '#shared/domain/settings/settings.ts';

import type { DeskReader } from '../desk/port.ts';

type MutedKinds = AttentionPolicySettings['mutedKinds'];

/** What a card can come to, by the person's click and no other way. Each is journaled as one that was proposed here. */
export interface ProposalDesk {
  desk: DeskReader;
  nowMs(): number;
  limits(): Limits;
  changeLimits(change: NonNullable<SettingsChange['limits']>): void;
  mutedKinds(): MutedKinds;
  changeMutedKinds(muted: MutedKinds): void;
  /** It is on disk when it resolves; rejects with words. */
  setPriceAlert(alert: PriceAlertText): Promise<null>;
}

type Settled = Pick<Proposal, 'state' | 'outcome'>;

/**
 * What becomes of a card by the person's click. What it proposes is taken from the conversation as it was kept, never from the window.
 * Rejects with a sentence for the person where the card was answered already, is older than an hour, or cannot be carried out, and for
 * a decision, which only the command door makes.
 */
export async function settleProposal(
  turn: ChatTurn,
  proposalId: string,
  answer: 'take' | 'dismiss',
  parts: ProposalDesk,
): Promise<Settled> {
  const found = turn.proposals.find(({ id }) => id === proposalId);
  if (found?.state !== 'open') throw new Error('This card was answered already, or is gone.');
  if (answer === 'dismiss') return { state: 'dismissed', outcome: null };
  if (parts.nowMs() - found.atMs > CARD_LASTS_MS)
    throw new Error('This card is older than an hour. Ask for it again.');
  return { state: 'taken', outcome: await take(found.wish, proposalId, parts) };
}

/** Does what the card says and answers what was done, in words. */
async function take(wish: ProposalWish, proposalId: string, parts: ProposalDesk): Promise<string> {
  switch (wish.kind) {
    case 'decision':
      throw new Error('A decision is made on the card itself.');
    case 'limit':
      changeLimit(wish, parts);
      return 'You changed it.';
    case 'mute':
      changeMute(wish, parts);
      return wish.on ? 'You muted it.' : 'You hear it again.';
    case 'price-alert':
      // The card's own name: taken in two windows it is one price alert.
      await parts.setPriceAlert({
        id: proposalId,
        symbol: wish.symbol,
        backendId: null,
        practice: wish.practice,
        condition: wish.condition,
        againAfterMinutes: null,
        expiresAtMs: null,
        note: 'Proposed by the assistant',
        severity: wish.severity,
        on: true,
      });
      return 'You set it.';
  }
}

function changeLimit(
  wish: Extract<ProposalWish, { kind: 'limit' }>,
  { desk, limits, changeLimits }: ProposalDesk,
): void {
  if (limits()[wish.name] !== wish.before)
    throw new Error('The limit has been changed since. Look at it in Settings, Limits.');
  if (wish.loosens && desk.get('panic', 'panic')?.kind === 'latched')
    throw new Error('PANIC is on: nothing that adds risk is done until you resume.');
  changeLimits({ [wish.name]: wish.after });
}

function changeMute(
  { backendId, alertKind, on }: Extract<ProposalWish, { kind: 'mute' }>,
  { mutedKinds, changeMutedKinds }: ProposalDesk,
): void {
  const before = mutedKinds();
  const others = before.filter((muted) => muted.backendId !== backendId || muted.kind !== alertKind);
  // A card never silences what the bot calls critical, and never takes back that the person did.
  if (on && others.length < before.length) throw new Error('It is muted already.');
  if (!on && others.length === before.length) throw new Error('It is not muted any more.');
  changeMutedKinds(on ? [...others, { backendId, kind: alertKind, withCritical: false }] : others);
}

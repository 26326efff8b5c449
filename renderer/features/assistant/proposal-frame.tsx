import type { ReactNode } from 'react';

import type { Proposal } from '#shared/domain/assistant/assistant.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { useNow } from '../../stores/clock.ts';
import { toast } from '../../stores/toasts.ts';
import { ageState } from './proposal-words.ts';

interface ProposalFrameProps {
  icon: ReactNode;
  title: string;
  reason: string;
  /** Why it cannot be taken any more; `null` while it can. */
  stale: string | null;
  actions: ReactNode;
  children?: ReactNode;
}

/** What every card has: what it proposes, why, and what can be done about it. */
export function ProposalFrame({ icon, title, reason, stale, actions, children }: ProposalFrameProps) {
  return (
    <section
      aria-label={title}
      className={`mt-3 flex flex-col gap-2.5 rounded-xl border bg-surface p-3.5 ${stale === null ? 'border-accent/60' : 'border-line'}`}
    >
      <p className="flex items-start gap-2 text-sm font-medium text-ink">
        <span className="mt-0.5 text-accent">{icon}</span>
        <span className="selectable min-w-0 break-words">{title}</span>
      </p>
      <p className="selectable text-xs leading-relaxed break-words text-muted">{reason}</p>
      {children}
      {stale !== null && (
        <p role="status" className="text-xs text-muted">
          {stale}
        </p>
      )}
      {actions !== false && <div className="flex flex-wrap justify-end gap-2">{actions}</div>}
    </section>
  );
}

/** Why a card cannot be taken any more by its age, as time goes on. */
export const useCardAge = (proposal: Proposal): string | null => ageState(proposal, useNow(10 * SECOND_MS));

/** The person's answer to a card; says so where it could not be taken. */
export async function settle(
  address: { conversationId: string; turnId: string },
  proposalId: string,
  answer: 'take' | 'dismiss',
): Promise<void> {
  try {
    await request('assistant.settle-proposal', { ...address, proposalId, answer });
  } catch (error) {
    toast.error(t('The card could not be answered'), { description: describeError(error) });
  }
}

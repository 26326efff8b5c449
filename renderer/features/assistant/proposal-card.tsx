import { Check, Scale, ShieldQuestion, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { toast } from 'sonner';

import type { Approval } from '#shared/domain/approval.ts';
import type { Proposal, ProposalWish } from '#shared/domain/assistant.ts';

import { describeError, request } from '../../bridge.ts';
import { useEntry } from '../../stores/desk.ts';
import { useSettings } from '../../stores/settings.ts';
import { openPlace } from '../../stores/ui.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Badge, SideBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatMoney } from '../../ui/format.ts';
import { ChecksList } from '../approvals/checks-list.tsx';
import { decide, useDecision } from '../approvals/decisions.ts';
import { OutcomeNote } from '../approvals/outcome-note.tsx';
import { useChecks } from '../approvals/use-checks.ts';
import { decisionState, LIMIT_WORDS, limitState, limitWords } from './proposal-words.ts';

interface ProposalCardProps {
  proposal: Proposal;
  conversationId: string;
  turnId: string;
}

/** Something that the model proposes. Nothing happens but by the person's click here, and as the desk's own guards allow. */
export function ProposalCard(props: ProposalCardProps) {
  const { wish } = props.proposal;
  return wish.kind === 'decision' ? (
    <DecisionCard {...props} wish={wish} />
  ) : (
    <LimitCard {...props} wish={wish} />
  );
}

function DecisionCard({
  proposal,
  wish,
  ...address
}: ProposalCardProps & { wish: Extract<ProposalWish, { kind: 'decision' }> }) {
  const approval = useEntry('approvals', wish.approvalKey);
  const decision = useDecision(wish.approvalKey);
  const panic = useEntry('panic', 'panic')?.kind === 'latched';
  const approve = wish.decision === 'approve';
  const act = approve ? 'approval.approve' : 'approval.decline';
  const stale = decisionState(proposal.state, approval?.status, approve && panic);
  const busy = decision?.phase === 'sending';
  return (
    <Card
      icon={<ShieldQuestion size={14} aria-hidden />}
      title={`Proposes to ${wish.decision}: ${approval?.title ?? wish.title}`}
      reason={proposal.reason}
      stale={stale}
      actions={
        stale === null && (
          <>
            <Button size="sm" variant="ghost" onClick={() => openPlace('approvals', wish.approvalKey)}>
              Look at it
            </Button>
            <Button size="sm" onClick={() => void settle(address, proposal.id, 'dismiss')}>
              Dismiss
            </Button>
            <Button
              size="sm"
              variant={approve ? 'primary' : 'danger-quiet'}
              busy={busy}
              icon={approve ? <Check size={13} aria-hidden /> : <X size={13} aria-hidden />}
              onClick={() => {
                // The card's own name for its first try: two windows that answer the same card give one decision (A5).
                const requestId = decision === undefined ? proposal.id : undefined;
                void decide(wish.approvalKey, act, { origin: 'assistant', requestId });
              }}
            >
              {approve ? 'Approve' : 'Decline'}
            </Button>
          </>
        )
      }
    >
      {approval !== undefined && (
        <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
          <SideBadge side={approval.side} />
          <span className="figures text-ink">
            {approval.quantity ?? ''} {approval.instrument ?? ''}
          </span>
          {approval.valueUsd !== null && <span className="figures">{formatMoney(approval.valueUsd)}</span>}
          <BackendTag backendId={approval.backendId} />
        </p>
      )}
      {approval !== undefined && stale === null && approve && <Guards approval={approval} />}
      <OutcomeNote approvalKey={wish.approvalKey} />
    </Card>
  );
}

function Guards({ approval }: { approval: Approval }) {
  const checks = useChecks(approval, 'approval.approve');
  return (
    <div className="overflow-x-auto rounded-md bg-canvas px-3 py-2">
      <ChecksList {...checks} />
    </div>
  );
}

function LimitCard({
  proposal,
  wish,
  ...address
}: ProposalCardProps & { wish: Extract<ProposalWish, { kind: 'limit' }> }) {
  const now = useSettings()?.limits[wish.name];
  const panic = useEntry('panic', 'panic')?.kind === 'latched';
  const [busy, setBusy] = useState(false);
  const stale = limitState(proposal, now, wish.before, wish.loosens && panic);
  async function take(): Promise<void> {
    setBusy(true);
    await settle(address, proposal.id, 'take');
    setBusy(false);
  }
  return (
    <Card
      icon={<Scale size={14} aria-hidden />}
      title={`Proposes a limit: ${LIMIT_WORDS[wish.name].label}`}
      reason={proposal.reason}
      stale={stale}
      actions={
        stale === null && (
          <>
            <Button size="sm" variant="ghost" onClick={() => openPlace('settings', 'limits')}>
              Look at it
            </Button>
            <Button size="sm" onClick={() => void settle(address, proposal.id, 'dismiss')}>
              Dismiss
            </Button>
            <Button size="sm" variant="primary" busy={busy} onClick={() => void take()}>
              Change it
            </Button>
          </>
        )
      }
    >
      <p className="figures flex items-center gap-2 text-sm text-ink">
        {limitWords(wish.name, wish.before)} <span className="text-faint">→</span>{' '}
        {limitWords(wish.name, wish.after)}
        <Badge tone={wish.loosens ? 'warn' : 'ok'}>{wish.loosens ? 'Allows more' : 'Allows less'}</Badge>
      </p>
    </Card>
  );
}

interface CardProps {
  icon: ReactNode;
  title: string;
  reason: string;
  /** Why it cannot be taken any more; `null` while it can. */
  stale: string | null;
  actions: ReactNode;
  children: ReactNode;
}

function Card({ icon, title, reason, stale, actions, children }: CardProps) {
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

async function settle(
  address: { conversationId: string; turnId: string },
  proposalId: string,
  answer: 'take' | 'dismiss',
): Promise<void> {
  try {
    await request('assistant.settle-proposal', { ...address, proposalId, answer });
  } catch (error) {
    toast.error('The card could not be answered', { description: describeError(error) });
  }
}

import { Check, Scale, ShieldQuestion, X } from 'lucide-react';
import { useState } from 'react';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { Proposal, ProposalWish } from '#shared/domain/assistant/assistant.ts';
import { t } from '#shared/words.ts';

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
import { MuteCard, PriceAlertCard } from './attention-cards.tsx';
import { ProposalFrame, settle, useCardAge } from './proposal-frame.tsx';
import { decisionState, LIMIT_WORDS, limitState, limitWords } from './proposal-words.ts';

export interface ProposalCardProps {
  proposal: Proposal;
  conversationId: string;
  turnId: string;
}

/** Something that the model proposes. Nothing happens but by the person's click here, and as the desk's own guards allow. */
export function ProposalCard(props: ProposalCardProps) {
  const { wish } = props.proposal;
  switch (wish.kind) {
    case 'decision':
      return <DecisionCard {...props} wish={wish} />;
    case 'limit':
      return <LimitCard {...props} wish={wish} />;
    case 'mute':
      return <MuteCard {...props} wish={wish} />;
    case 'price-alert':
      return <PriceAlertCard {...props} wish={wish} />;
  }
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
  const age = useCardAge(proposal);
  const stale = decisionState(proposal, approval, approve && panic) ?? age;
  // What it proposes about can still be looked at.
  const canLook = approval?.status === 'pending' && proposal.state === 'open';
  const busy = decision?.phase === 'sending';
  return (
    <ProposalFrame
      icon={<ShieldQuestion size={14} aria-hidden />}
      title={t('Proposes to {decision}: {title}', {
        decision: wish.decision,
        title: approval?.title ?? wish.title,
      })}
      reason={proposal.reason}
      stale={stale}
      actions={
        canLook && (
          <>
            <Button size="sm" variant="ghost" onClick={() => openPlace('approvals', wish.approvalKey)}>
              {t('Look at it')}
            </Button>
            <Button size="sm" onClick={() => void settle(address, proposal.id, 'dismiss')}>
              {t('Dismiss')}
            </Button>
            {stale === null && (
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
                {approve ? t('Approve') : t('Decline')}
              </Button>
            )}
          </>
        )
      }
    >
      {approval !== undefined && (
        <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
          <SideBadge side={approval.side} />
          <span className="figures text-ink">
            {approval.quantity ?? ''} {approval.instrument ?? ''}
            {approval.quantity === null && approval.allocationPct !== null && ` ${approval.allocationPct} %`}
          </span>
          {approval.valueUsd !== null && <span className="figures">{formatMoney(approval.valueUsd)}</span>}
          <BackendTag backendId={approval.backendId} />
        </p>
      )}
      {approval !== undefined && stale === null && approve && <Guards approval={approval} />}
      <OutcomeNote approvalKey={wish.approvalKey} />
    </ProposalFrame>
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
  const age = useCardAge(proposal);
  const stale = limitState(proposal, now, wish.before, wish.loosens && panic) ?? age;
  async function take(): Promise<void> {
    setBusy(true);
    await settle(address, proposal.id, 'take');
    setBusy(false);
  }
  return (
    <ProposalFrame
      icon={<Scale size={14} aria-hidden />}
      title={t('Proposes a limit: {label}', { label: LIMIT_WORDS[wish.name].label })}
      reason={proposal.reason}
      stale={stale}
      actions={
        stale === null && (
          <>
            <Button size="sm" variant="ghost" onClick={() => openPlace('settings', 'limits')}>
              {t('Look at it')}
            </Button>
            <Button size="sm" onClick={() => void settle(address, proposal.id, 'dismiss')}>
              {t('Dismiss')}
            </Button>
            <Button size="sm" variant="primary" busy={busy} onClick={() => void take()}>
              {t('Change it')}
            </Button>
          </>
        )
      }
    >
      <p className="figures flex items-center gap-2 text-sm text-ink">
        {limitWords(wish.name, wish.before)} <span className="text-faint">→</span>{' '}
        {limitWords(wish.name, wish.after)}
        <Badge tone={wish.loosens ? 'warn' : 'ok'}>
          {wish.loosens ? t('Allows more') : t('Allows less')}
        </Badge>
      </p>
    </ProposalFrame>
  );
}

import { Bell, BellOff, BellPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';

import type { Proposal, ProposalWish } from '#shared/domain/assistant/assistant.ts';
import { wordsOfCondition } from '#shared/domain/alerts/price-alert.ts';
import { t } from '#shared/words.ts';

import { useEntry } from '../../stores/desk.ts';
import { useSettings } from '../../stores/settings.ts';
import { openPlace } from '../../stores/ui.ts';
import { BackendTag, PracticeMark } from '../../ui/backend-tag.tsx';
import { Button } from '../../ui/button.tsx';
import { humanise } from '../../ui/humanise.ts';
import { formatExact } from '../../ui/format-exact.ts';
import { ProposalFrame, settle, useCardAge } from './proposal-frame.tsx';
import { muteState } from './proposal-words.ts';

interface AttentionCardProps {
  proposal: Proposal;
  conversationId: string;
  turnId: string;
}

/** Not to be told of a kind of alert, or to be told again. */
export function MuteCard({
  proposal,
  wish,
  ...address
}: AttentionCardProps & { wish: Extract<ProposalWish, { kind: 'mute' }> }) {
  const muted = useSettings()?.attentionPolicy.mutedKinds.some(
    (one) => one.backendId === wish.backendId && one.kind === wish.alertKind,
  );
  const config = useEntry('backends', wish.backendId);
  const age = useCardAge(proposal);
  const stale = muteState(proposal, { wanted: wish.on, muted, connected: config !== undefined }) ?? age;
  const kind = humanise(wish.alertKind);
  return (
    <ProposalFrame
      icon={wish.on ? <BellOff size={14} aria-hidden /> : <Bell size={14} aria-hidden />}
      title={
        wish.on ? t('Proposes to mute: {kind}', { kind }) : t('Proposes to hear again: {kind}', { kind })
      }
      reason={proposal.reason}
      stale={stale}
      actions={
        stale === null && (
          <Answers
            proposalId={proposal.id}
            address={address}
            look={() => openPlace('settings', 'attention')}
            take={wish.on ? t('Mute it') : t('Hear it again')}
          />
        )
      }
    >
      <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
        <BackendTag backendId={wish.backendId} />
        {wish.on && t('You would not be told of these. What the bot calls critical is told all the same.')}
      </p>
    </ProposalFrame>
  );
}

/** To be told once when a price is reached. */
export function PriceAlertCard({
  proposal,
  wish,
  ...address
}: AttentionCardProps & { wish: Extract<ProposalWish, { kind: 'price-alert' }> }) {
  const age = useCardAge(proposal);
  const stale =
    proposal.state === 'open'
      ? age
      : proposal.state === 'taken'
        ? (proposal.outcome ?? t('You set it.'))
        : t('You dismissed this.');
  return (
    <ProposalFrame
      icon={<BellPlus size={14} aria-hidden />}
      title={t('Proposes a price alert: {symbol}', { symbol: wish.symbol })}
      reason={proposal.reason}
      stale={stale}
      actions={
        stale === null && (
          <Answers
            proposalId={proposal.id}
            address={address}
            look={() => openPlace('alerts')}
            take={t('Set it')}
          />
        )
      }
    >
      <p className="figures flex items-center gap-2 text-sm text-ink">
        {wish.symbol} {wordsOfCondition(wish.condition, formatExact)} {wish.practice && <PracticeMark />}
      </p>
      <p className="text-xs text-muted">{t('It rings once and trades nothing.')}</p>
    </ProposalFrame>
  );
}

interface AnswersProps {
  proposalId: string;
  address: { conversationId: string; turnId: string };
  look: () => void;
  take: ReactNode;
}

function Answers({ proposalId, address, look, take }: AnswersProps) {
  const [busy, setBusy] = useState(false);
  async function answer(how: 'take' | 'dismiss'): Promise<void> {
    setBusy(true);
    await settle(address, proposalId, how);
    setBusy(false);
  }
  return (
    <>
      <Button size="sm" variant="ghost" onClick={look}>
        {t('Look at it')}
      </Button>
      <Button size="sm" disabled={busy} onClick={() => void answer('dismiss')}>
        {t('Dismiss')}
      </Button>
      <Button size="sm" variant="primary" busy={busy} onClick={() => void answer('take')}>
        {take}
      </Button>
    </>
  );
}

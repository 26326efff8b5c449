import { Check, TriangleAlert, X, Zap } from 'lucide-react';
import type { RefObject } from 'react';
import { useState } from 'react';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import { t } from '#shared/words.ts';

import { useSuperseded } from '../../stores/derived.ts';
import { useEntry } from '../../stores/desk.ts';
import { useKind } from '../../stores/kinds.ts';
import { isPlayback } from '../../stores/own-place.ts';
import { useReduceOnly } from '../../stores/reduce-only.ts';
import { byActor } from '../../ui/actor-name.ts';
import { Age } from '../../ui/age.tsx';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Badge, SideBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Input } from '../../ui/field.tsx';
import { Money } from '../../ui/figures.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { Sentence, slot } from '../../ui/sentence.tsx';
import { ShortcutKbd } from '../shortcuts/shortcut-kbd.tsx';
import { approvalKeyOf } from './approval-groups.ts';
import type { ApprovalGroup } from './approval-groups.ts';
import { amountWords, approveHelp, statusWords } from './approval-words.ts';
import { ChecksList } from './checks-list.tsx';
import type { DecisionAct } from './decisions.ts';
import { decide, useDecision } from './decisions.ts';
import { Expiry, useExpiry } from './expiry.tsx';
import { ApprovalFigures } from './figures.tsx';
import { GroupMembers } from './group-members.tsx';
import { OutcomeNote } from './outcome-note.tsx';
import { ReduceOnlyNote } from './reduce-only-note.tsx';
import type { Checks } from './use-checks.ts';
import { useChecks } from './use-checks.ts';

/** Everything about one proposal (A1), what the door says of it now (A3), and the decision. */
export function ApprovalDetail({
  approval,
  group,
  approveRef,
}: {
  approval: Approval;
  group: ApprovalGroup | null;
  /** The button that the keyboard arms. */
  approveRef: RefObject<HTMLButtonElement | null>;
}) {
  const checks = useChecks(approval, 'approval.approve');
  return (
    <article aria-label={approval.title} className="flex h-full min-h-0 flex-col">
      <ScrollArea label={t('The proposal')} className="flex min-h-0 flex-1 flex-col gap-5 px-5 py-4">
        <Heading approval={approval} />
        <ReduceOnlyNote approval={approval} />
        <ApprovalFigures approval={approval} />
        <Reason approval={approval} />
        {approval.status === 'pending' && <CheckSection checks={checks} />}
        {group !== null && group.members.length > 1 && <GroupMembers group={group} shownId={approval.id} />}
      </ScrollArea>
      <Decide approval={approval} checks={checks} approveRef={approveRef} />
    </article>
  );
}

function Heading({ approval }: { approval: Approval }) {
  const replaced = useSuperseded().has(approvalKeyOf(approval));
  return (
    <header>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <SideBadge side={approval.side} />
        <h2 className="figures text-xl font-semibold tracking-tight text-ink">{amountWords(approval)}</h2>
        {approval.valueUsd !== null && (
          <span className="text-base text-muted">
            {t('about')} <Money value={approval.valueUsd} />
          </span>
        )}
        <span className="ml-auto flex items-center gap-3">
          {approval.status !== 'pending' && (
            <Badge tone={statusWords[approval.status].tone}>{statusWords[approval.status].word}</Badge>
          )}
          {replaced && <Badge>{t('Replaced by a newer one')}</Badge>}
          {approval.status === 'pending' && <Expiry approval={approval} className="!text-sm" />}
        </span>
      </div>
      <p className="selectable mt-1.5 text-sm text-ink">{approval.title}</p>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
        <BackendTag backendId={approval.backendId} />
        {approval.proposer !== null && (
          <span>{t('asked by {proposer}', { proposer: approval.proposer })}</span>
        )}
        <span>
          <Sentence
            text={t('asked {age}', { age: slot('age') })}
            parts={{ age: <Age atMs={approval.createdAtMs} as="ago" /> }}
          />
        </span>
      </p>
    </header>
  );
}

function Reason({ approval }: { approval: Approval }) {
  return (
    <section className="grid gap-4 min-[1280px]:grid-cols-2">
      <div>
        <h3 className="label mb-1">{t('Why')}</h3>
        <p className="selectable text-sm leading-relaxed break-words whitespace-pre-wrap text-muted">
          {approval.reason === '' ? t('The bot gave no reason.') : approval.reason}
        </p>
      </div>
      <div>
        <h3 className="label mb-1">{t('Risk')}</h3>
        {approval.riskNotes.length === 0 ? (
          <p className="text-sm text-faint">{t('The bot gave no notes on risk.')}</p>
        ) : (
          <ul className="flex flex-col gap-1 text-sm leading-relaxed text-muted">
            {approval.riskNotes.map((note) => (
              <li key={note} className="selectable flex gap-2">
                <TriangleAlert size={13} aria-hidden className="mt-1 shrink-0 text-warn" />
                {note}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function CheckSection({ checks }: { checks: Checks }) {
  return (
    <section>
      <h3 className="label mb-1.5">
        {isPlayback ? t('Checks') : t('Checked now, and again when you decide')}
      </h3>
      <ChecksList {...checks} />
    </section>
  );
}

/** Decline in one step; the two ways to say yes apart, with words for the difference. Neither has the focus by itself (A8). */
function Decide({
  approval,
  checks,
  approveRef,
}: {
  approval: Approval;
  checks: Checks;
  /** The button that the keyboard arms. */
  approveRef: RefObject<HTMLButtonElement | null>;
}) {
  const [reason, setReason] = useState('');
  const { expired } = useExpiry(approval);
  const key = approvalKeyOf(approval);
  const sending = useDecision(key)?.phase === 'sending';
  const reduceOnly = useReduceOnly().get(approval.backendId);
  const checked = checks.checks?.some((check) => check.verdict === 'block') ?? false;
  const blocked = expired || checked || reduceOnly !== undefined;
  const start = (act: DecisionAct): void => void decide(key, act, { reason });
  const help = useActHelp(approval);

  if (approval.status !== 'pending') {
    return (
      <footer data-keep-clear className="shrink-0 border-t border-line px-5 py-3 text-xs text-muted">
        <OutcomeNote approvalKey={key} className="mb-1" />
        {approval.status === 'unknown'
          ? t('Your decision was sent and no answer told its fate. It is being read back from the backend.')
          : t('{word}{what}. Nothing is left to decide.', {
              word: statusWords[approval.status].word,
              what: byActor(approval.decidedBy),
            })}
      </footer>
    );
  }
  return (
    <footer data-keep-clear className="shrink-0 border-t border-line bg-raised px-5 py-3">
      <OutcomeNote approvalKey={key} className="mb-2.5" />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          acts
          busy={sending}
          icon={<X size={14} aria-hidden />}
          onClick={() => start('approval.decline')}
        >
          {t('Decline')} <ShortcutKbd name="approvals.decline" />
        </Button>
        <Input
          aria-label={t('Reason for declining, optional')}
          placeholder={t('Reason for declining (optional)')}
          value={reason}
          maxLength={300}
          disabled={isPlayback}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.repeat && !event.nativeEvent.isComposing && !sending)
              start('approval.decline');
          }}
          className="order-last !w-auto min-w-24 flex-1 basis-full min-[1280px]:order-none min-[1280px]:max-w-80 min-[1280px]:basis-0"
        />
        <span className="ml-auto flex items-center gap-2">
          <Button
            acts
            ref={approveRef}
            variant="primary"
            busy={sending}
            disabled={blocked}
            icon={<Check size={14} aria-hidden />}
            onClick={() => start('approval.approve')}
          >
            {t('Approve')}
          </Button>
          {approval.executable && (
            <Button
              acts
              variant="secondary"
              className="!border-accent/60"
              busy={sending}
              disabled={blocked}
              icon={<Zap size={14} aria-hidden />}
              onClick={() => start('approval.execute')}
            >
              {t('Approve & execute')}
            </Button>
          )}
        </span>
      </div>
      <p className="mt-2 text-xs leading-relaxed text-faint">
        {isPlayback ? (
          t('This is the past. It is decided in the main window, if it still waits.')
        ) : blocked ? (
          <span className="text-danger">
            {t('{what} Declining stays possible.', {
              what: expired
                ? t('It has expired and cannot be approved.')
                : reduceOnly === undefined
                  ? t('A check blocks approving.')
                  : t('It cannot be approved now: {reduceOnly}.', { reduceOnly }),
            })}
          </span>
        ) : (
          <>
            <span className="text-muted">{t('Approve:')}</span> {help.approve}
            {approval.executable && (
              <>
                {' '}
                <span className="text-muted">{t('Approve & execute:')}</span> {help.execute}
              </>
            )}
          </>
        )}
      </p>
    </footer>
  );
}

/** The backend's own words for the two acts, where it has some. */
function useActHelp(approval: Approval): { approve: string; execute: string } {
  const config = useEntry('backends', approval.backendId);
  const kind = useKind(config?.kind);
  const helpOf = (act: keyof typeof approveHelp): string =>
    kind?.acts.find((descriptor) => descriptor.id === act)?.help || approveHelp[act];
  return { approve: helpOf('approval.approve'), execute: helpOf('approval.execute') };
}

import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import { t } from '#shared/words.ts';

import { readSlice, useEntry } from '../../stores/desk.ts';
import { toast } from '../../stores/toasts.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { SideBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Money } from '../../ui/figures.tsx';
import { amountWords, outcomeWords } from './approval-words.ts';
import type { Decision, Question } from './decisions.ts';
import { acceptWarnings, giveCode, leaveQuestion, useDecisions } from './decisions.ts';

/** The questions that a decision may still have to ask, wherever it was started; and a word when it is settled. */
export function DecisionDialogs() {
  const question = useDecisions((state) => state.question);
  useEffect(startDecisionToasts, []);
  if (question === null) return null;
  return question.kind === 'warnings' ? (
    <WarningsDialog key={question.attempt.requestId} question={question} />
  ) : (
    <CodeDialog key={question.attempt.requestId} question={question} />
  );
}

/** The second, different confirmation of a soft limit (A4): each warning is ticked before the button works. */
function WarningsDialog({ question }: { question: Extract<Question, { kind: 'warnings' }> }) {
  const { attempt, warnings } = question;
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const approval = useEntry('approvals', attempt.approvalKey);
  const all = warnings.every((warning) => ticked.has(warning.id));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && leaveQuestion()}
      title={t('This needs a second look')}
      description={t('Nothing was sent yet. Tick what you have read; then it can be sent.')}
      footer={
        <>
          <Button onClick={leaveQuestion}>{t('Leave it')}</Button>
          <Button variant="primary" disabled={!all} onClick={() => void acceptWarnings(attempt, warnings)}>
            {attempt.act === 'approval.execute'
              ? t('Approve and execute all the same')
              : t('Approve all the same')}
          </Button>
        </>
      }
    >
      {approval !== undefined && <Subject approval={approval} />}
      <ul className="mt-3 flex flex-col gap-2">
        {warnings.map((warning) => (
          <li key={warning.id} className="flex gap-3 rounded-lg border border-warn/40 bg-warn-soft p-3">
            <span className="pt-0.5">
              <Checkbox
                aria-label={t('I have read: {detail}', { detail: warning.detail })}
                checked={ticked.has(warning.id)}
                onChange={(checked) => {
                  const next = new Set(ticked);
                  if (checked) next.add(warning.id);
                  else next.delete(warning.id);
                  setTicked(next);
                }}
              />
            </span>
            <span className="min-w-0 text-xs leading-relaxed">
              <span className="flex items-start gap-1.5 text-sm font-medium text-ink">
                <TriangleAlert size={13} aria-hidden className="mt-1 shrink-0 text-warn" /> {warning.detail}
              </span>
              {/* The name of a check says what it wants, which is not so here. */}
              <span className="text-muted">{t('Check: {label}', { label: warning.label })}</span>
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** Asks for the one-time code that the backend wants. It lives in this input only and is gone with it. */
function CodeDialog({ question }: { question: Extract<Question, { kind: 'code' }> }) {
  const { attempt, message } = question;
  const [code, setCode] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const approval = useEntry('approvals', attempt.approvalKey);
  const clean = code.replaceAll(/\s/g, '');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && leaveQuestion()}
      width="sm"
      title={t('One-time code')}
      description={message}
      initialFocus={input}
      footer={
        <>
          <Button onClick={leaveQuestion}>{t('Leave it')}</Button>
          <Button type="submit" form="code-form" variant="primary" disabled={clean === ''}>
            {t('Send with this code')}
          </Button>
        </>
      }
    >
      {approval !== undefined && <Subject approval={approval} />}
      <form
        id="code-form"
        className="mt-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (clean !== '') void giveCode(attempt, clean);
        }}
      >
        <Field label={t('Code')} help={t('Type it yourself. It is used once and never kept.')}>
          {(aria) => (
            <Input
              {...aria}
              ref={input}
              value={code}
              onChange={(event) => setCode(event.target.value)}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
              className="figures max-w-40 text-lg tracking-[0.3em]"
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}

/** What a question is about, in one line. */
export function Subject({ approval }: { approval: Approval }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-canvas px-3 py-2 text-sm">
      <SideBadge side={approval.side} />
      <span className="figures font-medium text-ink">{amountWords(approval)}</span>
      <Money value={approval.valueUsd} className="text-muted" />
      <BackendTag backendId={approval.backendId} className="ml-auto" />
    </div>
  );
}

function startDecisionToasts(): () => void {
  return useDecisions.subscribe((state, before) => {
    if (state.byApproval === before.byApproval) return;
    for (const [key, decision] of state.byApproval) {
      if (before.byApproval.get(key) !== decision) announce(key, decision);
    }
  });
}

function announce(approvalKey: string, decision: Decision): void {
  const id = `decision:${approvalKey}`;
  if (decision.phase === 'lost') {
    toast.error(t('The answer did not arrive'), { id, description: decision.message });
    return;
  }
  if (decision.phase !== 'settled') return;
  const { status, message } = decision.outcome;
  if (status === 'needs-code' || useDecisions.getState().question?.attempt.approvalKey === approvalKey)
    return;
  const { word } = outcomeWords(decision.act, status);
  const tell =
    status === 'confirmed' ? toast.success : status === 'unconfirmed' ? toast.warning : toast.error;
  const approval = readSlice('approvals').get(approvalKey);
  // Several are decided one after the other, and what is told of one may come while the next is looked at.
  tell(approval === undefined ? word : `${approval.title}: ${word}`, { id, description: message });
}

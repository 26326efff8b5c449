import { useState } from 'react';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import { approval, proposalKind } from '#shared/domain/approvals/approval.ts';
import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { wordsOfRule } from '#shared/domain/approvals/decision-rule.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { ClockInput } from '../../ui/clock-input.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, Switch } from '../../ui/controls.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { DryRun } from './dry-run.tsx';
import type { RuleDraft } from './rule-draft.ts';
import { readDraft } from './rule-draft.ts';

interface RuleDialogProps {
  draft: RuleDraft;
  backends: readonly BackendConfig[];
  onClose: () => void;
}

const KINDS = {
  trade: t('Trade'),
  share: t('Share of balance'),
  stake: t('Stake'),
  change: t('Change'),
} as const;
const SIDES = { buy: t('Buy'), sell: t('Sell'), stake: t('Stake'), other: t('Other') } as const;

/** The form of one rule, the sentence that it makes, and a dry run of it. Saving leaves it switched off. */
export function RuleDialog({ draft: given, backends, onClose }: RuleDialogProps) {
  const [draft, setDraft] = useState(given);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const read = readDraft(draft);
  const set = (change: Partial<RuleDraft>): void => setDraft({ ...draft, ...change });
  const backendName = backends.find(({ id }) => id === draft.backendId)?.name ?? draft.backendId;

  async function save(): Promise<void> {
    if (!read.ok) return;
    setBusy(true);
    try {
      await request('rules.save', read.rule);
      onClose();
    } catch (error) {
      setTrouble(describeError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={given.name === '' ? t('A new rule') : t('Change "{name}"', { name: given.name })}
      description={t(
        'It is kept switched off. You switch it on in the list, when you have seen what it would do.',
      )}
      footer={
        <>
          <span role="status" className="mr-auto text-xs text-warn">
            {trouble ?? (read.ok ? '' : read.trouble)}
          </span>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button variant="primary" disabled={!read.ok} busy={busy} onClick={() => void save()}>
            {t('Keep it, switched off')}
          </Button>
        </>
      }
    >
      <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
        <Field label={t('Name')} required>
          {(aria) => (
            <Input
              {...aria}
              maxLength={60}
              value={draft.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('Backend')} required>
          {(aria) => (
            <Select
              {...aria}
              value={draft.backendId}
              options={backends.map(({ id, name, practice }) => ({
                value: id,
                label: practice ? `${name} (practice)` : name,
              }))}
              onChange={(backendId) => set({ backendId })}
            />
          )}
        </Field>
        <Field label={t('What it does')}>
          {(aria) => (
            <Select
              {...aria}
              value={draft.decision}
              options={[
                { value: 'decline', label: t('Decline') },
                { value: 'approve', label: t('Approve') },
              ]}
              onChange={(decision) => set({ decision })}
            />
          )}
        </Field>
        <Field label={t('Instruments')} help={t('Assets parted by commas. Empty is any.')}>
          {(aria) => (
            <Input
              {...aria}
              placeholder={t('ETH, BTC')}
              value={draft.instruments}
              onChange={(event) => set({ instruments: event.target.value })}
            />
          )}
        </Field>
        <Choices
          label={t('Sides')}
          of={SIDES}
          all={approval.shape.side.options}
          chosen={draft.sides}
          onChange={(sides: Approval['side'][]) => set({ sides })}
        />
        <Choices
          label={t('Kinds of proposal')}
          of={KINDS}
          all={proposalKind.options}
          chosen={draft.kinds}
          onChange={(kinds) => set({ kinds })}
        />
        <Amount
          label={t('Most value of one, US dollars')}
          value={draft.maxValue}
          required={draft.decision === 'approve'}
          onChange={(maxValue) => set({ maxValue })}
        />
        <Amount
          label={t('Most a day, US dollars')}
          value={draft.maxDay}
          required={draft.decision === 'approve'}
          onChange={(maxDay) => set({ maxDay })}
        />
        <Amount
          label={t('Most decisions a day')}
          value={draft.maxCount}
          required={false}
          onChange={(maxCount) => set({ maxCount })}
        />
        <div className="flex flex-col gap-1">
          <span className="text-xs font-medium text-muted">{t('Only in these hours of your day')}</span>
          <span className="flex h-8 items-center gap-2">
            <Switch
              aria-label={t('Only in these hours')}
              checked={draft.inHours}
              onChange={(inHours) => set({ inHours })}
            />
            <ClockInput
              aria-label={t('From')}
              className="!w-22"
              disabled={!draft.inHours}
              value={draft.from}
              onChange={(from) => set({ from })}
            />
            <span className="text-xs text-faint">{t('to')}</span>
            <ClockInput
              aria-label={t('To')}
              className="!w-22"
              disabled={!draft.inHours}
              value={draft.to}
              onChange={(to) => set({ to })}
            />
          </span>
        </div>
      </div>
      {read.ok && (
        <>
          <p className="selectable mt-4 rounded-lg border border-line bg-canvas px-3 py-2.5 text-sm text-ink">
            {wordsOfRule(read.rule, backendName)}
          </p>
          <DryRun rule={read.rule} />
        </>
      )}
    </Dialog>
  );
}

interface ChoicesProps<T extends string> {
  label: string;
  of: Record<T, string>;
  all: readonly T[];
  /** None chosen is any. */
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}

function Choices<T extends string>({ label, of, all, chosen, onChange }: ChoicesProps<T>) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-xs font-medium text-muted">
        {label} <span className="text-faint">{chosen.length === 0 ? t('· any') : ''}</span>
      </legend>
      <span className="flex flex-wrap gap-1.5">
        {all.map((one) => {
          const isChosen = chosen.includes(one);
          return (
            <button
              key={one}
              type="button"
              aria-pressed={isChosen}
              onClick={() => onChange(isChosen ? chosen.filter((other) => other !== one) : [...chosen, one])}
              className={cx(
                'h-7 rounded-md border px-2.5 text-xs',
                isChosen
                  ? 'border-accent bg-accent-soft text-ink'
                  : 'border-line-strong/70 text-muted hover:text-ink',
              )}
            >
              {of[one]}
            </button>
          );
        })}
      </span>
    </fieldset>
  );
}

interface AmountProps {
  label: string;
  value: string;
  required: boolean;
  onChange: (value: string) => void;
}

function Amount({ label, value, required, onChange }: AmountProps) {
  return (
    <Field label={label} required={required}>
      {(aria) => (
        <Input
          {...aria}
          inputMode="decimal"
          className="figures"
          placeholder={required ? '' : t('no limit')}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

import { useId, useState } from 'react';

import { t } from '#shared/words.ts';

import { usePriceNow } from '../../stores/price-now.ts';
import { describeError, request } from '../../bridge.ts';
import { nowMs } from '../../stores/clock.ts';
import { useSliceValues } from '../../stores/desk.ts';
import { Age } from '../../ui/age.tsx';
import { PracticeMark } from '../../ui/backend-tag.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, Switch } from '../../ui/controls.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Price } from '../../ui/figures.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { Segmented } from '../../ui/tabs.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Ending, PriceAlertDraft, PriceAlertErrors } from './price-alert-draft.ts';
import { readPriceAlertDraft } from './price-alert-draft.ts';

const KINDS = [
  { value: 'above', label: t('Above') },
  { value: 'below', label: t('Below') },
  { value: 'change', label: t('Change') },
] as const;
const DIRECTIONS = [
  { value: 'either', label: t('Up or down') },
  { value: 'up', label: t('Up') },
  { value: 'down', label: t('Down') },
] as const;
const SEVERITIES = [
  { value: 'low', label: t('Low') },
  { value: 'medium', label: t('Medium') },
  { value: 'high', label: t('High') },
  { value: 'critical', label: t('Critical') },
] as const;
const ENDINGS: readonly { value: Ending; label: string }[] = [
  { value: 'never', label: t('Never') },
  { value: 'hour', label: t('In an hour') },
  { value: 'day', label: t('In a day') },
  { value: 'week', label: t('In a week') },
  { value: 'month', label: t('In 30 days') },
];

interface PriceAlertDialogProps {
  draft: PriceAlertDraft;
  isNew: boolean;
  onClose: () => void;
}

/** The form of one price alert. Saving switches it on. */
export function PriceAlertDialog({ draft: given, isNew, onClose }: PriceAlertDialogProps) {
  const [draft, setDraft] = useState(given);
  const [errors, setErrors] = useState<PriceAlertErrors>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const formId = useId();
  const set = (change: Partial<PriceAlertDraft>): void => setDraft({ ...draft, ...change });
  const choices = useWhose(draft.practice);

  async function save(): Promise<void> {
    const read = readPriceAlertDraft(draft, nowMs());
    setErrors(read.ok ? {} : read.errors);
    if (!read.ok) return;
    setTrouble(null);
    setBusy(true);
    try {
      await request('price-alerts.save', read.alert);
      onClose();
    } catch (error) {
      setTrouble(describeError(error));
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        <span className="flex items-center gap-2.5">
          {isNew ? t('Set a price alert') : t('Change a price alert')}
          {draft.practice && <PracticeMark large />}
        </span>
      }
      description={t('It rings as an alert, with notification, sound and channels as you set them.')}
      footer={
        <>
          <span role="status" className="mr-auto text-xs text-danger">
            {trouble}
          </span>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy}>
            {isNew ? t('Set it') : t('Save')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void save();
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t('Symbol')}
            error={errors.symbol}
            help={<PriceNow draft={draft} />}
            required
            maxLength={60}
            value={draft.symbol}
            onText={(symbol) => set({ symbol })}
          />
          <Field
            label={t('Whose price')}
            help={draft.backendId === '' ? t('In dollars, however a backend writes the symbol.') : undefined}
          >
            {(aria) => (
              <Select
                {...aria}
                value={draft.backendId}
                options={choices}
                onChange={(backendId) => set({ backendId })}
              />
            )}
          </Field>
        </div>
        <Condition draft={draft} errors={errors} set={set} />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field
            label={t('Rings again')}
            error={errors.againAfterMinutes}
            help={
              draft.again
                ? t('Minutes of pause. The price has to go back first.')
                : t('Off: it rings once and is then over.')
            }
          >
            {(aria) => (
              <span className="flex h-8 items-center gap-3">
                <Switch {...aria} checked={draft.again} onChange={(again) => set({ again })} />
                {draft.again && (
                  <Input
                    aria-label={t('Minutes of pause before it rings again')}
                    inputMode="numeric"
                    className="figures w-20"
                    value={draft.againAfterMinutes}
                    onChange={(event) => set({ againAfterMinutes: event.target.value })}
                  />
                )}
              </span>
            )}
          </Field>
          <Field label={t('Ends')}>
            {(aria) => (
              <Select
                {...aria}
                value={draft.ending}
                options={endingsOf(draft)}
                onChange={(ending) => set({ ending })}
              />
            )}
          </Field>
        </div>
        <div className="grid gap-4 sm:grid-cols-[1fr_9rem]">
          <TextField
            label={t('Note')}
            help={t('Goes out with the alert, so that you know why.')}
            maxLength={200}
            value={draft.note}
            onText={(note) => set({ note })}
          />
          <Field label={t('Severity')}>
            {(aria) => (
              <Select
                {...aria}
                value={draft.severity}
                options={SEVERITIES}
                onChange={(severity) => set({ severity })}
              />
            )}
          </Field>
        </div>
      </form>
    </Dialog>
  );
}

interface ConditionProps {
  draft: PriceAlertDraft;
  errors: PriceAlertErrors;
  set: (change: Partial<PriceAlertDraft>) => void;
}

function Condition({ draft, errors, set }: ConditionProps) {
  return (
    <fieldset className="flex flex-wrap items-start gap-x-4 gap-y-3 rounded-lg border border-line bg-raised px-4 py-3">
      <legend className="sr-only">{t('When it rings')}</legend>
      <span className="pt-5">
        <Segmented
          label={t('When it rings')}
          value={draft.kind}
          options={KINDS}
          onChange={(kind) => set({ kind })}
        />
      </span>
      {draft.kind === 'change' ? (
        <>
          <TextField
            label={t('Percent')}
            error={errors.percent}
            fieldClassName="w-18"
            autoFocus
            inputMode="decimal"
            className="figures"
            value={draft.percent}
            onText={(percent) => set({ percent })}
          />
          <TextField
            label={t('Within, minutes')}
            error={errors.withinMinutes}
            fieldClassName="w-24"
            inputMode="numeric"
            className="figures"
            value={draft.withinMinutes}
            onText={(withinMinutes) => set({ withinMinutes })}
          />
          <Field label={t('Direction')} className="w-28">
            {(aria) => (
              <Select
                {...aria}
                value={draft.direction}
                options={DIRECTIONS}
                onChange={(direction) => set({ direction })}
              />
            )}
          </Field>
          <p className="w-full text-xs text-faint">
            {t('Against the lowest and the highest price received within that time, since the desk runs.')}
          </p>
        </>
      ) : (
        <TextField
          label={t('Price')}
          error={errors.price}
          help={t('Where it is there already, it rings when it was back and comes again.')}
          fieldClassName="min-w-52 flex-1"
          required
          autoFocus
          inputMode="decimal"
          className="figures"
          value={draft.price}
          onText={(price) => set({ price })}
        />
      )}
    </fieldset>
  );
}

/** What the price is now, so that nobody sets a line without seeing where it stands. */
function PriceNow({ draft }: { draft: PriceAlertDraft }) {
  const quote = useSliceValues('quotes').find(
    ({ backendId, id }) => backendId === draft.backendId && id === draft.symbol.trim(),
  );
  const asking = useSliceValues('backends').find(({ practice }) => practice === draft.practice)?.id ?? '';
  const freshest = usePriceNow({
    backendId: draft.backendId === '' ? asking : draft.backendId,
    instrument: draft.symbol.trim(),
  });
  const shown = quote === undefined ? freshest : { price: quote.price, atMs: quote.receivedAtMs };
  if (shown === null) return <>{t('No price of it is known now.')}</>;
  return (
    <>
      {t('Now')} <Price value={shown.price} />, <Age atMs={shown.atMs} as="ago" />
    </>
  );
}

function useWhose(practice: boolean): { value: string; label: string }[] {
  const backends = useSliceValues('backends').filter((backend) => backend.practice === practice);
  return [
    { value: '', label: practice ? t('Freshest of practice') : t('Freshest of any backend') },
    ...backends.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

const endingsOf = ({ expiresAtMs }: PriceAlertDraft): readonly { value: Ending; label: string }[] =>
  expiresAtMs === null ? ENDINGS : [...ENDINGS, { value: 'same', label: formatDateTime(expiresAtMs) }];

import { Trash2 } from 'lucide-react';

import { t } from '#shared/words.ts';

import { useSliceValues } from '../../../stores/desk.ts';
import { useKinds } from '../../../stores/kinds.ts';
import { BackendTag } from '../../../ui/backend-tag.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { Select } from '../../../ui/controls.tsx';
import { Input } from '../../../ui/field.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { LIMIT_FIELDS } from './limit-fields.ts';
import type { LimitErrors, LimitTexts, OverrideTexts, OwnText } from './limit-texts.ts';
import { overrideTexts } from './limit-texts.ts';

interface LimitsByBackendProps {
  byBackend: LimitTexts['byBackend'];
  errors: LimitErrors;
  onChange: (byBackend: LimitTexts['byBackend']) => void;
}

/** What is different for one backend. Only those can be chosen that can add risk at all. */
export function LimitsByBackend({ byBackend, errors, onChange }: LimitsByBackendProps) {
  const backends = useSliceValues('backends');
  const kinds = useKinds();
  const free = backends.filter(
    ({ id, kind }) =>
      byBackend[id] === undefined && kinds?.get(kind)?.acts.some(({ risk }) => risk === 'adds') === true,
  );
  return (
    <Panel
      title={t('Different for one backend')}
      actions={
        <Select
          size="sm"
          aria-label={t('Set limits for one backend')}
          placeholder={t('Set for…')}
          className="w-40"
          value=""
          disabled={free.length === 0}
          options={free.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(backendId) => onChange({ ...byBackend, [backendId]: overrideTexts({}) })}
        />
      }
    >
      {Object.keys(byBackend).length === 0 && (
        <p className="px-4 py-3 text-xs text-muted">{t('All backends have the limits above.')}</p>
      )}
      {Object.entries(byBackend).map(([backendId, texts]) => (
        <section key={backendId} className="border-b border-line px-4 py-3 last:border-0">
          <header className="mb-2 flex items-center gap-2 text-sm">
            <BackendTag backendId={backendId} />
            <IconButton
              size="sm"
              className="ml-auto"
              label={t('As for all again')}
              icon={<Trash2 size={14} aria-hidden />}
              onClick={() =>
                onChange(Object.fromEntries(Object.entries(byBackend).filter(([id]) => id !== backendId)))
              }
            />
          </header>
          <OverrideRows
            backendId={backendId}
            texts={texts}
            errors={errors}
            set={(change) => onChange({ ...byBackend, [backendId]: { ...texts, ...change } })}
          />
        </section>
      ))}
    </Panel>
  );
}

const MODES = [
  { value: 'general', label: t('As for all') },
  { value: 'own', label: t('Its own') },
  { value: 'off', label: t('Off') },
] as const;
/** A limit of the day of one backend stands beside the one over all, so there is nothing to switch off. */
const DAY_MODES = [
  { value: 'general', label: t('None of its own') },
  { value: 'own', label: t('Its own') },
] as const;
const EXPIRY_MODES = MODES.slice(0, 2);
const REPEATS = [
  { value: 'general', label: t('As for all') },
  { value: 'replace', label: t('The newest replaces') },
  { value: 'each', label: t('Each stands') },
] as const;

interface OverrideRowsProps {
  backendId: string;
  texts: OverrideTexts;
  errors: LimitErrors;
  set: (change: Partial<OverrideTexts>) => void;
}

function OverrideRows({ backendId, texts, errors, set }: OverrideRowsProps) {
  return (
    <div className="flex flex-col gap-1.5">
      {LIMIT_FIELDS.map(({ id, label, unit, group }) => (
        <OwnRow
          key={id}
          label={label}
          unit={unit}
          modes={group === 'day' ? DAY_MODES : MODES}
          own={texts[id]}
          error={errors[`${backendId}:${id}`]}
          onChange={(own) => set({ [id]: own })}
        />
      ))}
      <OwnRow
        label={t('A proposal expires after')}
        unit={t('minutes')}
        modes={EXPIRY_MODES}
        own={texts.expiry}
        error={errors[`${backendId}:expiry`]}
        onChange={(expiry) => set({ expiry })}
      />
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-48 flex-1 text-xs text-muted">{t('Repeated proposals')}</span>
        <Select
          size="sm"
          aria-label={t('Repeated proposals')}
          className="w-44"
          value={texts.repeats}
          options={REPEATS}
          onChange={(repeats) => set({ repeats })}
        />
        <span className="w-44" />
      </div>
    </div>
  );
}

interface OwnRowProps {
  label: string;
  unit: string;
  modes: readonly { value: OwnText['mode']; label: string }[];
  own: OwnText;
  error: string | undefined;
  onChange: (own: OwnText) => void;
}

function OwnRow({ label, unit, modes, own, error, onChange }: OwnRowProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="min-w-48 flex-1 text-xs text-muted">{label}</span>
      <Select
        size="sm"
        aria-label={label}
        className="w-44"
        value={own.mode}
        options={modes}
        onChange={(mode) => onChange({ ...own, mode })}
      />
      <span className="flex w-44 items-center gap-2">
        {own.mode === 'own' && (
          <>
            <Input
              aria-label={t('{label}, in {unit}', { label, unit })}
              aria-invalid={error === undefined ? undefined : true}
              inputMode="decimal"
              className="figures !h-7 !w-24"
              value={own.text}
              onChange={(event) => onChange({ ...own, text: event.target.value })}
            />
            <span className="text-2xs text-faint">{unit}</span>
          </>
        )}
      </span>
      {error !== undefined && <p className="w-full text-right text-xs text-danger">{error}</p>}
    </div>
  );
}

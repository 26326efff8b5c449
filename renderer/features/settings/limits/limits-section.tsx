import { useState } from 'react';

import { proposalKind } from '#shared/domain/approvals/approval.ts';
import type { Limits } from '#shared/domain/approvals/limits.ts';
import { t } from '#shared/words.ts';

import { useSettings } from '../../../stores/settings.ts';
import { Switch } from '../../../ui/controls.tsx';
import { Field, Input } from '../../../ui/field.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { KIND_LABELS, LIMIT_FIELDS } from './limit-fields.ts';
import type { LimitErrors, LimitTexts } from './limit-texts.ts';
import { contradictions, limitTexts, readLimitTexts } from './limit-texts.ts';
import { LimitsByBackend } from './limits-by-backend.tsx';
import { LimitsByQuantity } from './limits-by-quantity.tsx';
import { OptionalSetting } from '../parts/optional-setting.tsx';
import { SaveActions } from '../parts/save-actions.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';

/** The person's own limits (A4). They change only when saved, all together. */
export function LimitsSection() {
  const limits = useSettings()?.limits;
  return limits === undefined ? null : <LimitsForm key={JSON.stringify(limits)} limits={limits} />;
}

function LimitsForm({ limits }: { limits: Limits }) {
  const [texts, setTexts] = useState<LimitTexts>(() => limitTexts(limits));
  const [busy, setBusy] = useState(false);
  const read = readLimitTexts(texts);
  const errors = read.ok ? {} : read.errors;
  const changed = JSON.stringify(texts) !== JSON.stringify(limitTexts(limits));
  const set = (change: Partial<LimitTexts>) => setTexts({ ...texts, ...change });

  async function save(): Promise<void> {
    if (!read.ok) return;
    setBusy(true);
    await saveSetting({ limits: read.limits });
    setBusy(false);
  }

  return (
    <div className="flex flex-col gap-4">
      <Panel
        title={t('Limits')}
        actions={
          <SaveActions
            label={t('Save limits')}
            changed={changed}
            ready={read.ok}
            busy={busy}
            onUndo={() => setTexts(limitTexts(limits))}
            onSave={() => void save()}
          />
        }
      >
        <p className="border-b border-line px-4 py-3 text-xs leading-relaxed text-muted">
          {t(
            'Checked by Quarterdeck at the moment you approve, over all backends, practice and real apart. They limit what you and your rules send from here; they do not limit what a bot does by itself.',
          )}
        </p>
        <Figures texts={texts} errors={errors} set={set} never={read.ok ? contradictions(read.limits) : []} />
      </Panel>
      <LimitsByQuantity
        quantities={texts.quantities}
        errors={errors}
        onChange={(quantities) => set({ quantities })}
      />
      <Panel title={t('How long a proposal stands')}>
        <Expiry texts={texts} errors={errors} set={set} />
        <div className="border-t border-line">
          <SettingRow
            label={t('A repeated proposal replaces the one before it')}
            help={t(
              'When a bot asks the very same again, only the newest can be approved. Switch it off for a bot that means each of them.',
            )}
          >
            <Switch
              aria-label={t('A repeated proposal replaces the one before it')}
              checked={texts.repeatsReplace}
              onChange={(repeatsReplace) => set({ repeatsReplace })}
            />
          </SettingRow>
        </div>
      </Panel>
      <LimitsByBackend
        byBackend={texts.byBackend}
        errors={errors}
        onChange={(byBackend) => set({ byBackend })}
      />
    </div>
  );
}

interface PartProps {
  texts: LimitTexts;
  errors: LimitErrors;
  set: (change: Partial<LimitTexts>) => void;
}

function Figures({ texts, errors, set, never }: PartProps & { never: readonly string[] }) {
  return (
    <div className="flex flex-col gap-5 p-4">
      {LIMIT_FIELDS.map(({ id, label, help, unit }) => (
        <div key={id} className="flex flex-col gap-2">
          <OptionalSetting
            label={label}
            help={help}
            unit={unit}
            on={texts[id].on}
            text={texts[id].text}
            error={errors[id]}
            onChange={(on, text) => set({ [id]: { on, text } })}
          />
          {never.includes(id) && (
            <p role="status" className="rounded-md bg-warn-soft px-3 py-2 text-xs text-warn">
              {t('The hard limit is not above this one, so the second question will never be asked.')}
            </p>
          )}
        </div>
      ))}
    </div>
  );
}

function Expiry({ texts, errors, set }: PartProps) {
  return (
    <div className="flex flex-col gap-5 p-4">
      <Field
        label={t('A proposal expires after')}
        help={t('Used where the backend sets no expiry of its own. 1 to 10,080 minutes.')}
        error={errors.expiry}
      >
        {(aria) => (
          <span className="flex w-56 items-center gap-2">
            <Input
              {...aria}
              inputMode="numeric"
              className="figures"
              value={texts.expiry}
              onChange={(event) => set({ expiry: event.target.value })}
            />
            <span className="text-xs text-muted">{t('minutes')}</span>
          </span>
        )}
      </Field>
      {proposalKind.options.map((kind) => (
        <OptionalSetting
          key={kind}
          label={KIND_LABELS[kind]}
          help={t('Another expiry for this kind of proposal.')}
          unit={t('minutes')}
          offWords={t('as above')}
          on={texts.expiryByKind[kind].on}
          text={texts.expiryByKind[kind].text}
          error={errors[`kind:${kind}`]}
          onChange={(on, text) => set({ expiryByKind: { ...texts.expiryByKind, [kind]: { on, text } } })}
        />
      ))}
    </div>
  );
}

import { useState } from 'react';

import type { WatchSettings } from '#shared/domain/panic/watch.ts';
import { t } from '#shared/words.ts';

import { useSliceValues } from '../../../stores/desk.ts';
import { BackendTag } from '../../../ui/backend-tag.tsx';
import { Select } from '../../../ui/controls.tsx';
import { Input } from '../../../ui/field.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Segmented } from '../../../ui/tabs.tsx';
import { OptionalSetting } from '../parts/optional-setting.tsx';
import { SaveActions } from '../parts/save-actions.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';
import type { StaleText, WatchErrors, WatchTexts } from './watch-texts.ts';
import { readWatchTexts, WATCH_FIELDS, watchTexts } from './watch-texts.ts';

const SPANS = [
  { value: 'day', label: t('Today') },
  { value: '7-days', label: t('7 days') },
  { value: '30-days', label: t('30 days') },
] as const;

/** The limits that press PANIC. They change only when saved, all together. */
export function WatchLimitsForm({ settings }: { settings: WatchSettings }) {
  const [texts, setTexts] = useState<WatchTexts>(() => watchTexts(settings));
  const [busy, setBusy] = useState(false);
  const read = readWatchTexts(texts);
  const errors = read.ok ? {} : read.errors;
  const changed = JSON.stringify(texts) !== JSON.stringify(watchTexts(settings));

  async function save(): Promise<void> {
    if (!read.ok) return;
    setBusy(true);
    await saveSetting({ watch: read.limits });
    setBusy(false);
  }

  return (
    <Panel
      title={t('Limits that press PANIC for you')}
      actions={
        <SaveActions
          label={t('Save limits')}
          changed={changed}
          ready={read.ok}
          busy={busy}
          onUndo={() => setTexts(watchTexts(settings))}
          onSave={() => void save()}
        />
      }
    >
      <p className="border-b border-line px-4 py-3 text-xs leading-relaxed text-muted">
        {t(
          'All off until you switch them on. They are watched over all real bots together, also with this window closed, and halt every one of them. A loss has to stand in three readings and a whole minute before it counts; figures that are old or not known never press. You are warned at 80 %.',
        )}
      </p>
      <div className="grid gap-x-6 gap-y-5 p-4 min-[1150px]:grid-cols-2">
        {WATCH_FIELDS.map(({ id, label, help, unit }) => (
          <OptionalSetting
            key={id}
            label={label}
            help={help}
            unit={unit}
            on={texts[id].on}
            text={texts[id].text}
            error={errors[id]}
            onChange={(on, text) => setTexts({ ...texts, [id]: { on, text } })}
          />
        ))}
      </div>
      <div className="border-t border-line">
        <SettingRow label={t('The peak is the highest of')} help={t('For the fall from the peak.')}>
          <Segmented
            label={t('The peak is the highest of')}
            value={texts.drawdownSpan}
            onChange={(drawdownSpan) => setTexts({ ...texts, drawdownSpan })}
            options={SPANS}
          />
        </SettingRow>
      </div>
      <StaleByBot
        texts={texts.staleOf}
        errors={errors}
        onChange={(staleOf) => setTexts({ ...texts, staleOf })}
      />
    </Panel>
  );
}

interface StaleByBotProps {
  texts: WatchTexts['staleOf'];
  errors: WatchErrors;
  onChange: (texts: WatchTexts['staleOf']) => void;
}

/** How old data may get differs by bot: one speaks every second, another once in a quarter of an hour. */
function StaleByBot({ texts, errors, onChange }: StaleByBotProps) {
  const backends = useSliceValues('backends').filter(
    ({ enabled, watchesOnly }) => enabled && watchesOnly !== true,
  );
  if (backends.length === 0) return null;
  return (
    <div className="border-t border-line px-4 py-3">
      <p className="mb-2 text-sm font-medium text-ink">{t('No new data, bot by bot')}</p>
      <ul className="flex flex-col gap-2">
        {backends.map(({ id, name }) => {
          const own: StaleText = texts[id] ?? { mode: 'same', minutes: '' };
          const set = (change: Partial<StaleText>) => onChange({ ...texts, [id]: { ...own, ...change } });
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <BackendTag backendId={id} className="min-w-40 flex-1" />
              {errors[id] !== undefined && <span className="text-xs text-danger">{errors[id]}</span>}
              {own.mode === 'own' && (
                <span className="flex items-center gap-2">
                  <Input
                    aria-label={t('Minutes for {name}', { name })}
                    inputMode="numeric"
                    className="figures w-16"
                    value={own.minutes}
                    aria-invalid={errors[id] !== undefined || undefined}
                    onChange={(event) => set({ minutes: event.target.value })}
                  />
                  <span className="text-xs text-muted">{t('minutes')}</span>
                </span>
              )}
              <Select
                size="sm"
                aria-label={t('Age of data for {name}', { name })}
                className="w-36"
                value={own.mode}
                onChange={(mode) => set({ mode, minutes: own.minutes === '' ? '15' : own.minutes })}
                options={[
                  { value: 'same', label: t('As above') },
                  { value: 'own', label: t('Its own limit') },
                  { value: 'off', label: t('Not watched') },
                ]}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

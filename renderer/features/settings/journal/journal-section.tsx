import { TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';

import type { Retention, RetentionPreview } from '#shared/domain/journal/journal.ts';
import { t } from '#shared/words.ts';

import { useEntry } from '../../../stores/desk.ts';
import { useSettings } from '../../../stores/settings.ts';
import { useDebounced } from '../../../stores/use-debounced.ts';
import type { Asked } from '../../../stores/use-request.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { cx } from '../../../ui/cx.ts';
import { formatBytes, formatCount } from '../../../ui/format.ts';
import { Panel, Stat } from '../../../ui/panel.tsx';
import { Spinner } from '../../../ui/spinner.tsx';
import { OptionalSetting } from '../parts/optional-setting.tsx';
import { PlaybackKept } from './playback-kept.tsx';
import type { RetentionTexts } from './retention-texts.ts';
import { previewWords, readRetentionTexts, retentionTexts } from './retention-texts.ts';
import { SaveActions } from '../parts/save-actions.tsx';
import { saveSetting } from '../parts/setting-row.tsx';

const TYPING_PAUSE_MS = 300;
const MEGABYTE = 1_024 * 1_024;

/** How long the journal is kept (D8). It changes only when saved, and what would go is said before. */
export function JournalSection() {
  const retention = useSettings()?.retention;
  return retention === undefined ? null : (
    <div className="flex flex-col gap-4">
      <RetentionForm key={JSON.stringify(retention)} retention={retention} />
      <PlaybackKept />
    </div>
  );
}

function RetentionForm({ retention }: { retention: Retention }) {
  const [texts, setTexts] = useState<RetentionTexts>(() => retentionTexts(retention));
  const [busy, setBusy] = useState(false);
  const read = useMemo(() => readRetentionTexts(texts), [texts]);
  const errors = read.ok ? {} : read.errors;
  const changed = JSON.stringify(texts) !== JSON.stringify(retentionTexts(retention));
  // While something cannot be read, what is in force is looked at.
  const wanted = read.ok ? read.retention : retention;
  const settled = useDebounced(wanted, TYPING_PAUSE_MS);
  const preview = useRequest('journal.retention-preview', { retention: settled });
  const isSettled = JSON.stringify(settled) === JSON.stringify(wanted) && !preview.loading;

  const field = (name: keyof Retention) => ({
    on: texts[name].on,
    text: texts[name].text,
    error: errors[name],
    onChange: (on: boolean, text: string) => setTexts({ ...texts, [name]: { on, text } }),
  });

  async function save(): Promise<void> {
    if (!read.ok) return;
    setBusy(true);
    await saveSetting({ retention: read.retention });
    setBusy(false);
  }

  return (
    <div className="flex flex-col gap-4">
      <Size />
      <Panel
        title={t('What is kept')}
        actions={
          <SaveActions
            label={t('Save')}
            changed={changed}
            // What would go has to stand there first.
            ready={read.ok && isSettled}
            busy={busy}
            onUndo={() => setTexts(retentionTexts(retention))}
            onSave={() => void save()}
          />
        }
      >
        <p className="border-b border-line px-4 py-3 text-xs leading-relaxed text-muted">
          {t(
            'What goes leaves an entry that says what was deleted, so that the chain can be followed over it. It goes a minute after saving at the earliest; an export made before keeps everything.',
          )}
        </p>
        <div className="flex flex-col gap-5 p-4">
          <OptionalSetting
            label={t('Keep entries for')}
            help={t('Alerts, trades, activity and whatever else is no decision. 1 to 36,500 days.')}
            unit={t('days')}
            offWords={t('for ever')}
            {...field('keepDays')}
          />
          <OptionalSetting
            label={t('Keep decisions for')}
            help={t('Approvals, commands, halts and what the desk did itself. 30 to 36,500 days.')}
            unit={t('days')}
            offWords={t('for ever')}
            {...field('keepDecisionsDays')}
          />
          <OptionalSetting
            label={t('Largest size of the journal')}
            help={t(
              'Above it the oldest entries go, whatever their age; never decisions, nor the last day. 16 to 1,000,000 MB.',
            )}
            unit="MB"
            offWords={t('any size')}
            {...field('maxSizeMb')}
          />
        </div>
        <Preview preview={preview} settled={isSettled} maxSizeMb={settled.maxSizeMb} />
      </Panel>
    </div>
  );
}

/** How much there is now. */
function Size() {
  const health = useEntry('journal', 'journal');
  return (
    <Panel title={t('The journal now')}>
      <dl className="grid grid-cols-2 gap-4 p-4">
        <Stat label={t('Entries')}>{health === undefined ? '—' : formatCount(health.entries)}</Stat>
        <Stat label={t('Size on disk')}>{health === undefined ? '—' : formatBytes(health.sizeBytes)}</Stat>
      </dl>
    </Panel>
  );
}

interface PreviewProps {
  preview: Asked<RetentionPreview>;
  settled: boolean;
  maxSizeMb: number | null;
}

function Preview({ preview: { value, trouble }, settled, maxSizeMb }: PreviewProps) {
  const sizeBytes = useEntry('journal', 'journal')?.sizeBytes ?? 0;
  const isTooLarge = maxSizeMb !== null && sizeBytes > maxSizeMb * MEGABYTE;
  const grave = settled && value !== null && value.entries > 0;
  return (
    <div
      role="status"
      aria-label={t('What would be deleted now')}
      className={cx(
        'flex min-h-10 items-center gap-2 border-t border-line px-4 py-2.5 text-xs',
        grave ? 'bg-warn-soft text-warn' : 'text-muted',
      )}
    >
      {!settled ? (
        <Spinner size={13} label={t('Looking for what would be deleted')} />
      ) : trouble !== null ? (
        t('What would be deleted could not be looked up. {trouble}', { trouble })
      ) : value === null ? null : (
        <>
          {grave && <TriangleAlert size={14} aria-hidden className="shrink-0" />}
          {previewWords(value, isTooLarge)}
        </>
      )}
    </div>
  );
}

import { useState } from 'react';

import type { PlaybackSettings } from '#shared/domain/journal/playback.ts';
import { t } from '#shared/words.ts';

import { useSettings } from '../../../stores/settings.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { formatBytes, formatCount, formatDateTime } from '../../../ui/format.ts';
import { Panel, Stat } from '../../../ui/panel.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { SaveActions } from '../parts/save-actions.tsx';
import { saveSetting } from '../parts/setting-row.tsx';

const BOUNDS: Record<keyof PlaybackSettings, { least: number; most: number }> = {
  keepDays: { least: 1, most: 365 },
  maxSizeMb: { least: 16, most: 100_000 },
};

/** How much of the past is kept for playback, and how much may be. */
export function PlaybackKept() {
  const playback = useSettings()?.playback;
  return playback === undefined ? null : <KeptForm key={JSON.stringify(playback)} playback={playback} />;
}

function KeptForm({ playback }: { playback: PlaybackSettings }) {
  const [days, setDays] = useState(String(playback.keepDays));
  const [size, setSize] = useState(String(playback.maxSizeMb));
  const [busy, setBusy] = useState(false);
  const kept = useRequest('playback.kept', {});
  const since = kept.value?.since ?? null;
  const trouble = kept.value?.trouble ?? null;
  const keepDays = readFigure('keepDays', days);
  const maxSizeMb = readFigure('maxSizeMb', size);
  const changed = days !== String(playback.keepDays) || size !== String(playback.maxSizeMb);

  async function save(): Promise<void> {
    if (keepDays === null || maxSizeMb === null) return;
    setBusy(true);
    await saveSetting({ playback: { keepDays, maxSizeMb } });
    setBusy(false);
  }

  return (
    <Panel
      title={t('Playback')}
      actions={
        <SaveActions
          label={t('Save')}
          changed={changed}
          ready={keepDays !== null && maxSizeMb !== null}
          busy={busy}
          onUndo={() => {
            setDays(String(playback.keepDays));
            setSize(String(playback.maxSizeMb));
          }}
          onSave={() => void save()}
        />
      }
    >
      {kept.trouble !== null ? (
        <ErrorState
          title={t('What is kept could not be read')}
          message={kept.trouble}
          onRetry={kept.reload}
        />
      ) : (
        <dl className="grid grid-cols-2 gap-4 border-b border-line p-4">
          <Stat label={t('Can be played since')}>
            {since === null ? t('Nothing yet') : formatDateTime(since)}
          </Stat>
          <Stat label={t('Size on disk')}>
            {kept.value === null ? '—' : formatBytes(kept.value.sizeBytes)}
          </Stat>
        </dl>
      )}
      {trouble !== null && (
        <p role="status" className="border-b border-line bg-warn-soft px-4 py-2.5 text-xs text-warn">
          {trouble}
        </p>
      )}
      <div className="flex flex-col gap-5 p-4">
        <p className="text-xs leading-relaxed text-muted">
          {t(
            'What every place showed is kept beside the journal, so that it can be played back. Less of it counts as soon as you save, and takes nothing from the journal.',
          )}
        </p>
        <TextField
          label={t('Keep for (days)')}
          help={t('1 to 365 days.')}
          inputMode="numeric"
          className="figures"
          fieldClassName="w-48"
          error={keepDays === null ? rangeWords('keepDays') : null}
          value={days}
          onText={setDays}
        />
        <TextField
          label={t('Largest size (MB)')}
          help={t('Above it the oldest goes, whatever its age. 16 to 100,000 MB.')}
          inputMode="numeric"
          className="figures"
          fieldClassName="w-48"
          error={maxSizeMb === null ? rangeWords('maxSizeMb') : null}
          value={size}
          onText={setSize}
        />
      </div>
    </Panel>
  );
}

/** `null` for what is no figure within the bounds. */
function readFigure(name: keyof PlaybackSettings, text: string): number | null {
  const value = /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : 0;
  return value >= BOUNDS[name].least && value <= BOUNDS[name].most ? value : null;
}

const rangeWords = (name: keyof PlaybackSettings): string =>
  t('Type a whole number from {count} to {count2}.', {
    count: formatCount(BOUNDS[name].least),
    count2: formatCount(BOUNDS[name].most),
  });

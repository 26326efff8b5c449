import { useState } from 'react';

import type { AttentionSettings } from '#shared/domain/settings/settings.ts';
import { t } from '#shared/words.ts';

import { useSettings } from '../../../stores/settings.ts';
import { Slider, Switch } from '../../../ui/controls.tsx';
import { formatShare } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';
import { Attempts } from './attempts.tsx';
import { MarketMovesPanel } from './market-moves-panel.tsx';
import { OccasionTable } from './occasion-table.tsx';
import { QuietPanel } from './quiet-panel.tsx';

/** How the desk gets a person's attention, and what became of each attempt (L1). */
export function AttentionSection() {
  const settings = useSettings();
  if (settings === null) return null;
  const { attention, attentionPolicy } = settings;
  const set = (change: Partial<AttentionSettings>) => void saveSetting({ attention: change });
  return (
    <div className="flex flex-col gap-4">
      <Panel title={t('Notifications and sound')}>
        <SettingRow
          label={t('Notifications')}
          help={t(
            'Shown by the system for new approvals, urgent alerts and halts. Switched off, everything still shows here.',
          )}
        >
          <Switch
            aria-label={t('Notifications')}
            checked={attention.notifications}
            onChange={(notifications) => set({ notifications })}
          />
        </SettingRow>
        <SettingRow label={t('Sound')}>
          <Switch aria-label={t('Sound')} checked={attention.sound} onChange={(sound) => set({ sound })} />
        </SettingRow>
        <SettingRow label={t('Sound volume')}>
          <VolumeSlider
            key={attention.volume}
            volume={attention.volume}
            onCommit={(volume) => set({ volume })}
          />
        </SettingRow>
      </Panel>
      <QuietPanel policy={attentionPolicy} />
      <OccasionTable policy={attentionPolicy} />
      <MarketMovesPanel moves={settings.marketMoves} />
      <Attempts />
    </div>
  );
}

function VolumeSlider({ volume, onCommit }: { volume: number; onCommit: (volume: number) => void }) {
  const [value, setValue] = useState(volume);
  return (
    <span className="flex w-56 items-center gap-3">
      <Slider
        aria-label={t('Sound volume')}
        value={value}
        onChange={setValue}
        onCommit={onCommit}
        min={0}
        max={1}
        step={0.05}
      />
      <span className="figures w-10 text-right text-xs text-muted">{formatShare(value * 100, 0)}</span>
    </span>
  );
}

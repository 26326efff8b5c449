import { t } from '#shared/words.ts';

import { useEntry } from '../../../stores/desk.ts';
import { useSettings } from '../../../stores/settings.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Switch } from '../../../ui/controls.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { HeartbeatPanel } from './heartbeat-panel.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';
import { WatchLimitsForm } from './watch-limits-form.tsx';
import { WatchedLimits } from './watched-limits.tsx';

/** What holds while nobody looks: limits that press PANIC, the heartbeat, sleep, and the question before quitting. */
export function WatchSection() {
  const settings = useSettings();
  const watch = useEntry('watch', 'watch');
  if (settings === null) return null;
  const { awake } = watch ?? { awake: { held: false, why: '' } };
  return (
    <div className="flex flex-col gap-4">
      <WatchLimitsForm key={JSON.stringify(settings.watch)} settings={settings.watch} />
      <WatchedLimits watch={watch} />
      <HeartbeatPanel heartbeat={settings.heartbeat} state={watch?.heartbeat} />
      <Panel title={t('This computer')}>
        <SettingRow
          label={t('Keep it awake while guarding')}
          help={
            awake.held
              ? awake.why
              : t(
                  'While something that may trade is connected or a limit is armed. The screen may go dark. A closed lid or an empty battery still ends it.',
                )
          }
        >
          {settings.watch.keepAwake &&
            (awake.held ? (
              <Badge tone="ok">{t('Kept awake')}</Badge>
            ) : awake.why === '' ? (
              <Badge>{t('May sleep: nothing to guard')}</Badge>
            ) : (
              <Badge tone="warn">{t('The system does not allow it')}</Badge>
            ))}
          <Switch
            aria-label={t('Keep it awake while guarding')}
            checked={settings.watch.keepAwake}
            onChange={(keepAwake) => void saveSetting({ watch: { keepAwake } })}
          />
        </SettingRow>
        <SettingRow
          label={t('Ask before quitting')}
          help={t(
            'Only while a real bot that may trade is connected. A shutdown of the system is never held up.',
          )}
        >
          <Switch
            aria-label={t('Ask before quitting')}
            checked={settings.watch.askBeforeQuit}
            onChange={(askBeforeQuit) => void saveSetting({ watch: { askBeforeQuit } })}
          />
        </SettingRow>
      </Panel>
    </div>
  );
}

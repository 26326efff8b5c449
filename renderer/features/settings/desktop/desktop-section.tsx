import type { DesktopStatus } from '#shared/domain/settings/desktop.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../../bridge.ts';
import { useSettings } from '../../../stores/settings.ts';
import { toast } from '../../../stores/toasts.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { Switch } from '../../../ui/controls.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { Sentence, slot } from '../../../ui/sentence.tsx';
import { SettingRow } from '../parts/setting-row.tsx';
import { HotkeyTable } from './hotkey-table.tsx';

/** How the desk lives among the other programs of this computer. */
export function DesktopSection() {
  const settings = useSettings();
  // Registering follows the settings, so how it stands is asked again whenever the keys are others.
  const keys = `${settings?.panic.hotkey ?? ''}/${settings?.desktop.showHotkey ?? ''}`;
  const { value: status, trouble, reload } = useRequest('desktop.status', {}, keys);
  if (status === null)
    return trouble === null ? (
      <SkeletonRows count={3} />
    ) : (
      <ErrorState title={t('This computer could not be asked')} message={trouble} onRetry={reload} />
    );
  return (
    <div className="flex flex-col gap-4">
      <Panel title={t('Keys that work in every program')}>
        <HotkeyTable status={status} />
        {status.hotkeyLimit !== null && (
          <p role="note" className="border-t border-line px-4 py-3 text-xs leading-relaxed text-warn">
            {status.hotkeyLimit}
          </p>
        )}
      </Panel>
      <Panel title={t('Start and tray')}>
        <StartAtLogin status={status} onChanged={reload} />
        <SettingRow label={t('Tray icon')} help={status.hasTray ? TRAY : NO_TRAY}>
          <span className="text-sm text-muted">
            {status.hasTray ? t('Shown') : t('Not shown by this desktop')}
          </span>
        </SettingRow>
      </Panel>
      <Panel title={t('Links')}>
        <p className="px-4 py-3.5 text-xs leading-relaxed text-muted">
          <Sentence
            text={t(
              '{link} opens a place, such as {place} or {item}, from a note, a chat or the system’s own keys. A link only ever opens; nothing is decided, sent or changed by one.',
              { link: slot('link'), place: slot('place'), item: slot('item') },
            )}
            parts={{
              link: <code className="selectable font-mono text-ink">quarterdeck://PLACE/ITEM</code>,
              place: <code className="selectable font-mono text-ink">quarterdeck://approvals</code>,
              item: <code className="selectable font-mono text-ink">quarterdeck://portfolio/BTC</code>,
            }}
          />
        </p>
      </Panel>
    </div>
  );
}

const TRAY = t('Closing the window leaves the desk running; the icon brings it back and has PANIC.');
const NO_TRAY =
  `${t('This desktop shows no tray icons, so that closing the window ends Quarterdeck, and a start at login shows the window.')} ` +
  t('On GNOME the extension “AppIndicator and KStatusNotifierItem Support” shows them.');

function StartAtLogin({ status, onChanged }: { status: DesktopStatus; onChanged: () => void }) {
  const { login, hasTray } = status;
  const where = hasTray ? t('to the tray, without a window') : t('with its window');
  async function set(on: boolean): Promise<void> {
    try {
      await request('desktop.start-at-login', { on });
    } catch (error) {
      toast.error(t('Start at login could not be changed'), { description: describeError(error) });
    }
    onChanged();
  }
  return (
    <SettingRow
      label={t('Start at login')}
      help={
        login.kind === 'unavailable' ? login.why : t('Starts {where}, so that nothing is missed.', { where })
      }
    >
      <Switch
        aria-label={t('Start at login')}
        checked={login.kind === 'on'}
        disabled={login.kind === 'unavailable'}
        onChange={(on) => void set(on)}
      />
    </SettingRow>
  );
}

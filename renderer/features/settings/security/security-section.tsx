import { LockKeyhole } from 'lucide-react';
import { useState } from 'react';

import type { LockedView } from '#shared/domain/settings/security.ts';
import { t } from '#shared/words.ts';

import { useLock } from '../../../stores/lock.ts';
import { useSettings } from '../../../stores/settings.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Select, Switch } from '../../../ui/controls.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/states.tsx';
import { lockDesk } from '../../lock/lock-desk.ts';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';
import { LockDialog } from './lock-dialog.tsx';

const VIEWS: readonly { value: LockedView; label: string }[] = [
  { value: 'nothing', label: t('Nothing') },
  { value: 'counts', label: t('Counts only') },
  { value: 'read-only', label: t('Everything, read-only') },
];

const AFTER = [
  { value: '', label: t('Never') },
  ...[1, 2, 5, 10, 15, 30, 60].map((minutes) => ({
    value: String(minutes),
    label: t('{minutes} min', { minutes }),
  })),
];

/** How the desk is locked, what shows then, and what still works. */
export function SecuritySection() {
  const settings = useSettings();
  const lock = useLock((state) => state.status);
  const [asked, setAsked] = useState<'set' | 'remove' | null>(null);
  if (settings === null || lock === null) return <SkeletonRows count={5} />;
  const { security } = settings;
  const isSet = lock.opensBy !== 'none';
  const after = security.lockAfterMinutes === null ? '' : String(security.lockAfterMinutes);

  return (
    <div className="flex flex-col gap-4">
      <Panel
        title={t('Lock')}
        actions={isSet ? <Badge tone="ok">{t('Set')}</Badge> : <Badge>{t('Not set up')}</Badge>}
      >
        <SettingRow
          label={t('What opens the desk')}
          help={
            isSet
              ? t('{what} The desk starts locked.', {
                  what:
                    lock.opensBy === 'vault'
                      ? t('The passphrase of the vault.')
                      : t('A PIN or passphrase of its own.'),
                })
              : t('Without a lock whoever sits before this screen can approve and halt.')
          }
        >
          {isSet && (
            <Button size="sm" variant="danger-quiet" onClick={() => setAsked('remove')}>
              {t('Remove')}
            </Button>
          )}
          <Button size="sm" variant={isSet ? 'secondary' : 'primary'} onClick={() => setAsked('set')}>
            {isSet ? t('Change') : t('Set up a lock')}
          </Button>
          {isSet && (
            <Button size="sm" icon={<LockKeyhole size={13} aria-hidden />} onClick={() => void lockDesk()}>
              {t('Lock now')}
            </Button>
          )}
        </SettingRow>
        <SettingRow label={t('Lock after')} help={t('Without a key or a pointer, in any program.')}>
          <Select
            aria-label={t('Lock after')}
            size="sm"
            className="w-28"
            disabled={!isSet}
            value={after}
            options={AFTER}
            onChange={(value) =>
              void saveSetting({ security: { lockAfterMinutes: value === '' ? null : Number(value) } })
            }
          />
        </SettingRow>
        <SettingRow
          label={t('Lock with the system')}
          help={t(
            'When the computer’s own lock screen comes up. macOS and Windows tell of it; Linux desktops do not.',
          )}
        >
          <Switch
            aria-label={t('Lock with the system')}
            disabled={!isSet}
            checked={security.lockWithSystem}
            onChange={(lockWithSystem) => void saveSetting({ security: { lockWithSystem } })}
          />
        </SettingRow>
      </Panel>
      <Panel title={t('While it is locked')}>
        <SettingRow
          label={t('What shows')}
          help={t(
            'PANIC shows always, in the window, in the tray and by its hotkey. The window holds nothing that it does not show.',
          )}
        >
          <Select
            aria-label={t('What shows while locked')}
            size="sm"
            className="w-48"
            value={security.whileLocked}
            options={VIEWS}
            onChange={(whileLocked) => void saveSetting({ security: { whileLocked } })}
          />
        </SettingRow>
        <SettingRow
          label={t('Notifications say what they are about')}
          help={t('On this computer and in every channel. Off: they say only that something waits.')}
        >
          <Switch
            aria-label={t('Notifications say what they are about')}
            checked={security.textsWhileLocked}
            onChange={(textsWhileLocked) => void saveSetting({ security: { textsWhileLocked } })}
          />
        </SettingRow>
        <SettingRow
          label={t('Decide from the tray and notifications')}
          help={t('Off: approving and declining there is refused until the desk is unlocked.')}
        >
          <Switch
            aria-label={t('Decide from the tray and notifications')}
            checked={security.decideWhileLocked}
            onChange={(decideWhileLocked) => void saveSetting({ security: { decideWhileLocked } })}
          />
        </SettingRow>
      </Panel>
      <p className="px-1 text-xs leading-relaxed text-faint">
        {t(
          'The lock keeps out who sits before this screen. Whoever can read the folder where data is kept can remove it: deleting lock.json there is also the way back if you forget the PIN. Secrets stay encrypted.',
        )}
      </p>
      {asked !== null && <LockDialog mode={asked} lock={lock} onClose={() => setAsked(null)} />}
    </div>
  );
}

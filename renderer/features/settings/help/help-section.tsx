import { Archive, Stethoscope } from 'lucide-react';
import { useState } from 'react';

import type { LogLevel, SelfCheck } from '#shared/domain/settings/diagnostics.ts';
import { t } from '#shared/words.ts';

import { request } from '../../../bridge.ts';
import { useSettings } from '../../../stores/settings.ts';
import { toast } from '../../../stores/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/controls.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { FormTrouble } from '../parts/form-trouble.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';
import { useNamedAct } from '../parts/use-named-act.ts';
import { CheckList } from './check-list.tsx';

const LEVELS: readonly { value: LogLevel; label: string }[] = [
  { value: 'error', label: t('Errors') },
  { value: 'warn', label: t('Errors and warnings') },
  { value: 'info', label: t('What happens') },
  { value: 'debug', label: t('Everything') },
];

/** What to do where something does not work: a check of the whole desk, and an archive for whoever helps. */
export function HelpSection() {
  const level = useSettings()?.diagnostics.logLevel;
  const [checks, setChecks] = useState<SelfCheck[] | null>(null);
  const { busy, trouble, run } = useNamedAct<'check' | 'save'>();

  const check = () => run('check', async () => setChecks(await request('help.self-check', {})));
  const save = () =>
    run('save', async () => {
      const done = await request('help.save-bundle', {});
      if (done !== null) toast.success(t('Diagnostics saved'), { description: done.path });
    });

  return (
    <div className="flex flex-col gap-4">
      <Panel
        title={t('Self-check')}
        actions={
          <Button
            size="sm"
            icon={<Stethoscope size={13} aria-hidden />}
            busy={busy === 'check'}
            onClick={() => void check()}
          >
            {checks === null ? t('Check now') : t('Check again')}
          </Button>
        }
      >
        {checks === null ? (
          <p className="px-4 py-3.5 text-sm text-muted">
            {t(
              'Looks at the vault, the journal, the disk, notifications, sound, hotkeys, the clock and each backend, and says what to do. It changes nothing, and no bot is asked to act.',
            )}
          </p>
        ) : (
          <CheckList checks={checks} />
        )}
      </Panel>
      <Panel title={t('For whoever helps')}>
        <SettingRow
          label={t('Save diagnostics')}
          help={t(
            'One archive: versions, the self-check, connections, settings and logs. Kept secrets are taken out by their value, and so is what looks like one. Look through it before you give it away.',
          )}
        >
          <Button
            size="sm"
            icon={<Archive size={13} aria-hidden />}
            busy={busy === 'save'}
            onClick={() => void save()}
          >
            {t('Save diagnostics')}
          </Button>
        </SettingRow>
        <SettingRow
          label={t('What the log says')}
          help={t('Kept small: the oldest part goes. Secrets are taken out before a line is written.')}
        >
          {level !== undefined && (
            <Select
              aria-label={t('What the log says')}
              className="w-48"
              value={level}
              options={LEVELS}
              onChange={(logLevel) => void saveSetting({ diagnostics: { logLevel } })}
            />
          )}
        </SettingRow>
      </Panel>
      {trouble !== null && <FormTrouble words={trouble} />}
    </div>
  );
}

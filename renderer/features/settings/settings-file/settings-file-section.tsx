import { FileDown, FileUp, Undo2 } from 'lucide-react';
import { useState } from 'react';

import type { ImportPreview } from '#shared/domain/settings/settings-file.ts';
import { t } from '#shared/words.ts';

import { request } from '../../../bridge.ts';
import { toast } from '../../../stores/toasts.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { Button } from '../../../ui/button.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { When } from '../../../ui/when.tsx';
import { FormTrouble } from '../parts/form-trouble.tsx';
import { SettingRow } from '../parts/setting-row.tsx';
import { useNamedAct } from '../parts/use-named-act.ts';
import { ImportDialog } from './import-dialog.tsx';

/** Settings as a file: saved, taken from one after a look at what would change, and taken back. */
export function SettingsFileSection() {
  const { value: last, reload } = useRequest('settings-file.last', {});
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const { busy, trouble, run } = useNamedAct<'export' | 'open' | 'undo'>();

  const save = () =>
    run('export', async () => {
      const done = await request('settings-file.export', {});
      if (done !== null) toast.success(t('Settings saved'), { description: done.path });
    });
  const open = () => run('open', async () => setPreview(await request('settings-file.open', {})));
  const undo = () =>
    run('undo', async () => {
      const { ok, message } = await request('settings-file.undo', {});
      if (!ok) throw new Error(message);
      toast.success(t('Import taken back'), { description: message });
      reload();
    });

  return (
    <div className="flex flex-col gap-4">
      <Panel title={t('Settings as a file')}>
        <SettingRow
          label={t('Save the settings')}
          help={t(
            'Everything you set here: backends, limits, rules, channels, price alerts, looks and keys. No secret is in it; addresses, names and recipients are.',
          )}
        >
          <Button
            size="sm"
            icon={<FileDown size={13} aria-hidden />}
            busy={busy === 'export'}
            onClick={() => void save()}
          >
            {t('Save to a file')}
          </Button>
        </SettingRow>
        <SettingRow
          label={t('Take settings from a file')}
          help={t(
            'You see what would change first. Nothing here is removed, rules and new channels arrive switched off, and nothing acts.',
          )}
        >
          <Button
            size="sm"
            icon={<FileUp size={13} aria-hidden />}
            busy={busy === 'open'}
            onClick={() => void open()}
          >
            {t('Open a file')}
          </Button>
        </SettingRow>
        {last !== null && (
          <SettingRow
            label={t('Undo import')}
            help={
              <>
                {t('{fileName} was taken', { fileName: last.fileName })} <When atMs={last.atMs} />
                {t('. Undoing brings back what was set before it; what you changed since goes with it.')}
              </>
            }
          >
            <Button
              size="sm"
              icon={<Undo2 size={13} aria-hidden />}
              busy={busy === 'undo'}
              onClick={() => void undo()}
            >
              {t('Undo import')}
            </Button>
          </SettingRow>
        )}
      </Panel>
      {trouble !== null && <FormTrouble words={trouble} />}
      {preview !== null && (
        <ImportDialog
          preview={preview}
          onClose={(taken) => {
            setPreview(null);
            if (taken) reload();
          }}
        />
      )}
    </div>
  );
}

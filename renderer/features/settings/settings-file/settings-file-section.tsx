import { FileDown, FileUp, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';

import type { ImportPreview } from '#shared/domain/settings-file.ts';

import { request } from '../../../bridge.ts';
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
      if (done !== null) toast.success('Settings saved', { description: done.path });
    });
  const open = () => run('open', async () => setPreview(await request('settings-file.open', {})));
  const undo = () =>
    run('undo', async () => {
      const { ok, message } = await request('settings-file.undo', {});
      if (!ok) throw new Error(message);
      toast.success('Import taken back', { description: message });
      reload();
    });

  return (
    <div className="flex flex-col gap-4">
      <Panel title="Settings as a file">
        <SettingRow
          label="Save the settings"
          help="Everything you set here: backends, limits, rules, channels, price alerts, looks and keys. No secret is in it; addresses, names and recipients are."
        >
          <Button
            size="sm"
            icon={<FileDown size={13} aria-hidden />}
            busy={busy === 'export'}
            onClick={() => void save()}
          >
            Save to a file
          </Button>
        </SettingRow>
        <SettingRow
          label="Take settings from a file"
          help="You see what would change first. Nothing here is removed, rules and new channels arrive switched off, and nothing acts."
        >
          <Button
            size="sm"
            icon={<FileUp size={13} aria-hidden />}
            busy={busy === 'open'}
            onClick={() => void open()}
          >
            Open a file
          </Button>
        </SettingRow>
        {last !== null && (
          <SettingRow
            label="Undo import"
            help={
              <>
                {last.fileName} was taken <When atMs={last.atMs} />. Undoing brings back what was set before
                it; what you changed since goes with it.
              </>
            }
          >
            <Button
              size="sm"
              icon={<Undo2 size={13} aria-hidden />}
              busy={busy === 'undo'}
              onClick={() => void undo()}
            >
              Undo import
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

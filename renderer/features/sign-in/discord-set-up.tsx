import { useState } from 'react';

import type { SignInSettings } from '#shared/domain/backends/sign-in.ts';
import { redirectUri, signInSettings } from '#shared/domain/backends/sign-in.ts';
import { t } from '#shared/words.ts';

import { describeError } from '../../bridge.ts';
import { changeSettings } from '../../stores/settings.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FormDialog } from '../settings/parts/form-dialog.tsx';

/** The person's own application at Discord: its client id, and the address that it has to name. */
export function DiscordSetUp({
  settings,
  onClose,
}: {
  settings: SignInSettings;
  onClose: (saved: boolean) => void;
}) {
  const [clientId, setClientId] = useState(settings.discordClientId ?? '');
  const [port, setPort] = useState(String(settings.port));
  const [trouble, setTrouble] = useState<string | null>(null);
  const read = signInSettings.safeParse({ discordClientId: clientId.trim(), port: Number(port) });
  const wrong = new Set(read.success ? [] : read.error.issues.map((issue) => issue.path[0]));
  const address = wrong.has('port') ? null : redirectUri(Number(port));

  async function save(): Promise<void> {
    if (!read.success) return;
    try {
      await changeSettings({ signIn: read.data });
      onClose(true);
    } catch (error) {
      setTrouble(describeError(error));
    }
  }

  return (
    <FormDialog
      title={t('Set up signing in with Discord')}
      description={t(
        'Make an application at Discord’s developer portal, switch on Public Client under OAuth2, and add the redirect below. No secret is needed.',
      )}
      action={t('Save')}
      ready={read.success}
      trouble={trouble}
      onSave={() => void save()}
      onClose={() => onClose(false)}
    >
      <TextField
        label={t('Client id')}
        help={t('A number of about 19 digits, on the page of your application.')}
        error={clientId !== '' && wrong.has('discordClientId') ? t('A number of 15 to 22 digits.') : null}

        inputMode="numeric"
        className="figures"
        maxLength={24}
        value={clientId}
        onText={setClientId}
      />
      <TextField
        label={t('Port')}
        help={t('Quarterdeck listens on it only while you sign in.')}
        error={wrong.has('port') ? t('From 1024 to 65535.') : null}

        inputMode="numeric"
        className="figures !w-28"
        maxLength={5}
        value={port}
        onText={setPort}
      />
      {address !== null && (
        <div className="flex flex-col gap-1">
          <span className="text-xs font-medium text-muted">{t('Redirect to add at Discord')}</span>
          <span className="flex items-center gap-2">
            <code className="selectable font-mono text-xs text-ink">{address}</code>
            <CopyButton text={address} label={t('Copy the redirect')} />
          </span>
        </div>
      )}
    </FormDialog>
  );
}

import { useState } from 'react';

import { SHORTEST_PASSPHRASE } from '#shared/ipc/vault-requests.ts';
import { t } from '#shared/words.ts';

import { request } from '../../bridge.ts';
import { FormDialog } from '../settings/parts/form-dialog.tsx';
import { PassphraseField } from './passphrase-field.tsx';
import { useVaultAct } from './use-vault-act.ts';

interface PassphraseDialogProps {
  /** A change asks for the present one first. */
  mode: 'set' | 'change';
  onClose: () => void;
}

/** A new passphrase, typed twice. Nobody can read it back, and the dialog says what that means. */
export function PassphraseDialog({ mode, onClose }: PassphraseDialogProps) {
  const [current, setCurrent] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const { busy, trouble, run } = useVaultAct();
  const tooShort = passphrase !== '' && passphrase.length < SHORTEST_PASSPHRASE;
  const differs = repeated !== '' && repeated !== passphrase;
  const ready =
    passphrase.length >= SHORTEST_PASSPHRASE && repeated === passphrase && (mode === 'set' || current !== '');

  async function save(): Promise<void> {
    const done = await run(() =>
      mode === 'set'
        ? request('vault.use-passphrase', { passphrase })
        : request('vault.change-passphrase', { current, passphrase }),
    );
    if (done) onClose();
  }

  return (
    <FormDialog
      title={mode === 'set' ? t('A passphrase for your secrets') : t('Change the passphrase')}
      description={t(
        'Quarterdeck asks for it once after each start and keeps it nowhere. If you forget it, every secret has to be entered again; nobody can bring them back.',
      )}
      action={mode === 'set' ? t('Encrypt secrets') : t('Change it')}
      ready={ready}
      busy={busy}
      trouble={trouble}
      onSave={() => void save()}
      onClose={onClose}
    >
      {mode === 'change' && (
        <PassphraseField
          autoComplete="new-password"
          label={t('Present passphrase')}
          value={current}
          onText={setCurrent}
        />
      )}
      <PassphraseField
        autoComplete="new-password"
        label={t('New passphrase')}
        help={t(
          'At least {shortestPassphrase} characters. Four words that do not belong together are good and can be kept in mind.',
          { shortestPassphrase: SHORTEST_PASSPHRASE },
        )}
        error={
          tooShort
            ? t('At least {shortestPassphrase} characters.', { shortestPassphrase: SHORTEST_PASSPHRASE })
            : null
        }
        value={passphrase}
        onText={setPassphrase}
      />
      <PassphraseField
        autoComplete="new-password"
        label={t('The same again')}
        error={differs ? t('It differs from the first.') : null}
        value={repeated}
        onText={setRepeated}
      />
    </FormDialog>
  );
}

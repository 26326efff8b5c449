import { useId, useState } from 'react';

import { SHORTEST_PASSPHRASE } from '#shared/ipc/vault-requests.ts';

import { request } from '../../bridge.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { FormTrouble } from '../settings/parts/form-trouble.tsx';
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
  const formId = useId();
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
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="sm"
      title={mode === 'set' ? 'A passphrase for your secrets' : 'Change the passphrase'}
      description="Quarterdeck asks for it once after each start and keeps it nowhere. If you forget it, every secret has to be entered again; nobody can bring them back."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button form={formId} type="submit" variant="primary" busy={busy} disabled={!ready}>
            {mode === 'set' ? 'Encrypt secrets' : 'Change it'}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-3.5 pt-1"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void save();
        }}
      >
        {mode === 'change' && <Secret label="Present passphrase" value={current} onChange={setCurrent} />}
        <Secret
          label="New passphrase"
          help={`At least ${SHORTEST_PASSPHRASE} characters. Four words that do not belong together are good and can be kept in mind.`}
          error={tooShort ? `At least ${SHORTEST_PASSPHRASE} characters.` : null}
          value={passphrase}
          onChange={setPassphrase}
        />
        <Secret
          label="The same again"
          error={differs ? 'It differs from the first.' : null}
          value={repeated}
          onChange={setRepeated}
        />
        {trouble !== null && <FormTrouble words={trouble} />}
      </form>
    </Dialog>
  );
}

interface SecretProps {
  label: string;
  help?: string;
  error?: string | null;
  value: string;
  onChange: (value: string) => void;
}

const Secret = ({ label, help, error, value, onChange }: SecretProps) => (
  <Field label={label} help={help} error={error}>
    {(aria) => (
      <Input
        {...aria}
        type="password"
        autoComplete="new-password"
        maxLength={1_000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

import { useId, useState } from 'react';

import type { LockStatus } from '#shared/ipc/lock-requests.ts';
import { SHORTEST_PIN } from '#shared/ipc/lock-requests.ts';

import { request } from '../../../bridge.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Input, Select } from '../../../ui/field.tsx';
import { useVaultAct } from '../../vault/use-vault-act.ts';
import { FormTrouble } from '../parts/form-trouble.tsx';

interface LockDialogProps {
  mode: 'set' | 'remove';
  lock: LockStatus;
  onClose: () => void;
}

/** Sets, changes or removes what opens the desk. Whoever changes it has to be able to open it. */
export function LockDialog({ mode, lock, onClose }: LockDialogProps) {
  const [opensBy, setOpensBy] = useState<'own' | 'vault'>('own');
  const [current, setCurrent] = useState('');
  const [text, setText] = useState('');
  const [repeated, setRepeated] = useState('');
  const { busy, trouble, run } = useVaultAct();
  const formId = useId();
  const isSet = lock.opensBy !== 'none';
  const isOwn = opensBy === 'own';
  const ready =
    (!isSet || current !== '') &&
    (mode === 'remove' || (isOwn ? text.length >= SHORTEST_PIN && text === repeated : text !== ''));

  async function save(): Promise<void> {
    const done = await run(() =>
      mode === 'remove'
        ? request('lock.remove', { current })
        : request('lock.set', { opensBy, text, current: isSet ? current : null }),
    );
    if (done) onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="sm"
      title={mode === 'remove' ? 'Remove the lock' : isSet ? 'Change what opens the desk' : 'Set up a lock'}
      {...(mode === 'set'
        ? { description: 'The desk starts locked from then on. PANIC works all the same.' }
        : {})}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            form={formId}
            type="submit"
            variant={mode === 'remove' ? 'danger' : 'primary'}
            busy={busy}
            disabled={!ready}
          >
            {mode === 'remove' ? 'Remove' : isSet ? 'Change' : 'Set'}
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
        {isSet && <Word label="What opens it now" value={current} onChange={setCurrent} />}
        {mode === 'set' && (
          <>
            {lock.vaultHasPassphrase && (
              <Field label="Opens by">
                {(aria) => (
                  <Select
                    {...aria}
                    value={opensBy}
                    options={[
                      { value: 'own', label: 'A PIN or passphrase of its own' },
                      { value: 'vault', label: 'The passphrase of the vault' },
                    ]}
                    onChange={setOpensBy}
                  />
                )}
              </Field>
            )}
            <Word
              label={isOwn ? 'New PIN or passphrase' : 'Passphrase of the vault'}
              help={
                isOwn
                  ? `At least ${SHORTEST_PIN} characters. Wrong ones make each next try wait longer.`
                  : undefined
              }
              value={text}
              onChange={setText}
            />
            {isOwn && (
              <Word
                label="The same again"
                error={repeated !== '' && repeated !== text ? 'It differs from the first.' : null}
                value={repeated}
                onChange={setRepeated}
              />
            )}
          </>
        )}
        {trouble !== null && <FormTrouble words={trouble} />}
      </form>
    </Dialog>
  );
}

interface WordProps {
  label: string;
  help?: string | undefined;
  error?: string | null;
  value: string;
  onChange: (value: string) => void;
}

const Word = ({ label, help, error, value, onChange }: WordProps) => (
  <Field label={label} help={help} error={error}>
    {(aria) => (
      <Input
        {...aria}
        type="password"
        autoComplete="off"
        maxLength={1_000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

import { useState } from 'react';

import type { LockStatus } from '#shared/ipc/lock-requests.ts';
import { SHORTEST_PIN } from '#shared/ipc/lock-requests.ts';
import { t } from '#shared/words.ts';

import { request } from '../../../bridge.ts';
import { Select } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/field.tsx';
import { PassphraseField } from '../../vault/passphrase-field.tsx';
import { useVaultAct } from '../../vault/use-vault-act.ts';
import { FormDialog } from '../parts/form-dialog.tsx';

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
    <FormDialog
      title={
        mode === 'remove'
          ? t('Remove the lock')
          : isSet
            ? t('Change what opens the desk')
            : t('Set up a lock')
      }
      {...(mode === 'set'
        ? { description: t('The desk starts locked from then on. PANIC works all the same.') }
        : {})}
      action={mode === 'remove' ? t('Remove') : isSet ? t('Change') : t('Set')}
      variant={mode === 'remove' ? 'danger' : 'primary'}
      ready={ready}
      busy={busy}
      trouble={trouble}
      onSave={() => void save()}
      onClose={onClose}
    >
      {isSet && (
        <PassphraseField
          autoComplete="off"
          label={t('What opens it now')}
          value={current}
          onText={setCurrent}
        />
      )}
      {mode === 'set' && (
        <>
          {lock.vaultHasPassphrase && (
            <Field label={t('Opens by')}>
              {(aria) => (
                <Select
                  {...aria}
                  value={opensBy}
                  options={[
                    { value: 'own', label: t('A PIN or passphrase of its own') },
                    { value: 'vault', label: t('The passphrase of the vault') },
                  ]}
                  onChange={setOpensBy}
                />
              )}
            </Field>
          )}
          <PassphraseField
            autoComplete="off"
            label={isOwn ? t('New PIN or passphrase') : t('Passphrase of the vault')}
            help={
              isOwn
                ? t('At least {shortestPin} characters. Wrong ones make each next try wait longer.', {
                    shortestPin: SHORTEST_PIN,
                  })
                : undefined
            }
            value={text}
            onText={setText}
          />
          {isOwn && (
            <PassphraseField
              autoComplete="off"
              label={t('The same again')}
              error={repeated !== '' && repeated !== text ? t('It differs from the first.') : null}
              value={repeated}
              onText={setRepeated}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}

import { KeyRound, LockKeyhole, ShieldAlert, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';

import type { VaultStatus } from '#shared/ipc/vault-requests.ts';
import { t } from '#shared/words.ts';

import { request } from '../../../bridge.ts';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { PassphraseDialog } from '../../vault/passphrase-dialog.tsx';
import { UnlockForm } from '../../vault/unlock-form.tsx';
import { useVaultAct } from '../../vault/use-vault-act.ts';
import { FormTrouble } from '../parts/form-trouble.tsx';

type Asked = 'set' | 'change' | 'lock' | 'keychain' | 'forgotten';

/** How secrets are kept, and the ways to keep them otherwise. */
export function KeepingPanel({ vault }: { vault: VaultStatus }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const { busy, trouble, run } = useVaultAct();
  const { protection, locked, keychainTrouble, sessionChosen } = vault;
  const Icon = protection === 'session-only' ? ShieldAlert : locked ? LockKeyhole : ShieldCheck;
  const undecided = protection === 'session-only' && !sessionChosen;

  return (
    <section aria-label={t('How secrets are kept')} className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-start gap-3 p-4">
        <Icon
          size={18}
          aria-hidden
          className={cx('mt-0.5 shrink-0', protection === 'session-only' || locked ? 'text-warn' : 'text-ok')}
        />
        <div className="min-w-0 flex-1 basis-80">
          <p className="text-sm font-medium text-ink">{titleOf(vault)}</p>
          {/* The keychain's own sentence says what stands above it; every other one says more. */}
          {(protection !== 'system-keychain' || keychainTrouble !== null) && (
            <p className="selectable mt-0.5 text-xs leading-relaxed text-muted">{vault.explanation}</p>
          )}
          {locked && (
            <div className="mt-3">
              <UnlockForm />
            </div>
          )}
        </div>
        <div className="ml-auto flex shrink-0 flex-wrap justify-end gap-2 empty:hidden">
          {protection === 'system-keychain' && (
            <Button size="sm" onClick={() => setAsked('set')}>
              {t('Use a passphrase instead')}
            </Button>
          )}
          {protection === 'session-only' && sessionChosen && (
            <Button size="sm" onClick={() => setAsked('set')}>
              {t('Set a passphrase')}
            </Button>
          )}
          {protection === 'passphrase' && !locked && (
            <>
              <Button size="sm" onClick={() => setAsked('lock')}>
                {t('Lock now')}
              </Button>
              <Button size="sm" onClick={() => setAsked('change')}>
                {t('Change passphrase')}
              </Button>
              <Button size="sm" disabled={keychainTrouble !== null} onClick={() => setAsked('keychain')}>
                {t('Move to the keychain')}
              </Button>
            </>
          )}
          {locked && (
            <Button size="sm" variant="danger-quiet" onClick={() => setAsked('forgotten')}>
              {t('I forgot it')}
            </Button>
          )}
        </div>
      </div>
      {undecided && (
        <div className="grid gap-3 border-t border-line p-4 sm:grid-cols-2">
          <Choice
            icon={<KeyRound size={16} aria-hidden />}
            title={t('A passphrase')}
            words={t(
              'Secrets are kept encrypted on this computer. You type the passphrase once after each start.',
            )}
            action={
              <Button size="sm" variant="primary" onClick={() => setAsked('set')}>
                {t('Choose a passphrase')}
              </Button>
            }
          />
          <Choice
            icon={<ShieldAlert size={16} aria-hidden />}
            title={t('This session only')}
            words={t('Nothing is kept. You type every secret again after each start.')}
            action={
              <Button size="sm" busy={busy} onClick={() => void run(() => request('vault.use-session', {}))}>
                {t('Keep for this session')}
              </Button>
            }
          />
        </div>
      )}
      {trouble !== null && asked === null && (
        <div className="px-4 pb-4">
          <FormTrouble words={trouble} />
        </div>
      )}
      {(asked === 'set' || asked === 'change') && (
        <PassphraseDialog mode={asked} onClose={() => setAsked(null)} />
      )}
      {asked !== null && asked !== 'set' && asked !== 'change' && (
        <Question asked={asked} onClose={() => setAsked(null)} />
      )}
    </section>
  );
}

function titleOf({ protection, locked, sessionChosen }: VaultStatus): string {
  if (protection === 'system-keychain') return t('Encrypted with the keychain of this computer');
  if (protection === 'passphrase')
    return locked ? t('Locked: waits for your passphrase') : t('Encrypted with your passphrase');
  return sessionChosen ? t('Kept until Quarterdeck is closed') : t('How should secrets be kept?');
}

interface ChoiceProps {
  icon: ReactNode;
  title: string;
  words: string;
  action: ReactNode;
}

const Choice = ({ icon, title, words, action }: ChoiceProps) => (
  <div className="flex flex-col items-start gap-2 rounded-md border border-line p-3">
    <p className="flex items-center gap-2 text-sm font-medium text-ink">
      {icon} {title}
    </p>
    <p className="flex-1 text-xs leading-relaxed text-muted">{words}</p>
    {action}
  </div>
);

const QUESTIONS = {
  lock: {
    title: t('Lock the vault now?'),
    words: t(
      'Backends that need one of its secrets are disconnected until you give the passphrase, and PANIC cannot reach them meanwhile. To hide the desk and keep it running, lock the desk instead.',
    ),
    action: t('Lock the vault'),
    danger: true,
    ask: () => request('vault.lock', {}),
  },
  keychain: {
    title: t('Move secrets to the keychain?'),
    words: t('They are encrypted by the system’s keychain from then on, and no passphrase is asked for.'),
    action: t('Move them'),
    danger: false,
    ask: () => request('vault.use-keychain', {}),
  },
  forgotten: {
    title: t('Begin anew without the passphrase?'),
    words: t(
      'Nobody can open the vault without it. Beginning anew means that every secret in it has to be entered again. The old file is put aside, still encrypted, in case you remember.',
    ),
    action: t('Begin anew'),
    danger: true,
    ask: () => request('vault.start-anew', {}),
  },
} as const;

function Question({ asked, onClose }: { asked: keyof typeof QUESTIONS; onClose: () => void }) {
  const { title, words, action, danger, ask } = QUESTIONS[asked];
  const { busy, trouble, run } = useVaultAct();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="sm"
      title={title}
      description={words}
      footer={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button
            variant={danger ? 'danger' : 'primary'}
            busy={busy}
            onClick={() => void run(ask).then((done) => done && onClose())}
          >
            {action}
          </Button>
        </>
      }
    >
      {trouble === null ? null : <FormTrouble words={trouble} />}
    </Dialog>
  );
}

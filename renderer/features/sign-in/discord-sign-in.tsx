import { LogIn } from 'lucide-react';
import { useState } from 'react';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { redirectUri } from '#shared/domain/backends/sign-in.ts';
import type { SignInAnswer, SignInStatus } from '#shared/ipc/sign-in-requests.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { nowMs } from '../../stores/clock.ts';
import { useSettings } from '../../stores/settings.ts';
import { toast } from '../../stores/toasts.ts';
import { useRequest } from '../../stores/use-request.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatTime } from '../../ui/format.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { FormTrouble } from '../settings/parts/form-trouble.tsx';
import { DiscordSetUp } from './discord-set-up.tsx';

/** Who is signed in for a backend, and signing in with Discord, so that the owner id is not typed by hand. */
export function DiscordSignIn({ backend }: { backend: BackendConfig }) {
  const { value: status, reload } = useRequest('sign-in.status', { backendId: backend.id });
  const settings = useSettings();
  const [work, setWork] = useState<'sign-in' | 'sign-out' | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, setAsked] = useState<'set-up' | 'sign-out' | null>(null);
  const underWay = work === 'sign-in' || status?.state === 'under-way';
  const clientId = settings?.signIn.discordClientId ?? null;

  async function run(what: 'sign-in' | 'sign-out', ask: () => Promise<SignInAnswer>): Promise<void> {
    setWork(what);
    setTrouble(null);
    try {
      const { ok, message } = await ask();
      if (ok) toast.success(message);
      else setTrouble(message);
    } catch (error) {
      setTrouble(describeError(error));
    } finally {
      setWork(null);
      reload();
    }
  }

  const signIn = () => void run('sign-in', () => request('sign-in.start', { backendId: backend.id }));
  const cancel = () => void request('sign-in.cancel', {}).catch(() => undefined);

  return (
    <div className="flex flex-col gap-2.5 border-t border-line px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {underWay ? (
          <>
            <span className="min-w-0 flex-1">
              <Spinner size={14} label={t('Waiting for you in the browser')} />
            </span>
            <Button size="sm" onClick={cancel}>
              {t('Cancel')}
            </Button>
          </>
        ) : (
          <>
            <p className="min-w-0 flex-1 basis-60 text-xs leading-relaxed text-muted">{wordsOf(status)}</p>
            {(status?.state === 'signed-out' || status?.state === 'ended') && (
              <Button
                size="sm"
                icon={<LogIn size={13} aria-hidden />}
                onClick={clientId === null ? () => setAsked('set-up') : signIn}
              >
                {t('Sign in with Discord')}
              </Button>
            )}
            {(status?.state === 'signed-in' || status?.state === 'ended') && (
              <Button size="sm" busy={work === 'sign-out'} onClick={() => setAsked('sign-out')}>
                {t('Sign out')}
              </Button>
            )}
            {clientId !== null && (
              <Button size="sm" variant="ghost" onClick={() => setAsked('set-up')}>
                {t('Set up')}
              </Button>
            )}
          </>
        )}
      </div>
      {underWay && settings !== null && (
        <p className="text-xs leading-relaxed text-faint">
          {t('Discord’s page is open in your browser. It comes back to')}{' '}
          <span className="selectable font-mono text-2xs">{redirectUri(settings.signIn.port)}</span>{' '}
          {t('within five minutes.')}
        </p>
      )}
      {trouble !== null && <FormTrouble words={trouble} />}
      {asked === 'set-up' && settings !== null && (
        <DiscordSetUp
          settings={settings.signIn}
          onClose={(saved) => {
            setAsked(null);
            if (saved) setTrouble(null);
          }}
        />
      )}
      {asked === 'sign-out' && (
        <Dialog
          open
          onOpenChange={(open) => !open && setAsked(null)}
          width="sm"
          title={t('Sign out of Discord?')}
          description={t(
            'If this sign-in gave the owner id, it goes with it: the bot can then be watched, and neither decided on nor halted from here.',
          )}
          footer={
            <>
              <Button onClick={() => setAsked(null)}>{t('Stay signed in')}</Button>
              <Button
                variant="danger"
                onClick={() => {
                  setAsked(null);
                  void run('sign-out', () => request('sign-in.sign-out', { backendId: backend.id }));
                }}
              >
                {t('Sign out')}
              </Button>
            </>
          }
        >
          {null}
        </Dialog>
      )}
    </div>
  );
}

function wordsOf(status: SignInStatus | null): string {
  switch (status?.state) {
    case 'signed-in':
      return t('Signed in with Discord as {name}. Renewed by itself{what}.', {
        name: status.name ?? t('the owner'),
        what:
          status.expiresAtMs === null
            ? ''
            : ` ${t('before {time}', { time: formatTime(status.expiresAtMs, nowMs()) })}`,
      });
    case 'ended':
      return t('The sign-in as {name} has ended. The owner id stays in use until you sign out.', {
        name: status.name ?? t('the owner'),
      });
    case 'locked':
      return t('Who is signed in is in the vault, which is locked.');
    case 'signed-out':
      return t('Sign in with Discord, and the owner id is filled in and checked.');
    case 'under-way':
    case undefined:
      return '';
  }
}

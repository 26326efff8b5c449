import { useState } from 'react';

import { WATCH_ID } from '#shared/domain/own-ids.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../../bridge.ts';
import { toast } from '../../../stores/toasts.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Input } from '../../../ui/field.tsx';

/** The address goes in and never comes back: it may hold a secret, so only its host is shown. */
export function HeartbeatAddress({ host, enabled }: { host: string | null; enabled: boolean }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState<'save' | 'test' | 'remove' | null>(null);
  const [found, setFound] = useState<{ ok: boolean; message: string } | null>(null);
  const [round, setRound] = useState(0);
  const { value: vault } = useRequest('vault.status', {}, round);
  const isKept = vault?.secrets.some(({ backendId }) => backendId === WATCH_ID) === true;
  const typed = text.trim();

  async function save(address: string): Promise<void> {
    setBusy(address === '' ? 'remove' : 'save');
    setFound(null);
    try {
      await request('watch.set-heartbeat-address', { address });
      setText('');
      setRound((before) => before + 1);
    } catch (error) {
      setFound({ ok: false, message: describeError(error) });
    }
    setBusy(null);
  }

  async function test(): Promise<void> {
    setBusy('test');
    setFound(null);
    try {
      setFound(await request('watch.test-heartbeat', { address: typed === '' ? null : typed }));
    } catch (error) {
      toast.error(t('It could not be tested'), { description: describeError(error) });
    }
    setBusy(null);
  }

  return (
    <form
      className="border-b border-line px-4 py-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== '') void save(typed);
      }}
    >
      <Field
        label={t('Address')}
        help={
          isKept
            ? t('One is kept, encrypted{what}. It cannot be read back; type another to replace it.', {
                what: host === null ? '' : t(', at {host}', { host }),
              })
            : t('The whole address that the service gave you. It is kept encrypted, as it may hold a secret.')
        }
      >
        {(aria) => (
          <span className="flex flex-wrap gap-2">
            <Input
              {...aria}
              type="password"
              autoComplete="off"
              className="min-w-56 flex-1 font-mono"
              placeholder={isKept ? t('•••••••• kept') : 'https://hc-ping.com/…'}
              maxLength={500}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setFound(null);
              }}
            />
            <Button type="submit" variant="primary" disabled={typed === ''} busy={busy === 'save'}>
              {t('Save address')}
            </Button>
            <Button disabled={typed === '' && !isKept} busy={busy === 'test'} onClick={() => void test()}>
              {t('Test')}
            </Button>
            {isKept && (
              <Button variant="danger-quiet" busy={busy === 'remove'} onClick={() => void save('')}>
                {t('Remove')}
              </Button>
            )}
          </span>
        )}
      </Field>
      <p
        role="status"
        className={
          found === null ? 'sr-only' : found.ok ? 'mt-2 text-xs text-ok' : 'mt-2 text-xs text-danger'
        }
      >
        {found === null ? '' : found.message}
        {found?.ok === true && !enabled && ` ${t('Switch the heartbeat on to send it regularly.')}`}
      </p>
    </form>
  );
}

import { useState } from 'react';

import type { WatchedLimit } from '#shared/domain/panic/watch.ts';
import { compare } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { toast } from '../../stores/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Arms crossed limits again. Where one is still past its bound that means PANIC again, so it is asked first. */
export function ArmButton({ limits }: { limits: readonly WatchedLimit[] }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const past = limits.filter(({ value, limit }) => value !== null && compare(value, limit) >= 0);

  async function arm(): Promise<void> {
    setBusy(true);
    try {
      const { armed, message } = await request('watch.arm', { limitIds: limits.map(({ id }) => id) });
      if (armed) toast.success(message);
      else toast.error(t('Not armed'), { description: message });
      setAsking(false);
    } catch (error) {
      toast.error(t('Not armed'), { description: describeError(error) });
    }
    setBusy(false);
  }

  return (
    <>
      <Button size="sm" busy={busy} onClick={() => (past.length > 0 ? setAsking(true) : void arm())}>
        {t('Arm again')}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        width="sm"
        tone="danger"
        title={t('This presses PANIC again')}
        description={t(
          '{what} still past the bound. Armed now, PANIC is pressed within seconds. To go on trading and be watched, change the limit instead.',
          { what: past.length === 1 ? t('One limit is') : t('{count} limits are', { count: past.length }) },
        )}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{t('Leave it')}</Button>
            <Button variant="danger" busy={busy} onClick={() => void arm()}>
              {t('Arm, and halt every bot')}
            </Button>
          </>
        }
      >
        <ul className="figures flex flex-col gap-1 text-sm text-ink">
          {past.map(({ id, sentence }) => (
            <li key={id}>{sentence}</li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}

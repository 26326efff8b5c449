import { OctagonX } from 'lucide-react';
import { useEffect, useState } from 'react';

import { chordOf, PANIC_KEYS } from '#shared/domain/settings/shortcuts.ts';
import type { LockStatus } from '#shared/ipc/lock-requests.ts';
import { t } from '#shared/words.ts';

import { describeError, on, request } from '../../bridge.ts';
import { readLock } from '../../stores/lock.ts';
import { Button } from '../../ui/button.tsx';
import { useWindowKeys } from '../../ui/use-window-keys.ts';

/** PANIC on a locked desk: the same two steps, and how far it is, without a name. */
export function LockedPanic({ panic }: { panic: LockStatus['panic'] }) {
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  // The global hotkey asks by its first press, here as in the open desk; its second goes past the window.
  useEffect(() => on('window.ask-panic', ({ open }) => setAsking(open)), []);
  useWindowKeys((event) => {
    if (chordOf(event) !== PANIC_KEYS) return;
    event.preventDefault();
    setAsking(true);
  });

  async function press(): Promise<void> {
    setAsking(false);
    try {
      await request('panic.press', { origin: 'window' });
      setTrouble(null);
    } catch (error) {
      setTrouble(describeError(error));
    }
    readLock();
  }

  return (
    <div className="flex flex-col items-center gap-2.5">
      {asking ? (
        <div role="alertdialog" aria-label={t('Halt every bot?')} className="flex items-center gap-2">
          <span className="text-sm font-medium text-ink">{t('Halt every bot?')}</span>
          <Button autoFocus onClick={() => setAsking(false)}>
            {t('Not now')}
          </Button>
          <Button variant="danger" onClick={() => void press()}>
            {t('Halt now')}
          </Button>
        </div>
      ) : (
        <Button
          variant="danger"
          size="lg"
          className="font-bold tracking-wide"
          icon={<OctagonX size={17} strokeWidth={2.25} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          PANIC
        </Button>
      )}
      <p role="status" className="figures text-center text-xs text-muted">
        {trouble ??
          (panic.latched
            ? t('PANIC is on: {confirmed} of {targets} confirmed as halted.', {
                confirmed: panic.confirmed,
                targets: panic.targets,
              })
            : t('Halts every bot, also while the desk is locked. Asks once before it acts.'))}
      </p>
    </div>
  );
}

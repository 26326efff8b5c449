import { LockKeyhole } from 'lucide-react';
import { useEffect } from 'react';

import type { LockStatus } from '#shared/ipc/lock-requests.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { startSoundPlayer } from '../../shell/sound-player.ts';
import { useAppearance } from '../../shell/use-appearance.ts';
import { readLock } from '../../stores/lock.ts';
import { connectSettings } from '../../stores/settings.ts';
import { LockedPanic } from './locked-panic.tsx';
import { OpenLockForm } from './open-lock-form.tsx';

const READ_EVERY_MS = 2 * SECOND_MS;

/** All that a locked desk shows: PANIC, the way in and, if the person wants them, counts. */
export function LockScreen({ status }: { status: LockStatus }) {
  useEffect(connectSettings, []);
  useEffect(startSoundPlayer, []);
  useAppearance();
  // Nothing of the desk is sent to a locked window, so what may show is asked for.
  useEffect(() => {
    const timer = setInterval(readLock, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const { counts, panic } = status;

  return (
    <main
      aria-label={t('The desk is locked')}
      className="flex h-full flex-col items-center justify-center gap-9 overflow-y-auto p-6"
    >
      <div className="flex flex-col items-center gap-3">
        <LockKeyhole size={30} aria-hidden className="text-muted" />
        <h1 className="text-lg font-semibold tracking-tight text-ink">{t('Quarterdeck is locked')}</h1>
        <p className="max-w-sm text-center text-xs leading-relaxed text-muted">
          {t('Links, limits and notifications go on. Nothing can be decided here before it is unlocked.')}
        </p>
      </div>
      {counts !== null && <Counts counts={counts} />}
      <OpenLockForm autoFocus />
      <LockedPanic panic={panic} />
    </main>
  );
}

const Counts = ({ counts }: { counts: NonNullable<LockStatus['counts']> }) => (
  <dl className="flex gap-8">
    {(
      [
        [t('Need you'), counts.needsPerson],
        [t('Approvals'), counts.approvals],
        [t('Urgent alerts'), counts.alerts],
        [t('Backends'), counts.backends],
      ] as const
    ).map(([label, count]) => (
      <div key={label} className="flex flex-col items-center gap-0.5">
        <dt className="label">{label}</dt>
        <dd className="figures text-lg font-semibold text-ink">{count}</dd>
      </div>
    ))}
  </dl>
);

import { LockKeyhole } from 'lucide-react';

import { t } from '#shared/words.ts';

import { useLock } from '../../stores/lock.ts';
import { OpenLockForm } from './open-lock-form.tsx';

/** Over a locked desk that may be read: says so, and has the way to unlock it. */
export function ReadOnlyBar() {
  const locked = useLock((state) => state.status?.locked ?? false);
  if (!locked) return null;
  return (
    <section
      aria-label={t('The desk is locked')}
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-accent/40 bg-accent-soft px-4 py-2"
    >
      <LockKeyhole size={16} aria-hidden className="shrink-0 text-accent" />
      <p role="status" className="min-w-0 flex-1 basis-72 text-xs leading-snug text-ink">
        <strong className="font-semibold">{t('The desk is locked.')}</strong>{' '}
        {t('It can be read. Nothing acts but PANIC.')}
      </p>
      <OpenLockForm />
    </section>
  );
}

import { LockKeyhole } from 'lucide-react';

import { vaultIdOf } from '#shared/domain/attention/channel.ts';
import { INGEST_ID } from '#shared/domain/own-ids.ts';
import { WATCH_ID } from '#shared/domain/own-ids.ts';
import { t } from '#shared/words.ts';

import { useSettings } from '../../stores/settings.ts';
import { openPlace } from '../../stores/ui.ts';
import { useVault } from '../../stores/vault.ts';
import { Button } from '../../ui/button.tsx';
import { UnlockForm } from './unlock-form.tsx';

/** Under the bar while the vault waits for its passphrase: who waits with it, and the field. Everything else stays usable. */
export function VaultLockBar() {
  const status = useVault((state) => state.status);
  const names = useWaitingNames();
  if (status?.locked !== true) return null;
  return (
    <section
      aria-label={t('The vault is locked')}
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-warn/50 bg-warn-soft px-4 py-2"
    >
      <LockKeyhole size={16} aria-hidden className="shrink-0 text-warn" />
      <p role="status" className="min-w-0 flex-1 basis-72 text-xs leading-snug text-ink">
        <strong className="font-semibold">{t('The vault is locked.')}</strong>{' '}
        {names.length === 0
          ? t('Nothing waits for it.')
          : t(
              '{list} {count, plural, one {waits} other {wait}} for it. PANIC cannot reach a backend that waits.',
              { list: names.join(', '), count: names.length },
            )}
      </p>
      <UnlockForm />
      <Button size="sm" variant="ghost" onClick={() => openPlace('settings', 'credentials')}>
        {t('Forgot it?')}
      </Button>
    </section>
  );
}

function useWaitingNames(): string[] {
  const status = useVault((state) => state.status);
  const settings = useSettings();
  const nameOf = (id: string): string =>
    settings?.backends.find((backend) => backend.id === id)?.name ??
    settings?.channels.find((channel) => vaultIdOf(channel.id) === id)?.name ??
    { [INGEST_ID]: t('Detector scripts'), [WATCH_ID]: t('The heartbeat') }[id] ??
    id;
  const ids = status?.unopened.flatMap(({ backendId, why }) => (why === 'locked' ? [backendId] : [])) ?? [];
  return [...new Set(ids)].map(nameOf);
}

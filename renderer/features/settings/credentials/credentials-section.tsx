import { KeyRound } from 'lucide-react';
import { useEffect, useState } from 'react';

import { ASSISTANT_ID } from '#shared/domain/assistant/assistant.ts';
import { vaultIdOf } from '#shared/domain/attention/channel.ts';
import { WATCH_ID } from '#shared/domain/own-ids.ts';
import type { UnopenedCause, VaultStatus } from '#shared/ipc/vault-requests.ts';
import { t } from '#shared/words.ts';

import { request } from '../../../bridge.ts';
import { nowMs } from '../../../stores/clock.ts';
import { useBackend } from '../../../stores/kinds.ts';
import { useSettings } from '../../../stores/settings.ts';
import { readVault, useVault } from '../../../stores/vault.ts';
import { BackendTag } from '../../../ui/backend-tag.tsx';
import { Button } from '../../../ui/button.tsx';
import { formatTime } from '../../../ui/format.ts';
import { humanise } from '../../../ui/humanise.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { BackendDialog } from '../backends/backend-dialog.tsx';
import { RemoveDialog } from '../parts/remove-dialog.tsx';
import { KeepingPanel } from './keeping-panel.tsx';

type Secret = Pick<VaultStatus['secrets'][number], 'backendId' | 'name' | 'savedAtMs'> & {
  usedAtMs: number | null;
  why: UnopenedCause | null;
};

const secretsOf = ({ secrets, unopened }: VaultStatus): Secret[] => [
  ...secrets.map((secret) => ({ ...secret, why: null })),
  ...unopened.map((secret) => ({ ...secret, usedAtMs: null })),
];

/** Which secrets are kept and how. Values go in and never come out again (S1). */
export function CredentialsSection() {
  const { status: vault, trouble } = useVault();
  const [removing, setRemoving] = useState<Secret | null>(null);
  const [replacing, setReplacing] = useState<string | null>(null);
  useEffect(readVault, []);

  if (vault === null) {
    return trouble === null ? (
      <SkeletonRows count={3} />
    ) : (
      <ErrorState title={t('The vault could not be read')} message={trouble} onRetry={readVault} />
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <KeepingPanel vault={vault} />
      <Panel title={t('Secrets')}>
        {secretsOf(vault).length === 0 ? (
          <EmptyState icon={<KeyRound size={24} aria-hidden />} title={t('No secrets are kept')}>
            {t('They are asked for when you connect a bot. The practice desk needs none.')}
          </EmptyState>
        ) : (
          <ul>
            {secretsOf(vault).map((secret) => (
              <SecretRow
                key={`${secret.backendId}/${secret.name}`}
                secret={secret}
                onReplace={() => setReplacing(secret.backendId)}
                onRemove={() => setRemoving(secret)}
              />
            ))}
          </ul>
        )}
      </Panel>
      {removing !== null && (
        <RemoveSecret
          secret={removing}
          onDone={(removed) => {
            setRemoving(null);
            if (removed) readVault();
          }}
        />
      )}
      {replacing !== null && (
        <BackendDialog
          backendId={replacing}
          onClose={() => {
            setReplacing(null);
            readVault();
          }}
        />
      )}
    </div>
  );
}

/** What the secret is called and whose it is: a backend's, or a channel's, which has a form of its own in Channels. */
function useOwner(secret: Secret) {
  const { config, kind } = useBackend(secret.backendId);
  const channel = useSettings()?.channels.find(({ id }) => vaultIdOf(id) === secret.backendId)?.name;
  const label = kind?.secrets.find(({ name }) => name === secret.name)?.label ?? humanise(secret.name);
  return {
    label,
    channel,
    name: channel ?? config?.name ?? secret.backendId,
    replaceable: config !== undefined,
  };
}

const WHY_WORDS: Record<UnopenedCause, string> = {
  locked: t('Waits for the passphrase'),
  'no-keychain': t('Needs the keychain'),
  damaged: t('Cannot be opened'),
};

interface SecretRowProps {
  secret: Secret;
  onReplace: () => void;
  onRemove: () => void;
}

function SecretRow({ secret, onReplace, onRemove }: SecretRowProps) {
  const { label, channel, replaceable } = useOwner(secret);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-3 last:border-0">
      <div className="min-w-40 flex-1">
        <p className="text-sm font-medium text-ink">{label}</p>
        {channel !== undefined ? (
          <span className="text-xs text-muted">{t('Channel {channel}', { channel })}</span>
        ) : secret.backendId === WATCH_ID ? (
          <span className="text-xs text-muted">{t('While you are away')}</span>
        ) : secret.backendId === ASSISTANT_ID ? (
          <span className="text-xs text-muted">{t('Assistant')}</span>
        ) : (
          <BackendTag backendId={secret.backendId} />
        )}
      </div>
      {secret.why !== null && <Badge tone="warn">{WHY_WORDS[secret.why]}</Badge>}
      <p className="figures text-xs text-muted">
        {t('Saved {time}', { time: formatTime(secret.savedAtMs, nowMs()) })}
        <br />
        {secret.why !== null
          ? t('Cannot be used now')
          : secret.usedAtMs === null
            ? t('Never used')
            : t('Last used {time}', { time: formatTime(secret.usedAtMs, nowMs()) })}
      </p>
      <div className="flex gap-2">
        <Button size="sm" disabled={!replaceable || secret.why === 'locked'} onClick={onReplace}>
          {t('Replace')}
        </Button>
        <Button size="sm" variant="danger-quiet" onClick={onRemove}>
          {t('Remove')}
        </Button>
      </div>
    </li>
  );
}

function RemoveSecret({ secret, onDone }: { secret: Secret; onDone: (removed: boolean) => void }) {
  const { label, name } = useOwner(secret);
  return (
    <RemoveDialog
      what={label}
      description={t(
        '{name} cannot be used for anything that needs it until it is typed in again. It cannot be brought back from here.',
        { name },
      )}
      failure={t('The secret could not be removed')}
      remove={() => request('vault.remove', { backendId: secret.backendId, name: secret.name })}
      onDone={onDone}
    />
  );
}

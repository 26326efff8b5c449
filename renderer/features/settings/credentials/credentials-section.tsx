import { KeyRound, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';

import { vaultIdOf } from '#shared/domain/channel.ts';
import { WATCH_ID } from '#shared/domain/watch.ts';
import type { VaultStatus } from '#shared/ipc/contract.ts';

import { request } from '../../../bridge.ts';
import { nowMs } from '../../../stores/clock.ts';
import { useBackend } from '../../../stores/kinds.ts';
import { useSettings } from '../../../stores/settings.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { BackendTag } from '../../../ui/backend-tag.tsx';
import { Button } from '../../../ui/button.tsx';
import { formatTime } from '../../../ui/format.ts';
import { humanise } from '../../../ui/humanise.ts';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { BackendDialog } from '../backends/backend-dialog.tsx';
import { RemoveDialog } from '../parts/remove-dialog.tsx';

type Secret = VaultStatus['secrets'][number];

/** Which secrets are kept and how. Values go in and never come out again (S1). */
export function CredentialsSection() {
  const { value: vault, trouble, reload } = useRequest('vault.status', {});
  const [removing, setRemoving] = useState<Secret | null>(null);
  const [replacing, setReplacing] = useState<string | null>(null);

  if (vault === null) {
    return trouble === null ? (
      <SkeletonRows count={3} />
    ) : (
      <ErrorState title="The vault could not be read" message={trouble} onRetry={reload} />
    );
  }
  const kept = vault.protection === 'system-keychain';
  const Shield = kept ? ShieldCheck : ShieldAlert;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-start gap-3 rounded-lg border border-line bg-surface p-4">
        <Shield size={18} aria-hidden className={kept ? 'mt-0.5 text-ok' : 'mt-0.5 text-warn'} />
        <div>
          <p className="text-sm font-medium text-ink">
            {kept ? 'Encrypted with the keychain of this computer' : 'Kept until Quarterdeck is closed'}
          </p>
          <p className="mt-0.5 text-xs leading-relaxed text-muted">{vault.explanation}</p>
        </div>
      </div>
      <Panel title="Secrets">
        {vault.secrets.length === 0 ? (
          <EmptyState icon={<KeyRound size={24} aria-hidden />} title="No secrets are kept">
            They are asked for when you connect a bot. The practice desk needs none.
          </EmptyState>
        ) : (
          <ul>
            {vault.secrets.map((secret) => (
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
            if (removed) reload();
          }}
        />
      )}
      {replacing !== null && (
        <BackendDialog
          backendId={replacing}
          onClose={() => {
            setReplacing(null);
            reload();
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
          <span className="text-xs text-muted">Channel {channel}</span>
        ) : secret.backendId === WATCH_ID ? (
          <span className="text-xs text-muted">While you are away</span>
        ) : (
          <BackendTag backendId={secret.backendId} />
        )}
      </div>
      <p className="figures text-xs text-muted">
        Saved {formatTime(secret.savedAtMs, nowMs())}
        <br />
        {secret.usedAtMs === null ? 'Never used' : `Last used ${formatTime(secret.usedAtMs, nowMs())}`}
      </p>
      <div className="flex gap-2">
        <Button size="sm" disabled={!replaceable} onClick={onReplace}>
          Replace
        </Button>
        <Button size="sm" variant="danger-quiet" onClick={onRemove}>
          Remove
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
      description={`${name} cannot be used for anything that needs it until it is typed in again. It cannot be brought back from here.`}
      failure="The secret could not be removed"
      remove={() => request('vault.remove', { backendId: secret.backendId, name: secret.name })}
      onDone={onDone}
    />
  );
}

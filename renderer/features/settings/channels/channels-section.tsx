import { Megaphone, Plus } from 'lucide-react';
import { useState } from 'react';

import type { ChannelConfig } from '#shared/domain/attention/channel.ts';
import { vaultIdOf } from '#shared/domain/attention/channel.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../../bridge.ts';
import { useSettings } from '../../../stores/settings.ts';
import { toast } from '../../../stores/toasts.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { Button } from '../../../ui/button.tsx';
import { Switch } from '../../../ui/controls.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { ChannelDialog } from './channel-dialog.tsx';
import { FROM_SEVERITY } from './channel-fields.tsx';
import { RemoveDialog } from '../parts/remove-dialog.tsx';

type Open = { kind: 'none' } | { kind: 'add' } | { kind: 'change' | 'remove'; channel: ChannelConfig };

/** The ways to reach the person beyond this computer. */
export function ChannelsSection() {
  const channels = useSettings()?.channels ?? [];
  const kinds = useRequest('channels.kinds', {});
  const vault = useRequest('vault.status', {});
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const close = (): void => {
    setOpen({ kind: 'none' });
    vault.reload();
  };
  const trouble = kinds.trouble ?? vault.trouble;
  if (kinds.value === null || vault.value === null) {
    return trouble === null ? (
      <SkeletonRows count={3} />
    ) : (
      <ErrorState title={t('The channels could not be read')} message={trouble} onRetry={kinds.reload} />
    );
  }
  const labelOf = (channel: ChannelConfig): string =>
    kinds.value?.find(({ kind }) => kind === channel.kind)?.label ?? channel.kind;
  const savedSecrets = (channel: ChannelConfig | null): ReadonlySet<string> =>
    new Set(
      vault.value?.secrets
        .filter(({ backendId }) => channel !== null && backendId === vaultIdOf(channel.id))
        .map(({ name }) => name),
    );
  const add = (
    <Button
      size={channels.length > 0 ? 'sm' : 'md'}
      variant="primary"
      icon={<Plus size={14} aria-hidden />}
      onClick={() => setOpen({ kind: 'add' })}
    >
      {t('Add a channel')}
    </Button>
  );

  return (
    <div className="flex flex-col gap-4">
      <Panel title={t('Channels')} actions={channels.length > 0 && add}>
        {channels.length === 0 ? (
          <EmptyState
            icon={<Megaphone size={24} aria-hidden />}
            title={t('Nothing is sent beyond this computer')}
            action={add}
          >
            {t(
              'E-mail, SMS, Telegram, Discord or Slack can tell you what is urgent while you are away. What became of each message is in the journal.',
            )}
          </EmptyState>
        ) : (
          <ul>
            {channels.map((channel) => (
              <ChannelRow
                key={channel.id}
                channel={channel}
                label={labelOf(channel)}
                onChange={() => setOpen({ kind: 'change', channel })}
                onRemove={() => setOpen({ kind: 'remove', channel })}
              />
            ))}
          </ul>
        )}
      </Panel>
      {(open.kind === 'add' || open.kind === 'change') && (
        <ChannelDialog
          kinds={kinds.value}
          before={open.kind === 'change' ? open.channel : null}
          savedSecrets={savedSecrets(open.kind === 'change' ? open.channel : null)}
          onClose={close}
        />
      )}
      {open.kind === 'remove' && (
        <RemoveDialog
          what={open.channel.name}
          description={t(
            'Nothing is sent this way any more, and its secrets are deleted. What still waits to be sent is dropped.',
          )}
          failure={t('The channel could not be removed')}
          remove={() => request('channels.remove', { channelId: open.channel.id })}
          onDone={close}
        />
      )}
    </div>
  );
}

interface ChannelRowProps {
  channel: ChannelConfig;
  label: string;
  onChange: () => void;
  onRemove: () => void;
}

function ChannelRow({ channel, label, onChange, onRemove }: ChannelRowProps) {
  const { name, recipients, minSeverity, enabled } = channel;
  const people = recipients.length === 0 ? '' : ` · ${recipients.join(', ')}`;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-0">
      <div className="min-w-48 flex-1">
        <p className="text-sm font-medium text-ink">{name}</p>
        <p className="truncate text-xs text-muted">
          {label} · {FROM_SEVERITY[minSeverity]}
          {people}
        </p>
      </div>
      <Switch
        aria-label={t('{name}: on or off', { name })}
        checked={enabled}
        onChange={(next) => void save({ ...channel, enabled: next })}
      />
      <div className="flex gap-2">
        <Button size="sm" aria-label={t('Change {name}', { name })} onClick={onChange}>
          {t('Change')}
        </Button>
        <Button size="sm" variant="danger-quiet" aria-label={t('Remove {name}', { name })} onClick={onRemove}>
          {t('Remove')}
        </Button>
      </div>
    </li>
  );
}

async function save(config: ChannelConfig): Promise<void> {
  try {
    await request('channels.save', { config, secrets: {} });
  } catch (error) {
    toast.error(t('The channel could not be saved'), { description: describeError(error) });
  }
}

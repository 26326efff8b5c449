import { ASSISTANT_ID, MODEL_KEY_NAME } from '#shared/domain/assistant/assistant.ts';
import type { BackendKindDescriptor, SecretDescriptor } from '#shared/domain/backends/backend.ts';
import type { ChannelKindDescriptor } from '#shared/domain/attention/channel.ts';
import { vaultIdOf } from '#shared/domain/attention/channel.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import { WATCH_ID } from '#shared/domain/own-ids.ts';
import type { VaultStatus } from '#shared/ipc/vault-requests.ts';

interface Known {
  backendKinds: readonly BackendKindDescriptor[];
  channelKinds: readonly ChannelKindDescriptor[];
  saved: VaultStatus['secrets'];
}

/** Which secrets a person has to type once these settings are in force; `moved` are the ids whose saved ones go. */
export function secretsToType(
  settings: Settings,
  moved: readonly string[],
  { backendKinds, channelKinds, saved }: Known,
): { owner: string; labels: string[] }[] {
  const isSaved = (owner: string, name: string): boolean =>
    !moved.includes(owner) && saved.some((one) => one.backendId === owner && one.name === name);
  const missing = (owner: string, secrets: readonly SecretDescriptor[] = []): string[] =>
    secrets.filter(({ name, required }) => required && !isSaved(owner, name)).map(({ label }) => label);

  const wanted = [
    ...settings.backends.map(({ id, kind, name }) => {
      const { secrets } = backendKinds.find((one) => one.kind === kind) ?? {};
      return { owner: name, labels: missing(id, secrets) };
    }),
    ...settings.channels.map(({ id, kind, name }) => {
      const { secrets } = channelKinds.find((one) => one.kind === kind) ?? {};
      return { owner: name, labels: missing(vaultIdOf(id), secrets) };
    }),
    {
      owner: 'Heartbeat',
      labels:
        settings.heartbeat.enabled && !saved.some(({ backendId }) => backendId === WATCH_ID)
          ? ['Address']
          : [],
    },
    {
      owner: 'Assistant',
      labels:
        settings.assistant.enabled && !isSaved(ASSISTANT_ID, MODEL_KEY_NAME) ? ['Key, if it needs one'] : [],
    },
  ];
  return wanted.filter(({ labels }) => labels.length > 0);
}

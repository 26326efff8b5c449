import type { Notice } from '#shared/domain/attention/attention.ts';
import type { ChannelConfig, ChannelDelivery } from '#shared/domain/attention/channel.ts';
import { vaultIdOf } from '#shared/domain/attention/channel.ts';
import { troubleOfTemplate } from '#shared/domain/attention/channel-template.ts';
import { severity as severities } from '#shared/domain/alerts/alert.ts';
import type { VaultStatus } from '#shared/ipc/vault-requests.ts';
import { t } from '#shared/words.ts';

import type { ConnectionsPort } from '../../connections/port.ts';
import type { JournalPort } from '../../journal/port.ts';
import { bindSecret, openBound } from '../../lib/bound-secret.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { SettingsPort } from '../../settings/port.ts';
import type { VaultPort } from '../../vault/port.ts';
import type { OutboundMessage, Sender } from '../channels/channel-kind.ts';
import { channelKinds } from '../channels/kinds.ts';
import { createDeliveryRecord } from './delivery-record.ts';
import type { MessageAbout } from './own-words.ts';
import { inOwnWords } from './own-words.ts';
import type { KeptItem, Outbox } from './outbox.ts';
import { createOutbox } from './outbox.ts';
import { createOutboxMemory, KEPT_FOR_MS, recallOutbox } from './outbox-memory.ts';
import type { Outbound } from '../port.ts';
import { TEST_WORDS } from '../test-words.ts';

export interface OutboundParts {
  settings: Pick<SettingsPort, 'get' | 'onChange' | 'saveChannel' | 'removeChannel'>;
  vault: Pick<VaultPort, 'set' | 'reveal' | 'removeAll'> & { status(): Pick<VaultStatus, 'secrets'> };
  connections: Pick<ConnectionsPort, 'http'>;
  journal: Pick<JournalPort, 'append' | 'remember' | 'recall'>;
  isPractice(backendId: string): boolean;
  /** As the person calls it. */
  nameOf(backendId: string): string;
  clock: Clock;
  log: Logger;
}

/** The channels that the person set up, each with an outbox of its own. */
export function createOutbound(parts: OutboundParts): Outbound {
  const { settings, vault, connections, journal, clock, log } = parts;
  const record = createDeliveryRecord(parts);
  const outboxes = new Map<string, { config: ChannelConfig; outbox: Outbox }>();
  const testsUnderWay = new Set<Sender>();
  let messages = 0;

  const memories = new Map<string, ReturnType<typeof createOutboxMemory>>();
  /** One a channel as long as the desk runs, so that what was written later is never overtaken by what was written before. */
  function memoryOf(channelId: string): ReturnType<typeof createOutboxMemory> {
    const memory = memories.get(channelId) ?? createOutboxMemory(journal, channelId, log);
    memories.set(channelId, memory);
    return memory;
  }

  function outboxOf(config: ChannelConfig): Outbox {
    const open = outboxes.get(config.id);
    if (open !== undefined) return open.outbox;
    const { spacingMs } = channelKinds[config.kind];
    const sender = senderOf(config, (name) => revealFor(config, name));
    const onFate = (message: OutboundMessage, delivery: ChannelDelivery): void =>
      record.settled(config, message, delivery);
    const keep = memoryOf(config.id);
    const outbox = createOutbox({ sender, spacingMs, clock, onFate, keep });
    outboxes.set(config.id, { config, outbox });
    return outbox;
  }

  /** As it is kept, if it was typed for where it would go (S3). */
  const revealFor = async (config: ChannelConfig, name: string): Promise<string | null> =>
    openBound(await vault.reveal(vaultIdOf(config.id), name), destinationOf(config));

  const senderOf = (config: ChannelConfig, secret: (name: string) => Promise<string | null>): Sender =>
    channelKinds[config.kind].open({ config, secret, connections, clock });

  /** A channel that was changed begins anew; what waited for it is said to be dropped. */
  function closeChanged(channels: readonly ChannelConfig[]): void {
    for (const [id, { config, outbox }] of outboxes) {
      if (channels.some((one) => one.id === id && JSON.stringify(one) === JSON.stringify(config))) continue;
      outboxes.delete(id);
      outbox.dispose();
    }
  }
  const stopListening = settings.onChange(({ channels }) => closeChanged(channels));

  function wants(config: ChannelConfig, { severity, backendId }: Notice, unacknowledged: boolean): boolean {
    if (!config.enabled) return false;
    const order = severities.options;
    const { minSeverity } = config;
    if (
      minSeverity === 'unacknowledged'
        ? !unacknowledged
        : order.indexOf(severity) < order.indexOf(minSeverity)
    )
      return false;
    return config.practice || backendId === null || !parts.isPractice(backendId);
  }

  /** Says what became of a message that is not gone on with. */
  function drop(config: ChannelConfig, { message, recipient, attempts }: KeptItem, reason: string): void {
    record.settled(config, message, { recipient, result: 'dropped', reason, attempts });
  }

  async function restore(config: ChannelConfig): Promise<void> {
    const kept = await recallOutbox(journal, config.id);
    if (kept.length === 0) return;
    for (const [, items] of Map.groupBy(kept, ({ message }) => message.id)) {
      const [first] = items;
      if (first !== undefined)
        record.begun(
          config,
          first.message,
          items.map(({ recipient }) => recipient),
        );
    }
    const nowMs = clock.now();
    const goesOn = kept.filter((item) => {
      const reason = whyNotAnyMore(config, item, nowMs);
      if (reason !== null) drop(config, item, reason);
      return reason === null;
    });
    note(config, `${countOf(goesOn.length)} from before the start will be sent`);
    outboxOf(config).restore(goesOn.map(sentLate));
  }

  function note({ id, kind, name }: ChannelConfig, words: string): void {
    const data = { channel: { id, kind, name } };
    journal.append({
      atMs: clock.now(),
      kind: 'notification',
      backendId: null,
      summary: `${name}: ${words}`,
      data,
    });
  }

  /** What is kept goes where it was given for: at another place it has to be typed again (S3). */
  function refuseKeptElsewhere(config: ChannelConfig, typed: Readonly<Record<string, string>>): void {
    const before = settings.get().channels.find(({ id }) => id === config.id);
    if (before !== undefined && destinationOf(before) === destinationOf(config)) return;
    const kept = vault.status().secrets.filter(({ backendId }) => backendId === vaultIdOf(config.id));
    const missing = kept.find(({ name }) => (typed[name] ?? '') === '');
    if (missing === undefined) return;
    const { label = missing.name } =
      channelKinds[config.kind].descriptor.secrets.find(({ name }) => name === missing.name) ?? {};
    throw new Error(`${label}: type it again. The one that is kept was given for another server.`);
  }

  const aboutOf = ({ backendId, destination }: Notice): MessageAbout => ({
    backend: backendId === null ? 'Quarterdeck' : parts.nameOf(backendId),
    practice: backendId !== null && parts.isPractice(backendId),
    destination,
  });

  return {
    async start() {
      for (const config of settings.get().channels) {
        try {
          await restore(config);
        } catch (error) {
          log.warn('what waited for a channel cannot be read', { channel: config.id, error: String(error) });
        }
      }
    },
    kinds: () => Object.values(channelKinds).map(({ descriptor }) => descriptor),
    offer(notice, unacknowledged = false) {
      for (const config of settings.get().channels) {
        if (!wants(config, notice, unacknowledged)) continue;
        messages += 1;
        const { title, body, severity } = notice;
        const atMs = clock.now();
        const plain = { id: `${notice.key}/${atMs}/${messages}`, title, body, severity, atMs };
        const message = inOwnWords(config, plain, aboutOf(notice));
        const recipients = recipientsOf(config);
        record.begun(config, message, recipients);
        try {
          const outbox = outboxOf(config);
          for (const recipient of recipients) outbox.offer(message, notice.key, recipient);
        } catch (error) {
          log.error('a channel cannot be opened', { channel: config.id });
          const reason = error instanceof Error ? error.message : 'It cannot be opened.';
          for (const recipient of recipients)
            record.settled(config, message, { recipient, result: 'failed', reason, attempts: 0 });
        }
      }
    },
    withdraw(noticeKey) {
      for (const { outbox } of outboxes.values()) outbox.withdraw(noticeKey);
    },
    check: refuseTrouble,
    async save(config, secrets) {
      refuseTrouble(config);
      refuseKeptElsewhere(config, secrets);
      for (const [name, value] of Object.entries(secrets)) {
        if (value !== '')
          await vault.set(vaultIdOf(config.id), name, bindSecret(value, destinationOf(config)));
      }
      settings.saveChannel(config);
      return config;
    },
    async remove(channelId) {
      settings.removeChannel(channelId);
      await vault.removeAll(vaultIdOf(channelId));
    },
    async test(config, secrets) {
      refuseTrouble(config);
      refuseKeptElsewhere(config, secrets);
      const sender = senderOf(config, async (name) => {
        const typed = secrets[name];
        return typed === undefined || typed === '' ? revealFor(config, name) : typed;
      });
      testsUnderWay.add(sender);
      messages += 1;
      const atMs = clock.now();
      const plain = { id: `test/${atMs}/${messages}`, ...TEST_WORDS, severity: 'medium' as const, atMs };
      const destination = { place: 'settings', itemId: null } as const;
      const message = inOwnWords(config, plain, { backend: 'Quarterdeck', practice: false, destination });
      const deliveries: ChannelDelivery[] = [];
      try {
        for (const recipient of recipientsOf(config))
          deliveries.push(deliveryOf(recipient, await sender.send(message, recipient)));
      } finally {
        testsUnderWay.delete(sender);
        sender.dispose();
      }
      return deliveries;
    },
    dispose() {
      stopListening();
      for (const { config, outbox } of outboxes.values()) {
        const left = outbox.close();
        if (left > 0) note(config, `${countOf(left)} not sent yet, kept for the next start`);
      }
      outboxes.clear();
      for (const sender of testsUnderWay) sender.dispose();
    },
  };
}

const countOf = (messages: number): string => `${messages} message${messages === 1 ? '' : 's'}`;

/** Why a message that waited when the desk ended is of no use any more; `null` where it is. */
function whyNotAnyMore(config: ChannelConfig, { about, message }: KeptItem, nowMs: number): string | null {
  if (!config.enabled) return 'The channel is switched off.';
  if (nowMs - message.atMs > KEPT_FOR_MS) return 'It waited too long while the desk was closed.';
  // What is read anew at each start is told anew, as it is then.
  return /^(approval|halt)/.test(about) ? 'What of it is still open is told anew.' : null;
}

/** With its time, since it does not arrive when it happened. Once: it may be kept again. */
function sentLate(item: KeptItem): KeptItem {
  const { message } = item;
  const when = new Date(message.atMs).toISOString().slice(0, 16).replace('T', ' ');
  const late = t('(Of {when} UTC; the desk was closed since.)', { when });
  if (message.body.endsWith(late)) return item;
  return { ...item, message: { ...message, body: `${message.body} ${late}`.trim() } };
}

/** Where a channel's secrets go, to be compared. */
const destinationOf = ({ kind, options }: ChannelConfig): string =>
  JSON.stringify([kind, ...channelKinds[kind].destinationOptions.map((name) => options[name] ?? '')]);

function refuseTrouble(config: ChannelConfig): void {
  const { template } = config;
  const wrong =
    template === undefined ? null : (troubleOfTemplate(template.title) ?? troubleOfTemplate(template.body));
  if (wrong !== null) throw new Error(wrong);
  const { descriptor, checkRecipient } = channelKinds[config.kind];
  if (descriptor.recipients === null) return;
  if (config.recipients.length === 0)
    throw new Error(`${descriptor.recipients.label}: there is nobody to send to.`);
  for (const recipient of config.recipients) {
    const trouble = checkRecipient(recipient);
    if (trouble !== null) throw new Error(`“${recipient}”: ${trouble}`);
  }
}

/** A kind without recipients has one, which has no name. */
const recipientsOf = ({ kind, recipients }: ChannelConfig): string[] =>
  channelKinds[kind].descriptor.recipients === null ? [''] : [...new Set(recipients)];

function deliveryOf(recipient: string, answer: Awaited<ReturnType<Sender['send']>>): ChannelDelivery {
  if (answer.kind === 'delivered') return { recipient, result: 'delivered', reason: null, attempts: 1 };
  const result = answer.kind === 'unknown' ? 'unknown' : 'failed';
  return { recipient, result, reason: answer.reason, attempts: 1 };
}

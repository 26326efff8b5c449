import type { ChannelConfig, ChannelDelivery } from '#shared/domain/attention/channel.ts';

import type { JournalPort } from '../../journal/port.ts';
import type { Clock } from '../../lib/clock.ts';
import type { OutboundMessage } from '../channels/channel-kind.ts';

/** Gathers what became of a message for each of its recipients, and journals it in one line when all are known (L1). */
export function createDeliveryRecord({
  journal,
  clock,
}: {
  journal: Pick<JournalPort, 'append'>;
  clock: Clock;
}) {
  const open = new Map<string, { recipients: number; deliveries: ChannelDelivery[] }>();
  const keyOf = (config: ChannelConfig, message: OutboundMessage): string => `${config.id} ${message.id}`;

  return {
    begun(config: ChannelConfig, message: OutboundMessage, recipients: readonly string[]): void {
      open.set(keyOf(config, message), { recipients: recipients.length, deliveries: [] });
    },
    settled(config: ChannelConfig, message: OutboundMessage, delivery: ChannelDelivery): void {
      const entry = open.get(keyOf(config, message));
      if (entry === undefined) return;
      entry.deliveries.push(delivery);
      if (entry.deliveries.length < entry.recipients) return;
      open.delete(keyOf(config, message));
      journal.append({
        atMs: clock.now(),
        kind: 'notification',
        backendId: null,
        summary: `${message.title} (${config.name}: ${wordsOf(entry.deliveries)})`,
        data: {
          channel: { id: config.id, kind: config.kind, name: config.name },
          message,
          deliveries: entry.deliveries,
        },
      });
    },
  };
}

/** "delivered"; of several "2 delivered, failed for 42: Telegram says …", so that whoever was not reached is named. */
function wordsOf(deliveries: readonly ChannelDelivery[]): string {
  const [only] = deliveries;
  if (deliveries.length === 1 && only !== undefined) return withReason(only.result, only.reason);
  const words: string[] = [];
  for (const [result, same] of Map.groupBy(deliveries, (one) => one.result)) {
    if (result === 'delivered') {
      words.unshift(`${same.length} delivered`);
      continue;
    }
    for (const [reason, alike] of Map.groupBy(same, (one) => one.reason)) {
      const names = alike.map(({ recipient }) => recipient).join(', ');
      words.push(withReason(`${result} for ${names}`, reason));
    }
  }
  return words.join('; ');
}

const withReason = (words: string, reason: string | null): string =>
  reason === null ? words : `${words}: ${reason}`;

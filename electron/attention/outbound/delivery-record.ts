import type { ChannelConfig, ChannelDelivery } from '#shared/domain/channel.ts';

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

/** "delivered", "2 delivered, 1 failed: Telegram says …". */
function wordsOf(deliveries: readonly ChannelDelivery[]): string {
  const results = [...new Set(deliveries.map(({ result }) => result))];
  const counted = results.map((result) => {
    const same = deliveries.filter((one) => one.result === result);
    const reason = same.find((one) => one.reason !== null)?.reason;
    const count = deliveries.length > 1 ? `${same.length} ` : '';
    return reason === undefined || reason === null ? `${count}${result}` : `${count}${result}: ${reason}`;
  });
  return counted.join(', ');
}

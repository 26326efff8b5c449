import type { ChannelKind } from './channel-kind.ts';
import { headlineOf, whenOf } from './channel-kind.ts';
import { webhookSender } from './webhook-sender.ts';

/** An incoming webhook of Slack: header, section and context blocks. The address is the secret. */
export const slack: ChannelKind = {
  descriptor: {
    kind: 'slack',
    label: 'Slack',
    summary: 'Posts into a channel by an incoming webhook.',
    options: [],
    secrets: [
      {
        name: 'webhook',
        label: 'Webhook address',
        help: 'Whoever has it can post there. From the app’s settings, Incoming Webhooks.',
        required: true,
      },
    ],
    recipients: null,
  },
  // One a second.
  spacingMs: 1_100,
  destinationOptions: [],
  checkRecipient: () => 'A webhook has no recipients.',
  open: (context) =>
    webhookSender(context, {
      // Slack says what is wrong as plain text, such as `no_service`.
      explain: (answer) =>
        answer.kind === 'text' && /^[a-z_]{3,60}$/.test(answer.body) ? `Slack says: ${answer.body}.` : null,
      body: (message) => ({
        text: escapeEntities(headlineOf(message)),
        blocks: [
          { type: 'header', text: plain(headlineOf(message).slice(0, 150)) },
          ...(message.body === '' ? [] : [{ type: 'section', text: plain(message.body.slice(0, 3_000)) }]),
          { type: 'context', elements: [plain(`Quarterdeck, ${whenOf(message)}`)] },
        ],
      }),
    }),
};

/** Plain text is never read for markup or mentions. */
const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeEntities = (text: string): string => text.replace(/[&<>]/g, (mark) => ENTITIES[mark] ?? mark);

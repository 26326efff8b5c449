import type { ChannelKind } from './channel-kind.ts';
import { SEVERITY_WORDS } from './channel-kind.ts';
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
  checkRecipient: () => 'A webhook has no recipients.',
  open: (context) =>
    webhookSender(context, {
      // Slack says what is wrong as plain text, such as `no_service`.
      explain: (answer) =>
        answer.kind === 'text' && /^[a-z_]{3,60}$/.test(answer.body) ? `Slack says: ${answer.body}.` : null,
      body: ({ severity, title, body, atMs }) => ({
        text: escapeEntities(`${SEVERITY_WORDS[severity]}: ${title}`),
        blocks: [
          { type: 'header', text: plain(`${SEVERITY_WORDS[severity]}: ${title}`.slice(0, 150)) },
          ...(body === '' ? [] : [{ type: 'section', text: plain(body.slice(0, 3_000)) }]),
          {
            type: 'context',
            elements: [
              plain(`Quarterdeck, ${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`),
            ],
          },
        ],
      }),
    }),
};

/** Plain text is never read for markup or mentions. */
const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeEntities = (text: string): string => text.replace(/[&<>]/g, (mark) => ENTITIES[mark] ?? mark);

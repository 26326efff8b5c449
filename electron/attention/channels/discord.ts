import type { Severity } from '#shared/domain/alerts/alert.ts';

import type { ChannelKind } from './channel-kind.ts';
import { headlineOf } from './channel-kind.ts';
import { textIn } from './http-sender.ts';
import { webhookSender } from './webhook-sender.ts';

const COLOURS: Record<Severity, number> = {
  low: 0x3fb27f,
  medium: 0xd9b430,
  high: 0xe0812e,
  critical: 0xd23b3b,
};
/** What Discord takes for markup or for a mention. */
const MARKUP = /[\\*_~`|>#[\]()<@-]/g;

/** A webhook of a Discord channel: one embed with the colour of the severity. The address is the secret. */
export const discord: ChannelKind = {
  descriptor: {
    kind: 'discord',
    label: 'Discord',
    summary: 'Posts into a channel by its webhook.',
    options: [],
    secrets: [
      {
        name: 'webhook',
        label: 'Webhook address',
        help: 'Whoever has it can post there. From the channel’s settings, Integrations.',
        required: true,
      },
    ],
    recipients: null,
  },
  // Five in two seconds for one webhook, thirty a minute for a channel.
  spacingMs: 2_000,
  destinationOptions: [],
  checkRecipient: () => 'A webhook has no recipients.',
  open: (context) =>
    webhookSender(context, {
      explain: (answer) => {
        const words = textIn(answer, 'message');
        return words === null ? null : `Discord says: ${words}.`;
      },
      body: (message) => ({
        embeds: [
          {
            title: escapeMarkdown(headlineOf(message)).slice(0, 250),
            description: escapeMarkdown(message.body).slice(0, 4_000),
            color: COLOURS[message.severity],
            timestamp: new Date(message.atMs).toISOString(),
            footer: { text: 'Quarterdeck' },
          },
        ],
        // Nobody is called by what a bot wrote.
        allowed_mentions: { parse: [] },
      }),
    }),
};

const escapeMarkdown = (text: string): string => text.replace(MARKUP, (mark) => `\\${mark}`);

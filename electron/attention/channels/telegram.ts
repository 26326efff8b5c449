import type { ChannelKind } from './channel-kind.ts';
import { headlineOf } from './channel-kind.ts';
import { createHttpSender, textIn } from './http-sender.ts';

const MOST_CHARACTERS = 4_000;
/** What MarkdownV2 takes for markup; each is escaped, so that a bot's text is text. */
const MARKUP = /[_*[\]()~`>#+\-=|{}.!\\]/g;

/** Telegram's Bot API, `sendMessage`. The token is part of the path, since the protocol leaves no other way; no error names it. */
export const telegram: ChannelKind = {
  descriptor: {
    kind: 'telegram',
    label: 'Telegram',
    summary: 'A bot of yours writes to your chats.',
    options: [
      {
        name: 'server',
        label: 'Bot API',
        type: 'text',
        required: false,
        help: 'Only for a Bot API server of your own.',
        placeholder: 'https://api.telegram.org',
      },
    ],
    secrets: [{ name: 'token', label: 'Bot token', help: 'As @BotFather gave it.', required: true }],
    recipients: {
      label: 'Chats',
      help: 'Chat ids or @channel names, one a line. Write to the bot first: it may not begin.',
      placeholder: '123456789',
    },
  },
  // Telegram takes about one message a second in one chat.
  spacingMs: 1_100,
  destinationOptions: ['server'],
  checkRecipient: (recipient) =>
    /^(-?\d{1,20}|@[A-Za-z]\w{3,40})$/.test(recipient)
      ? null
      : 'A chat is a number such as 123456789, or a name such as @my_channel.',
  open: (context) =>
    createHttpSender(context, {
      baseUrl: context.config.options.server || 'https://api.telegram.org',
      async request(message, recipient) {
        const token = await context.secret('token');
        if (token === null) return 'The bot token is missing.';
        if (!/^[\w:-]{10,100}$/.test(token)) return 'The bot token is not one.';
        const title = escapeMarkdown(headlineOf(message));
        const text = message.body === '' ? `*${title}*` : `*${title}*\n${escapeMarkdown(message.body)}`;
        return {
          path: `/bot${token}/sendMessage`,
          body: {
            chat_id: recipient,
            text: text.slice(0, MOST_CHARACTERS),
            parse_mode: 'MarkdownV2',
            link_preview_options: { is_disabled: true },
            disable_notification: message.severity === 'low',
          },
        };
      },
      explain: (answer) => {
        const words = textIn(answer, 'description');
        return words === null ? null : `Telegram says: ${words}.`;
      },
    }),
};

const escapeMarkdown = (text: string): string => text.replace(MARKUP, (mark) => `\\${mark}`);

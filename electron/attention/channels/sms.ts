import { smsText } from '#shared/domain/attention/sms-text.ts';

import type { ChannelKind } from './channel-kind.ts';
import { headlineOf } from './channel-kind.ts';
import { createHttpSender, textIn } from './http-sender.ts';

/** SMS by Twilio's API. What it answers 201 to is accepted for delivery; more it does not say. */
export const sms: ChannelKind = {
  descriptor: {
    kind: 'sms',
    label: 'SMS',
    summary: 'One short message a notice, by a Twilio account of yours. Each costs money.',
    options: [
      {
        name: 'account',
        label: 'Account SID',
        type: 'text',
        required: true,
        help: 'Begins with AC.',
        placeholder: 'AC…',
      },
      {
        name: 'from',
        label: 'From',
        type: 'text',
        required: true,
        help: 'A number of the account, or the SID of a messaging service (MG…).',
        placeholder: '+15005550006',
      },
      {
        name: 'server',
        label: 'API address',
        type: 'text',
        required: false,
        help: 'Only for another region of the service.',
        placeholder: 'https://api.twilio.com',
      },
    ],
    secrets: [{ name: 'token', label: 'Auth token', help: 'Of the account.', required: true }],
    recipients: {
      label: 'Numbers',
      help: 'With the country’s code, one a line.',
      placeholder: '+4915112345678',
    },
  },
  spacingMs: 1_100,
  destinationOptions: ['server'],
  checkRecipient: (recipient) =>
    /^\+[1-9]\d{6,14}$/.test(recipient) ? null : 'A number begins with + and the country’s code.',
  open(context) {
    const { account = '', from = '', server } = context.config.options;
    return createHttpSender(context, {
      baseUrl: server || 'https://api.twilio.com',
      async credentials() {
        const token = await context.secret('token');
        if (token === null) throw new Error('no token');
        return { authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}` };
      },
      async request(message, recipient) {
        if ((await context.secret('token')) === null) return 'The auth token is missing.';
        if (!/^AC\w{8,60}$/.test(account)) return 'The account SID begins with AC.';
        const sender: Record<string, string> = from.startsWith('MG')
          ? { MessagingServiceSid: from }
          : { From: from };
        const words = `${headlineOf(message)}. ${message.body}`;
        return {
          path: `/2010-04-01/Accounts/${account}/Messages.json`,
          form: { To: recipient, ...sender, Body: smsText(words) },
        };
      },
      explain: (answer) => {
        const words = textIn(answer, 'message');
        return words === null ? null : `Twilio says: ${words}`;
      },
    });
  },
};

import type { ChannelConfig } from '#shared/domain/attention/channel.ts';
import { isLoopback } from '#shared/loopback.ts';

import type { ChannelKind, SendAnswer } from './channel-kind.ts';
import { emailOf } from './email-text.ts';

const TIMEOUT_MS = 20_000;
/** For the whole conversation: a server that says a little all the time is never silent. */
const ANSWER_WITHIN_MS = 60_000;

/** E-mail over SMTP. Beyond this computer it is always encrypted. */
export const email: ChannelKind = {
  descriptor: {
    kind: 'email',
    label: 'E-mail',
    summary: 'Sent by a mail server where you have an account.',
    options: [
      {
        name: 'host',
        label: 'Mail server',
        type: 'text',
        required: true,
        placeholder: 'smtp.example.com',
      },
      {
        name: 'security',
        label: 'Encryption',
        type: 'choice',
        required: true,
        defaultValue: 'starttls',
        help: 'STARTTLS is usual on port 587, TLS on 465. Without is for this computer alone.',
        choices: [
          { value: 'starttls', label: 'STARTTLS' },
          { value: 'tls', label: 'TLS' },
          { value: 'none', label: 'None (this computer)' },
        ],
      },
      {
        name: 'port',
        label: 'Port',
        type: 'number',
        required: true,
        defaultValue: '587',
        min: 1,
        max: 65_535,
      },
      { name: 'from', label: 'From', type: 'text', required: true, placeholder: 'desk@example.com' },
      {
        name: 'user',
        label: 'User',
        type: 'text',
        required: false,
        help: 'Empty where the server asks for none.',
      },
    ],
    secrets: [{ name: 'password', label: 'Password', help: 'Often one made for apps.', required: false }],
    recipients: { label: 'To', help: 'Addresses, one a line.', placeholder: 'you@example.com' },
  },
  spacingMs: 1_000,
  destinationOptions: ['host', 'port', 'security'],
  checkRecipient: (recipient) => (isAddress(recipient) ? null : 'This is no e-mail address.'),
  open({ config, secret, clock }) {
    const { host = '', from = '', user = '' } = config.options;
    return {
      async send(message, recipient) {
        const wrong = troubleOf(config);
        if (wrong !== null) return { kind: 'refused', reason: wrong };
        const password = user === '' ? null : await secret('password');
        if (user !== '' && password === null) return { kind: 'refused', reason: 'The password is missing.' };
        // Loaded with the first mail, so that no start waits for it.
        const { createTransport } = await import('nodemailer');
        const progress = watchProgress();
        const transport = createTransport({
          logger: progress.logger,
          debug: true,
          host,
          port: Number(config.options.port),
          secure: config.options.security === 'tls',
          requireTLS: config.options.security === 'starttls',
          ignoreTLS: config.options.security === 'none',
          ...(password === null ? {} : { auth: { user, pass: password } }),
          connectionTimeout: TIMEOUT_MS,
          greetingTimeout: TIMEOUT_MS,
          socketTimeout: TIMEOUT_MS,
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        const giveUp = new AbortController();
        const stopWaiting = clock.after(ANSWER_WITHIN_MS, () => giveUp.abort());
        try {
          const { signal } = giveUp;
          await transport.sendMail({ from, to: recipient, signal, ...emailOf(message, recipient) });
          return { kind: 'delivered' };
        } catch (error) {
          return fateOf(error, host, progress.textWasBegun());
        } finally {
          stopWaiting();
          transport.close();
        }
      },
      dispose: () => undefined,
    };
  },
};

const isAddress = (text: string): boolean => /^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(text);

function troubleOf({ options }: ChannelConfig): string | null {
  const { host = '', from = '', port = '', security } = options;
  if (!/^[\w.:[\]-]+$/.test(host)) return 'The mail server has no address.';
  if (!(Number(port) >= 1 && Number(port) <= 65_535)) return 'The port is a number from 1 to 65535.';
  if (!isAddress(from)) return 'The address that it comes from is no e-mail address.';
  if (security === 'none' && !isLoopback(host))
    return 'Without encryption mail is given to this computer alone: choose TLS or STARTTLS.';
  return null;
}

/**
 * Whether the server said that it takes the text. The library names no command in the error of a connection that broke, so its log of the
 * conversation is listened to; nothing of it is kept, and it masks passwords itself.
 */
function watchProgress() {
  let begun = false;
  const ignore = (): void => undefined;
  const note = (_entry: unknown, words: unknown): void => {
    if (words === 'DATA') begun = true;
  };
  const logger = {
    level: ignore,
    trace: ignore,
    debug: note,
    info: ignore,
    warn: ignore,
    error: ignore,
    fatal: ignore,
  };
  return { logger, textWasBegun: () => begun };
}

/**
 * A server that answers 4xx takes it later, 5xx never. Without an answer it was certainly not taken unless the text itself was on its way:
 * then nobody knows.
 */
function fateOf(error: unknown, host: string, textWasBegun: boolean): SendAnswer {
  const { code, status } = smtpTrouble(error);
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return { kind: 'refused', reason: `${host} does not accept the user and password.` };
  if (code === 'ETLS' || code === 'EREQUIRETLS' || isUntrusted(error))
    return { kind: 'refused', reason: `${host} offers no encryption that can be trusted.` };
  if (status !== null && status >= 500) return { kind: 'refused', reason: `${host} refuses it (${status}).` };
  if (status !== null) return { kind: 'later', reason: `${host} takes it later (${status}).`, afterMs: null };
  if (textWasBegun) return { kind: 'unknown', reason: `${host} did not say whether it took it.` };
  return { kind: 'later', reason: `${host} cannot be reached (${code ?? 'no answer'}).`, afterMs: null };
}

/** The library gives a refused certificate the code of any broken socket; what was wrong stands in the text alone. */
const isUntrusted = (error: unknown): boolean =>
  error instanceof Error && /certificate|altnames?\b|unable to verify/i.test(error.message);

function smtpTrouble(error: unknown): { code: string | null; status: number | null } {
  const member = (name: string): unknown =>
    error instanceof Error ? Object.getOwnPropertyDescriptor(error, name)?.value : undefined;
  const code = member('code');
  const status = member('responseCode');
  return {
    code: typeof code === 'string' ? code : null,
    status: typeof status === 'number' ? status : null,
  };
}

import { HOUR_MS } from '#shared/time.ts';

import type { HttpAnswer, HttpPort, HttpRequest } from '../../connections/port.ts';
import { HttpFailure, parseRetryAfter } from '../../connections/port.ts';
import type { ChannelContext, SendAnswer, Sender } from './channel-kind.ts';

const ANSWER_WITHIN_MS = 20_000;

type Posted = Pick<HttpRequest, 'path' | 'body' | 'form'>;

/** How a kind puts one message into a request. A text is what is missing or wrong, in a person's words. */
export interface HttpSenderParts {
  baseUrl: string;
  credentials?: () => Promise<Record<string, string>>;
  request(message: Parameters<Sender['send']>[0], recipient: string): Promise<Posted | string>;
  /** The service's own words in an answer that refuses; `null` where it has none. */
  explain(answer: HttpAnswer): string | null;
}

/** A sender over HTTP. 429 and what a service says of its own trouble (5xx) are `later`; a gateway that waited in vain is `unknown`. */
export function createHttpSender({ clock, connections }: ChannelContext, parts: HttpSenderParts): Sender {
  const { baseUrl, credentials, request, explain } = parts;
  let http: HttpPort | null = null;
  return {
    async send(message, recipient) {
      try {
        const posted = await request(message, recipient);
        if (typeof posted === 'string') return { kind: 'refused', reason: posted };
        http ??= connections.http({
          baseUrl,
          allowPlainHttp: false,
          ...(credentials === undefined ? {} : { credentials }),
        });
        const answer = await http.request({
          method: 'POST',
          timeoutMs: ANSWER_WITHIN_MS,
          priority: 'panic',
          reads429: true,
          ...posted,
        });
        return fateOf(answer, explain(answer), clock.now());
      } catch (error) {
        return fateOfFailure(error);
      }
    },
    dispose: () => http?.dispose(),
  };
}

function fateOf(answer: HttpAnswer, words: string | null, nowMs: number): SendAnswer {
  const { status } = answer;
  if (status >= 200 && status < 300) return fateOfSuccess(answer, words);
  const reason = words ?? `The service answered ${status}.`;
  if (status === 504) return { kind: 'unknown', reason };
  if (status !== 429 && status < 500) return { kind: 'refused', reason };
  return { kind: 'later', reason, afterMs: patienceOf(answer, nowMs) };
}

/** A 2xx alone does not say that it was taken: some refuse in the body, and a page is the answer of something that stands in between. */
function fateOfSuccess(answer: HttpAnswer, words: string | null): SendAnswer {
  const { headers } = answer;
  if (answer.kind === 'json' && memberOf(answer.body, 'ok') === false)
    return { kind: 'refused', reason: words ?? 'The service says that it did not take it.' };
  if (answer.kind === 'text' && /^\s*</.test(answer.body))
    return { kind: 'unknown', reason: 'It answered with a page, which no service of this kind does.' };
  const isSpent = headers['x-ratelimit-remaining']?.trim() === '0';
  const pauseMs = isSpent ? secondsMs(headers['x-ratelimit-reset-after']) : null;
  return pauseMs === null ? { kind: 'delivered' } : { kind: 'delivered', pauseMs };
}

const LONGEST_PATIENCE_MS = HOUR_MS;

/** The longest of what the service asks for, by whichever of its ways: the header, Telegram's `parameters`, Discord's own member and header. */
function patienceOf(answer: HttpAnswer, nowMs: number): number | null {
  const { headers } = answer;
  const body = answer.kind === 'json' ? answer.body : null;
  const asked = [
    parseRetryAfter(headers, nowMs),
    secondsMs(memberOf(memberOf(body, 'parameters'), 'retry_after')),
    secondsMs(memberOf(body, 'retry_after')),
    secondsMs(headers['x-ratelimit-reset-after']),
  ].filter((ms) => ms !== null);
  return asked.length === 0 ? null : Math.max(...asked);
}

function secondsMs(value: unknown): number | null {
  const seconds = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return seconds > 0 ? Math.min(Math.ceil(seconds * 1_000), LONGEST_PATIENCE_MS) : null;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}

function fateOfFailure(error: unknown): SendAnswer {
  if (!(error instanceof HttpFailure)) return { kind: 'refused', reason: 'It could not be sent.' };
  const reason = error.message;
  if (error.sent) return { kind: 'unknown', reason };
  if (error.linkCause.code === 'insecure') return { kind: 'refused', reason };
  return { kind: 'later', reason, afterMs: error.retryAfterMs };
}

/** A member of a JSON answer that is a text, cut short; `null` where there is none. */
export function textIn(answer: HttpAnswer, name: string): string | null {
  const value = answer.kind === 'json' ? memberOf(answer.body, name) : null;
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : null;
}

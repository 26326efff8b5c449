import type { HttpAnswer, HttpPort, HttpRequest } from '../../connections/port.ts';
import { HttpFailure } from '../../connections/port.ts';
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
export function createHttpSender({ connections }: ChannelContext, parts: HttpSenderParts): Sender {
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
          ...posted,
        });
        return fateOf(answer, explain(answer));
      } catch (error) {
        return fateOfFailure(error);
      }
    },
    dispose: () => http?.dispose(),
  };
}

function fateOf({ status, headers }: HttpAnswer, words: string | null): SendAnswer {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const reason = words ?? `The service answered ${status}.`;
  if (status === 504) return { kind: 'unknown', reason };
  if (status < 500) return { kind: 'refused', reason };
  const seconds = Number(headers['retry-after']);
  return { kind: 'later', reason, afterMs: seconds > 0 ? seconds * 1_000 : null };
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
  if (answer.kind !== 'json' || typeof answer.body !== 'object' || answer.body === null) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(answer.body, name)?.value;
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : null;
}

import type { z } from 'zod';

import type { LinkCause } from '#shared/domain/backends/link.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { HttpAnswer } from '../../connections/port.ts';
import { HttpFailure } from '../../connections/port.ts';
import { plainText } from '../../lib/clean.ts';
import { wireError } from './protocol.ts';

/** What an answer of this server means, in a person's words. */

/** The body as the schema says; rejects with `HttpFailure` for a refusal and for anything unexpected. */
export function understood<S extends z.ZodType>(answer: HttpAnswer, schema: S, path: string): z.output<S> {
  const trouble = troubleOf(answer);
  if (trouble !== null)
    throw new ServerRefusal(trouble.cause, retryAfterOf(answer), answer.status, saidIn(answer));
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  const message = `The server answered ${path.split('?')[0] ?? ''} with something unexpected${where === '' ? '' : ` (${where})`}.`;
  throw new HttpFailure({ code: 'bad-answer', message }, true);
}

/** The server let nobody in: what it answered was about the sign-in, not about what was asked. */
export class SignInRefusal extends HttpFailure {}

/** The server answered, with a refusal. */
export class ServerRefusal extends HttpFailure {
  readonly status: number;
  readonly said: string;

  constructor(cause: LinkCause, retryAfterMs: number | null, status: number, said: string) {
    super(cause, true, retryAfterMs);
    this.status = status;
    this.said = said;
  }
}

interface Trouble {
  cause: LinkCause;
  /** The server certainly stopped before it did anything. */
  settled: boolean;
}

/** §3: `null` for a JSON success, else what is wrong in a person's words. */
export function troubleOf(answer: HttpAnswer): Trouble | null {
  const { status } = answer;
  const said = saidIn(answer);
  const quote = said === '' ? '' : ` It says: “${said}”`;
  const trouble = (code: LinkCause['code'], message: string, settled = false): Trouble => ({
    cause: { code, message },
    settled,
  });

  if (status >= 200 && status < 300) {
    if (answer.kind === 'json') return null;
    return trouble(
      'bad-answer',
      'Something answered that is no copy-trading server: a page instead of data.',
    );
  }
  if (status === 429) return trouble('rate-limited', waitWords(answer), true);
  const isJson = answer.kind === 'json';
  if (status === 401) return trouble('server-error', `The server does not take the sign-in.${quote}`, isJson);
  if (status === 404 && said === 'Route not found')
    return trouble(
      'bad-answer',
      'This server does not know this call: it may be no copy-trading server.',
      true,
    );
  if (status === 404) return trouble('bad-answer', `The server has nothing of that kind.${quote}`, isJson);
  if (status === 400) return trouble('bad-answer', `The server did not accept this.${quote}`, isJson);
  // §7.12: what it passes on fails so while the exchange behind it is away.
  if (status === 500 && isJson)
    return trouble('server-error', `The server, or the exchange behind it, failed.${quote}`);
  return trouble('server-error', `The server failed (${status}).${quote}`, status < 500 && isJson);
}

export function saidIn(answer: HttpAnswer): string {
  if (answer.kind !== 'json') return '';
  const parsed = wireError.safeParse(answer.body).data;
  if (parsed === undefined) return '';
  const { error, message, details = [] } = parsed;
  return plainText([error, ...(message === undefined ? [] : [message]), ...details].join('; '), 300);
}

function waitWords(answer: HttpAnswer): string {
  const waitMs = retryAfterOf(answer);
  const until = waitMs === null ? 'for now' : `for another ${Math.ceil(waitMs / SECOND_MS)} s`;
  return `The server accepts no more requests ${until} (100 in 15 minutes, shared by everything at this address).`;
}

/** A window is 15 minutes long; whoever asks for more time is not believed. */
function retryAfterOf(answer: HttpAnswer): number | null {
  const seconds = Number(answer.headers['retry-after'] ?? NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 900) * SECOND_MS : null;
}

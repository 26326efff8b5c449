import type { LinkCause } from '#shared/domain/backends/link.ts';

import type { HttpAnswer } from '../../connections/port.ts';
import { HttpFailure } from '../../connections/port.ts';
import { plainText } from '../../lib/clean.ts';
import { redact } from '../../lib/redact.ts';
import { wireDetail, wireError } from './protocol.ts';

/** Why an answer is no success. `settled`: the server certainly stopped before it did anything. */
export interface Trouble {
  cause: LinkCause;
  settled: boolean;
}

/** The server's own words in any of its four error shapes (§3), cleaned; '' where it has none. What it repeats of the input is left out. */
export function detailOf(answer: HttpAnswer): string {
  if (answer.kind !== 'json') return '';
  const detail = wireError.safeParse(answer.body).data?.detail;
  if (typeof detail === 'string') return plainText(redact(plainText(detail, 400)), 200);
  const issues = wireDetail.safeParse(detail).data ?? [];
  const words = issues.slice(0, 5).map(({ loc, msg }) => {
    const where = loc.slice(1).filter((part) => typeof part === 'string' || typeof part === 'number');
    return `${where.join('.')}: ${msg}`;
  });
  return plainText(redact(words.join('; ')), 300);
}

/** `null` for a JSON success, else what is wrong in a person's words. Pages of HTML are never repeated. */
export function troubleOf(answer: HttpAnswer): Trouble | null {
  const { status } = answer;
  const said = detailOf(answer);
  const quote = said === '' ? '' : ` It says: “${said}”`;
  const trouble = (code: LinkCause['code'], message: string, settled = false): Trouble => ({
    cause: { code, message },
    settled,
  });
  if (status >= 200 && status < 300) {
    return answer.kind === 'json'
      ? null
      : trouble('bad-answer', 'Something answered that is not AI-Trader: a page instead of data.');
  }
  if (status === 401) return trouble('credentials', `AI-Trader does not accept the sign-in.${quote}`, true);
  if (status === 403)
    return trouble('server-error', `AI-Trader refused this.${quote}`, answer.kind === 'json');
  if (status === 404 && answer.kind === 'text')
    return trouble('bad-answer', 'Nothing there knows this call: it may not be AI-Trader.', true);
  if (status === 404) return trouble('bad-answer', `AI-Trader has nothing of that kind.${quote}`, true);
  if (status === 405) return trouble('bad-answer', 'This AI-Trader does not know this call.', true);
  if (status === 400 || status === 422)
    return trouble('bad-answer', `AI-Trader did not accept this.${quote}`, true);
  return trouble(
    'server-error',
    `AI-Trader failed (${status}).${quote}`,
    status < 500 && answer.kind === 'json',
  );
}

/** An answer with a status that the caller may want to know of, such as 404 where nothing is there yet. */
export class AnswerFailure extends HttpFailure {
  readonly status: number;

  constructor(cause: LinkCause, status: number) {
    super(cause, true);
    this.status = status;
  }
}

export const isMissing = (error: unknown): boolean => error instanceof AnswerFailure && error.status === 404;

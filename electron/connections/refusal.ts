import type { IncomingMessage } from 'node:http';

import type { LinkCause } from '#shared/domain/backends/link.ts';

import { answerHeaders } from './answer.ts';
import { HttpFailure } from './port.ts';
import { parseRetryAfter } from './retry-after.ts';

const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Why a server did not give the lasting connection that was asked of it, by the status that it answered instead. Only 401 and
 * 403 are final; `wanted` ends the sentence "answered 404 where … was expected".
 */
export function refusedAnswer(
  response: IncomingMessage,
  host: string,
  wanted: string,
  nowMs: number,
): HttpFailure {
  const status = response.statusCode ?? 0;
  const { code, words } = refusal(status, wanted);
  const retryAfterMs = parseRetryAfter(answerHeaders(response), nowMs);
  return new HttpFailure({ code, message: `${host} ${words}.` }, true, retryAfterMs);
}

function refusal(status: number, wanted: string): { code: LinkCause['code']; words: string } {
  if (status === 401 || status === 403)
    return { code: 'credentials', words: `does not accept the credentials (${status})` };
  if (status === 429) return { code: 'rate-limited', words: 'accepts no more connections for now (429)' };
  if (status === 204) return { code: 'closed', words: 'has nothing to send (204)' };
  if (status >= 500) return { code: 'server-error', words: `has trouble of its own (${status})` };
  if (REDIRECTS.includes(status))
    return { code: 'bad-answer', words: `sends to another address, which was not followed (${status})` };
  if (status === 426) return { code: 'bad-answer', words: 'asks for another kind of connection (426)' };
  return { code: 'bad-answer', words: `answered ${status} where ${wanted} was expected` };
}

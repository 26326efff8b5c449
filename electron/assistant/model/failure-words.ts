import type { APIConnectionError, APIError } from 'openai';

import { membersOf } from '#shared/json.ts';
import { SECOND_MS } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';
import { redact } from '../../lib/redact.ts';
import { ModelFailure } from './failure.ts';

/** Why a request to a model failed, whatever was thrown, in words for a person. What a server says is quoted cut and redacted. */
export async function failureOf(error: unknown): Promise<ModelFailure> {
  const own = ownFailure(error);
  if (own !== null) return own;
  const library = await import('openai');
  if (error instanceof library.APIConnectionError) return unreachable(error);
  if (error instanceof library.APIError) return ofAnswer(error as APIError);
  if (error instanceof SyntaxError)
    return new ModelFailure('not-an-answer', 'The server sent something that is not part of an answer.');
  return new ModelFailure('broken-off', 'The connection broke off before the answer was complete.');
}

/** The library wraps what our own part of the way threw. */
function ownFailure(error: unknown): ModelFailure | null {
  for (let one: unknown = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth += 1)
    if (one instanceof ModelFailure) return one;
  return null;
}

function unreachable(error: APIConnectionError): ModelFailure {
  const codes = JSON.stringify(causesOf(error));
  if (codes.includes('ECONNREFUSED'))
    return new ModelFailure('unreachable', 'Nothing answers at this address. Is the model’s server running?');
  if (/ENOTFOUND|EAI_AGAIN/.test(codes))
    return new ModelFailure('unreachable', 'The name in the address could not be found.');
  if (/CERT|SSL|TLS|SELF_SIGNED/i.test(codes))
    return new ModelFailure('unreachable', 'The server’s certificate could not be verified.');
  return new ModelFailure(
    'unreachable',
    'The server could not be reached, or closed the connection without an answer.',
  );
}

function causesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let one: unknown = error, depth = 0; one instanceof Error && depth < 6; one = one.cause, depth += 1) {
    const code: unknown = Reflect.get(one, 'code');
    if (typeof code === 'string') codes.push(code);
  }
  return codes;
}

function ofAnswer(error: APIError): ModelFailure {
  const { words, wait, status } = toldBy(error);
  const said = plainText(redact(words), 300);
  const quoted = said === '' ? '' : ` It says: “${said}”`;
  if (isOfTools(status, said))
    return new ModelFailure('no-tools', `The server refused the question.${quoted}`);
  switch (status) {
    case 401:
    case 403:
      return new ModelFailure('key', `The server refused the key.${quoted}`);
    case 404:
      return new ModelFailure(
        'not-found',
        `The server knows no such model, or the address has another path.${quoted}`,
      );
    case 402:
    case 429:
      return new ModelFailure('busy', `The server takes no more for now.${wait}${quoted}`);
    case 503:
      return new ModelFailure('server', `The model’s server is not ready (503).${wait}${quoted}`);
    case undefined:
      return new ModelFailure('server', `The model’s server failed in the middle of the answer.${quoted}`);
    default:
      return status >= 500
        ? new ModelFailure('server', `The model’s server failed (${status}).${quoted}`)
        : new ModelFailure('refused', `The server refused the question (${status}).${quoted}`);
  }
}

/** A failure that came as a piece of an answer. */
export function failureSaid(piece: unknown): ModelFailure {
  const said = plainText(redact(messageOf(piece)), 300);
  const quoted = said === '' ? '' : ` It says: “${said}”`;
  return new ModelFailure('server', `The model’s server failed in the middle of the answer.${quoted}`);
}

/** What the server said of what it refused; empty where it said nothing, or was not reached. */
export const saysOf = (error: unknown): string =>
  error instanceof Error ? messageOf(Reflect.get(error, 'error')) : '';

function toldBy(error: APIError): { words: string; wait: string; status: number | undefined } {
  const code = Number(membersOf(error.error)?.code);
  // In the middle of a stream the status is told by the failure itself.
  const status = error.status ?? (code >= 400 && code < 600 ? code : undefined);
  return { words: messageOf(error.error), wait: waitOf(error), status };
}

/** Servers name it differently, and some put a list of what is wrong there. */
function messageOf(said: unknown, depth = 0): string {
  if (typeof said === 'string') return said.includes('<') ? '' : said;
  const one: unknown = Array.isArray(said) ? said[0] : said;
  const members = membersOf(one);
  if (members === null || depth > 3) return '';
  return messageOf(members.message ?? members.detail ?? members.msg ?? members.error, depth + 1);
}

/** That the model, or its server as it was started, can do nothing but talk. */
const isOfTools = (status: number | undefined, said: string): boolean =>
  status !== undefined &&
  ![401, 402, 403, 429].includes(status) &&
  /\btools?\b|function.?call/i.test(said) &&
  /support|require|not (?:enabled|allowed|permitted)|unknown|unrecogni[sz]ed|extra/i.test(said);

function waitOf({ headers }: APIError): string {
  const wait = headers?.get('retry-after') ?? '';
  if (/^\d{1,6}$/.test(wait)) return ` It asks to wait ${wait} s.`;
  // As a time of the server's own clock, which its answer tells too.
  const seconds = Math.ceil((Date.parse(wait) - Date.parse(headers?.get('date') ?? '')) / SECOND_MS);
  return seconds > 0 && seconds < 1_000_000 ? ` It asks to wait ${seconds} s.` : '';
}

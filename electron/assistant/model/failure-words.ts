import type { APIConnectionError, APIError } from 'openai';

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
  const said = plainText(redact(saidBy(error)), 300);
  const quoted = said === '' ? '' : ` It says: “${said}”`;
  switch (error.status) {
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
      return new ModelFailure('busy', `The server takes no more for now.${waitOf(error)}${quoted}`);
    case undefined:
      return new ModelFailure('server', `The model’s server failed in the middle of the answer.${quoted}`);
    default:
      return error.status >= 500
        ? new ModelFailure('server', `The model’s server failed (${error.status}).${quoted}`)
        : new ModelFailure('refused', `The server refused the question (${error.status}).${quoted}`);
  }
}

function saidBy(error: APIError): string {
  const body = error.error as unknown;
  const message: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'message') : body;
  // An error page is no sentence.
  return typeof message === 'string' && !message.includes('<') ? message : '';
}

function waitOf({ headers }: APIError): string {
  const wait = headers?.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(wait) ? ` It asks to wait ${wait} s.` : '';
}

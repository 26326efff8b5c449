import { isMembers, membersOf, parseJson } from '#shared/json.ts';

import { ModelFailure } from './failure.ts';

/**
 * One document where a stream was asked for, as a stream of one piece: an answer that came whole, or what went wrong under a
 * status of success. Throws a `ModelFailure` for any other.
 */
export function documentAsStream(text: string): string {
  const whole = membersOf(parseJson(text));
  const choices: unknown = whole?.choices;
  const isAnswer =
    Array.isArray(choices) &&
    isMembers(choices[0]) &&
    isMembers((choices[0] as { message?: unknown }).message);
  const isFailure = Boolean(whole?.error) || whole?.object === 'error';
  if (!isAnswer && !isFailure)
    throw new ModelFailure(
      'not-streaming',
      'The server answers, but not piece by piece: it does not stream.',
    );
  return ['data:', JSON.stringify(whole), '\n\ndata:[DONE]\n\n'].join('');
}

/** What servers write into a refusal, each in its own way, as the library reads it: `{ error: { message } }`. */
export function refusalInOneShape(text: string): string {
  const body = parseJson(text);
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const members = membersOf(first);
  // A page is no sentence.
  if (members === null)
    return JSON.stringify({ error: { message: text.includes('<') ? '' : text.slice(0, 1_000) } });
  return JSON.stringify(members.error ? { error: members.error } : { error: members });
}

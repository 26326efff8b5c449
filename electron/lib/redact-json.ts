import { parseJson } from '#shared/json.ts';

import { redact } from './redact.ts';

/**
 * `redact` over the text of some JSON, with JSON as its answer. Over the whole text first: which member a value belongs to
 * tells more than the value. Where that tears the JSON (a long number becomes a bare word, a header line takes the rest with
 * it) each value is looked at by itself.
 */
export function redactJson(text: string): string {
  const redacted = redact(text);
  if (redacted === text || isJson(redacted)) return redacted;
  const data: unknown = JSON.parse(text);
  const byValue = redact(JSON.stringify(data, redactScalar));
  return isJson(byValue) ? byValue : JSON.stringify({ text: byValue });
}

function redactScalar(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const redacted = redact(String(value));
  return redacted === String(value) ? value : redacted;
}

const isJson = (text: string): boolean => parseJson(text) !== undefined;

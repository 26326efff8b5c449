import type { IncomingMessage } from 'node:http';

import { HttpFailure } from './port.ts';
import type { HttpAnswer } from './port.ts';

const MOST_BYTES = 8 * 1024 * 1024;
/** No backend needs a tenth of it; what walks through an answer takes a frame of the stack, or several, for each. */
const MOST_LEVELS = 100;

/**
 * Reads an answer whole, at most 8 MiB of it. JSON only where the server says so and it is: an HTML error page,
 * JSON cut off in the middle or with a bare NaN in it comes as text, whatever the status (coinruler.md, §3).
 * Rejects with `HttpFailure`, or with the error of the connection.
 */
export async function readAnswer(response: IncomingMessage, host: string): Promise<HttpAnswer> {
  const headers = answerHeaders(response);
  const status = response.statusCode ?? 0;
  if (Number(headers['content-length'] ?? 0) > MOST_BYTES) throw tooLarge(host);
  const packed = compressedFailure(response, host);
  if (packed !== null) throw packed;

  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw tooLarge(host);
    chunks.push(chunk);
  }

  const type = headers['content-type'] ?? '';
  const text = decode(Buffer.concat(chunks), type);
  if (/^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type)) {
    if (!isWithin(text, MOST_LEVELS)) throw tooDeep(host);
    const parsed = parseJson(text);
    if (parsed !== null) return { kind: 'json', status, headers, body: parsed.value };
  }
  return { kind: 'text', status, headers, body: text };
}

/** Nothing is unpacked here: a small answer could become anything. `null` for what is not compressed. */
export function compressedFailure(response: IncomingMessage, host: string): HttpFailure | null {
  if (['', 'identity'].includes((response.headers['content-encoding'] ?? '').toLowerCase())) return null;
  const message = `${host} sent a compressed answer although none was asked for.`;
  return new HttpFailure({ code: 'bad-answer', message }, true);
}

/** Headers with lower-case names and one value each. Cookies are left out: nothing here keeps them, and they are secrets. */
export function answerHeaders(response: IncomingMessage): Record<string, string> {
  const pairs: [string, string][] = [];
  for (const [name, value] of Object.entries(response.headers)) {
    if (value === undefined || name === 'set-cookie') continue;
    pairs.push([name, Array.isArray(value) ? value.join(', ') : value]);
  }
  return Object.fromEntries(pairs);
}

/** Bytes that are not what the charset says become U+FFFD instead of ending everything. */
function decode(bytes: Buffer, contentType: string): string {
  const label = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

/** Whether no list or object of this JSON stands in more than so many others. */
function isWithin(json: string, mostLevels: number): boolean {
  let level = 0;
  let isInString = false;
  for (let index = 0; index < json.length; index += 1) {
    const mark = json.charCodeAt(index);
    if (mark === BACKSLASH) index += 1;
    else if (mark === QUOTE) isInString = !isInString;
    else if (isInString) continue;
    else if (mark === OPEN_LIST || mark === OPEN_OBJECT) level += 1;
    else if (mark === CLOSE_LIST || mark === CLOSE_OBJECT) level -= 1;
    if (level > mostLevels) return false;
  }
  return true;
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 91, 93, 123, 125];

function tooDeep(host: string): HttpFailure {
  const message = `${host} sent an answer that is nested too deeply to be read.`;
  return new HttpFailure({ code: 'bad-answer', message }, true);
}

function tooLarge(host: string): HttpFailure {
  return new HttpFailure({ code: 'bad-answer', message: `${host} sent more than 8 MB as one answer.` }, true);
}

import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import { LAST_DATE_MS } from '#shared/time.ts';

import { redact } from '../../lib/redact.ts';
import { redactJson } from '../../lib/redact-json.ts';
import type { JournalRecord } from '../port.ts';
import type { MinuteCandle } from './price-minutes.ts';
import type { Operation } from './protocol.ts';

const MAX_SUMMARY = 500;
/** Longest JSON text kept whole; what is longer is cut and says so. */
const MAX_DATA = 64 * 1024;
const MAX_BACKEND_ID = 80;

/**
 * A record as it will be stored: text made of it at once, so that later changes to the object do not show; redacted;
 * bounded; and well-formed Unicode, since SQLite would replace the rest and break the hash. Never throws.
 */
export function entryOperation(record: JournalRecord, number: number, nowMs: number): Operation {
  const { kind, backendId } = record;
  const isDate = Number.isSafeInteger(record.atMs) && record.atMs >= 0 && record.atMs <= LAST_DATE_MS;
  const atMs = isDate ? record.atMs : nowMs;
  return {
    kind: 'entry',
    number,
    atMs,
    entryKind: kind,
    backendId: backendId === null ? null : clean(backendId, MAX_BACKEND_ID),
    summary: clean(redact(record.summary.slice(0, MAX_SUMMARY * 2)), MAX_SUMMARY),
    data: dataText(record.data),
  };
}

export const equityOperation = (point: EquityPoint, number: number): Operation => ({
  kind: 'equity',
  number,
  point,
});

export const candleOperation = (candle: MinuteCandle, number: number): Operation => ({
  kind: 'candle',
  number,
  candle,
});

/** Memory is read back by code, so it is kept as it is. Throws for what is not JSON. */
export function memoryOperation(key: string, value: unknown, number: number): Operation {
  const text = jsonText(value);
  if (text === null) throw new TypeError(`${key} cannot be remembered: it is not JSON`);
  return { kind: 'memory', number, key, value: text };
}

function clean(text: string, limit: number): string {
  // Control characters, the NUL among them, would let a backend write lines of its own into an export.
  return text
    .slice(0, limit)
    .replaceAll(/\p{Cc}+/gu, ' ')
    .toWellFormed();
}

function dataText(data: unknown): string {
  let text: string;
  try {
    text = jsonText(data) ?? 'null';
  } catch {
    return JSON.stringify({ unreadable: 'not JSON' });
  }
  if (text.length > MAX_DATA) return JSON.stringify({ cut: redact(text.slice(0, MAX_DATA)).toWellFormed() });
  return redactJson(text);
}

/** `null` for what JSON has no text for, which the types of `JSON.stringify` pass over. Throws for cycles. */
function jsonText(value: unknown): string | null {
  const text: unknown = JSON.stringify(value);
  return typeof text === 'string' ? text : null;
}

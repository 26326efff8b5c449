import type { Severity } from '#shared/domain/alerts/alert.ts';
import { severity as severitySchema } from '#shared/domain/alerts/alert.ts';
import { SEVERITIES } from '#shared/domain/alerts/severities.ts';
import type { Members } from '#shared/json.ts';
import { membersOf, parseJson } from '#shared/json.ts';

/** What an entry can be filtered by besides its kind and backend. */
export interface Facets {
  severity: Severity | null;
  /** As the backend writes it. */
  symbol: string | null;
}

/**
 * Read from the record itself, which the chain covers, so that nothing beside it can be changed unseen. `kind` and `data`
 * as they are stored; what is no JSON has neither, or what it says before it breaks.
 */
export function facetsOf(kind: string, data: string): Facets {
  const flat = flatPart(data);
  const severity = skimSeverity(kind, data, flat);
  const symbol = severity === UNSURE ? UNSURE : skimSymbol(data, flat);
  return severity === UNSURE || symbol === UNSURE ? readFacets(kind, data) : { severity, symbol };
}

function readFacets(kind: string, data: string): Facets {
  const record = membersOf(parseJson(data));
  if (record === null) return { severity: null, symbol: null };
  return { severity: ownSeverity(record) ?? severityByKind(kind, record), symbol: symbolOf(record) };
}

/*
 * Parsing a record takes as long as finding it. Most say both before anything nested begins, in the text that `JSON.stringify` made: a
 * quote in a string has a backslash, so that `"name":` there is a member of the record itself. Whatever is not plain is parsed.
 */
const UNSURE = Symbol('unsure');

const SYMBOL_NAMES = ['"instrument"', '"symbol"', '"asset"'] as const;
/** Kinds whose records are graver or less so by more than their own word. */
const GRADED_KINDS: ReadonlySet<string> = new Set([
  'panic',
  'kill-switch',
  'command',
  'trade',
  'activity',
  'link',
  'system',
]);

function skimSeverity(kind: string, data: string, flat: string): Severity | null | typeof UNSURE {
  const said = plainText(flat, '"severity"');
  if (said !== null) return SEVERITIES.find((severity) => severity === said) ?? UNSURE;
  return flat === '' || GRADED_KINDS.has(kind) || data.includes('"severity"') ? UNSURE : null;
}

function skimSymbol(data: string, flat: string): string | null | typeof UNSURE {
  for (const name of SYMBOL_NAMES) {
    const said = plainText(flat, name);
    if (said !== null) return said.slice(0, 60);
    if (data.includes(name)) return UNSURE;
  }
  return null;
}

/** Of a record, up to where something nested begins or a bracket stands in a text; empty where it is no record. */
function flatPart(data: string): string {
  if (!data.startsWith('{') || !data.endsWith('}')) return '';
  const brace = data.indexOf('{', 1);
  const bracket = data.indexOf('[', 1);
  const end = brace === -1 ? bracket : bracket === -1 ? brace : Math.min(brace, bracket);
  return end === -1 ? data : data.slice(0, end);
}

/** A member that is a text without anything escaped in it, and not empty; else `null`. */
function plainText(flat: string, name: string): string | null {
  const at = flat.indexOf(`${name}:"`);
  if (at === -1) return null;
  const start = at + name.length + 2;
  const end = flat.indexOf('"', start);
  if (end <= start || !(flat[end + 1] === ',' || flat[end + 1] === '}')) return null;
  const text = flat.slice(start, end);
  return text.includes('\\') ? null : text;
}

function ownSeverity(record: Members): Severity | null {
  const said = record.severity ?? membersOf(record.notice)?.severity;
  return severitySchema.safeParse(said).data ?? null;
}

/** For records that carry none: what asks a person to look is high, what endangers money critical. */
function severityByKind(kind: string, record: Members): Severity | null {
  const { enabled, found, phase, state, status } = record;
  switch (kind) {
    case 'panic':
      return phase === 'pressed' ? 'critical' : 'high';
    case 'kill-switch':
      return enabled === true || record.byItself === true || state === 'failed' || state === 'unconfirmed'
        ? 'critical'
        : found === true
          ? null
          : 'medium';
    case 'command':
      return status === 'unconfirmed' || status === 'rejected'
        ? 'high'
        : status === 'blocked'
          ? 'medium'
          : null;
    case 'trade':
      return status === 'failed' ? 'high' : null;
    case 'activity':
      return status === 'failed' || state === 'lost' ? 'high' : record.kind === 'spike' ? 'medium' : null;
    case 'link':
      return record.kind === 'stopped'
        ? 'high'
        : record.kind === 'stale' || record.kind === 'waiting'
          ? 'medium'
          : null;
    case 'system':
      return record.event === 'journal-rebuilt' || record.event === 'entries-lost' ? 'high' : null;
    default:
      return null;
  }
}

function symbolOf(record: Members): string | null {
  const places = [record, membersOf(record.proposal), membersOf(record.params)];
  for (const place of places) {
    const symbol = place?.instrument ?? place?.symbol ?? place?.asset;
    if (typeof symbol === 'string' && symbol !== '') return symbol.slice(0, 60);
  }
  return null;
}

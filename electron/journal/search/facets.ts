import type { Severity } from '#shared/domain/alert.ts';
import { severity as severitySchema } from '#shared/domain/alert.ts';

/** What an entry can be filtered by besides its kind and backend. */
export interface Facets {
  severity: Severity | null;
  /** As the backend writes it. */
  symbol: string | null;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * Read from the record itself, which the chain covers, so that nothing beside it can be changed unseen. `kind` and `data`
 * as they are stored; what is no JSON has neither.
 */
export function facetsOf(kind: string, data: string): Facets {
  const record = membersOf(parse(data));
  if (record === null) return { severity: null, symbol: null };
  return { severity: ownSeverity(record) ?? severityByKind(kind, record), symbol: symbolOf(record) };
}

function ownSeverity(record: Members): Severity | null {
  const said = record.severity ?? membersOf(record.notice)?.severity;
  return severitySchema.safeParse(said).data ?? null;
}

/** For records that carry none: what asks a person to look is high, what endangers money critical. */
function severityByKind(kind: string, record: Members): Severity | null {
  const { enabled, phase, state, status } = record;
  switch (kind) {
    case 'panic':
      return phase === 'pressed' ? 'critical' : 'high';
    case 'kill-switch':
      return enabled === true || record.byItself === true || state === 'failed' || state === 'unconfirmed'
        ? 'critical'
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

function parse(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return null;
  }
}

const membersOf = (value: unknown): Members | null =>
  typeof value === 'object' && value !== null ? (value as Members) : null;

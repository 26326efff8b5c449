import type { Members } from '#shared/json.ts';
import { membersOf, parseJson } from '#shared/json.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { formatDateTime } from '../../ui/format.ts';
import { humanise } from '../../ui/humanise.ts';
import { memberName } from '../../ui/member-name.ts';

/** One thing that a record says, in words. Values may be a backend's and are untrusted. */
export interface EntryFact {
  name: string;
  value: string;
}

/** Told elsewhere in the detail, or of use to programs alone. */
const LEFT_OUT: ReadonlySet<string> = new Set(['backendId', 'groupKey', 'severity', 'rawSeverity', 'key']);
const LONGEST = 400;

/** What a record says, a line for each member that has something to say; nested ones by their own names. Without what `summary` says. */
export function entryFacts(data: string, summary: string): EntryFact[] {
  return factsOf(membersOf(parseJson(data)) ?? {}).filter(({ value }) => value !== summary);
}

/**
 * What ties a record to others: the id of the request, the proposal, the alert or the PANIC it is about. Short ones are left out,
 * since many things have them.
 */
export function relatedIds(data: string): string[] {
  const record = membersOf(parseJson(data));
  if (record === null) return [];
  const { id, requestId, approvalId, orderId } = record;
  const inside = [membersOf(record.params)?.approvalId, membersOf(record.proposal)?.id];
  const ids = [requestId, id, approvalId, orderId, ...inside].filter((one) => typeof one === 'string');
  return [...new Set(ids)].filter((one) => one.length >= 6 && one.length <= 80 && !one.includes('"'));
}

function factsOf(record: Members): EntryFact[] {
  return Object.entries(record).flatMap(([name, value]) => (LEFT_OUT.has(name) ? [] : factOf(name, value)));
}

function factOf(name: string, value: unknown): EntryFact[] {
  if (value === null || value === '') return [];
  if (Array.isArray(value)) return listFacts(name, value);
  const members = membersOf(value);
  if (members !== null) return name === 'proposal' ? proposalFact(members) : factsOf(members);
  return [{ name: label(name), value: words(name, value) }];
}

/** The proposal's own entry tells the rest. */
const proposalFact = ({ title }: Members): EntryFact[] =>
  typeof title === 'string' ? [{ name: t('Proposal'), value: title }] : [];

function listFacts(name: string, list: readonly unknown[]): EntryFact[] {
  const plain = list.filter((item) => membersOf(item) === null);
  const nested = list.flatMap((item) => {
    const members = membersOf(item);
    return members === null ? [] : namedFact(members);
  });
  return plain.length === 0
    ? nested
    : [{ name: label(name), value: plain.map((item) => words('', item)).join(', ') }, ...nested];
}

/** Facts, checks, channels and changed settings: each has a name of some kind and what is said of it. */
function namedFact(item: Members): EntryFact[] {
  if (typeof item.asked === 'string') return [answerFact(item)];
  const name = item.name ?? item.label ?? item.channel ?? item.backendId;
  if (typeof name !== 'string') return [];
  if ('before' in item && 'after' in item)
    return [{ name: label(name), value: `${words('', item.before)} → ${words('', item.after)}` }];
  const said = [item.value ?? item.verdict ?? item.result ?? item.state, item.detail ?? item.reason]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .map((part) => words('', part));
  return said.length === 0 ? [] : [{ name: label(name), value: said.join('. ') }];
}

/** What a backend's server answered to a request: its status, how long it took, and the beginning of what it said. */
function answerFact({ asked, status, latencyMs, body }: Members): EntryFact {
  const how = [
    typeof status === 'number' ? String(status) : t('no answer'),
    ...(typeof latencyMs === 'number' ? [t('after {words}', { words: words('latencyMs', latencyMs) })] : []),
  ].join(' ');
  const said = typeof body === 'string' && body !== '' ? `: ${words('body', body)}` : '';
  return { name: t('Answer to {words}', { words: words('asked', asked) }), value: how + said };
}

/** "occurredAtMs" → "Occurred", "latencyMs" → "Latency": the unit goes to the value. A setting is named with the part that it is in. */
function label(name: string): string {
  const plain = name.replace(/(AtMs|Ms|Pct)$/, '');
  return plain.includes('.') ? humanise(plain) : memberName(plain);
}

function words(name: string, value: unknown): string {
  if (value === null || value === undefined) return t('none');
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'number') {
    if (name.endsWith('AtMs') || name === 'sinceMs') return formatDateTime(value);
    if (name.endsWith('Ms')) return value < 10 * SECOND_MS ? t('{value} ms', { value }) : formatAge(value);
    return String(value);
  }
  if (typeof value !== 'string') return t('see the record');
  const unit = name.endsWith('Pct') ? ' %' : '';
  return (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value) + unit;
}

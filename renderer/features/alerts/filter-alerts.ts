import type { Alert, Severity } from '#shared/domain/alerts/alert.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { EpochMs } from '#shared/time.ts';

/** What the person wants to see. `null`, the empty set and the empty text stand for "all". */
export interface AlertFilter {
  text: string;
  severities: ReadonlySet<Severity>;
  kind: string | null;
  backendId: string | null;
  instrument: string | null;
  /** Only what came in after this time; `null` for everything. */
  sinceMs: EpochMs | null;
  /** Only what still waits to be seen. */
  openOnly: boolean;
}

/** Alerts that say the same thing on the same backend: one row. */
export interface AlertGroup {
  key: string;
  /** The newest of them. */
  latest: Alert;
  /** How often it was said, over all members. */
  count: number;
  firstAtMs: EpochMs;
  lastAtMs: EpochMs;
  /** Keys of the members that nobody acknowledged yet. */
  openKeys: string[];
  members: Alert[];
}

export const NO_FILTER: AlertFilter = {
  text: '',
  severities: new Set(),
  kind: null,
  backendId: null,
  instrument: null,
  sinceMs: null,
  openOnly: false,
};

export const alertTime = (alert: Alert): EpochMs => alert.occurredAtMs ?? alert.receivedAtMs;

/** Whether an alert passes the filter. Text is looked for in message, kind, instrument and facts. */
export function matchesFilter(alert: Alert, filter: AlertFilter): boolean {
  return (
    (filter.severities.size === 0 || filter.severities.has(alert.severity)) &&
    passes(filter.kind, alert.kind) &&
    passes(filter.backendId, alert.backendId) &&
    passes(filter.instrument, alert.instrument) &&
    (filter.sinceMs === null || alert.receivedAtMs >= filter.sinceMs) &&
    (!filter.openOnly || alert.acknowledgedAtMs === null) &&
    matchesText(alert, filter.text)
  );
}

/** Groups what repeats; newest group first. */
export function groupAlerts(alerts: Iterable<Alert>): AlertGroup[] {
  const groups = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const key = entryKey(alert.backendId, alert.groupKey);
    const members = groups.get(key);
    if (members) members.push(alert);
    else groups.set(key, [alert]);
  }
  return [...groups.entries()]
    .map(([key, members]) => toGroup(key, members))
    .sort((a, b) => b.lastAtMs - a.lastAtMs);
}

/** The words that can be chosen from in each filter, from what there is. */
export function filterChoices(alerts: Iterable<Alert>): { kinds: string[]; instruments: string[] } {
  const kinds = new Set<string>();
  const instruments = new Set<string>();
  for (const alert of alerts) {
    kinds.add(alert.kind);
    if (alert.instrument !== null) instruments.add(alert.instrument);
  }
  return { kinds: [...kinds].sort(), instruments: [...instruments].sort() };
}

/** Most alerts are alone in their group; they keep their group, so that a row is drawn again only when it changed. */
const groupOfOne = new WeakMap<Alert, AlertGroup>();

function toGroup(key: string, members: Alert[]): AlertGroup {
  const [only] = members;
  if (only === undefined || members.length > 1) return makeGroup(key, members);
  const group = groupOfOne.get(only) ?? makeGroup(key, members);
  groupOfOne.set(only, group);
  return group;
}

function makeGroup(key: string, members: Alert[]): AlertGroup {
  const sorted = [...members].sort((a, b) => b.receivedAtMs - a.receivedAtMs);
  const [latest = members[0], oldest] = [sorted[0], sorted.at(-1)];
  if (latest === undefined || oldest === undefined) throw new Error('a group has at least one member');
  return {
    key,
    latest,
    count: sorted.reduce((total, member) => total + member.count, 0),
    firstAtMs: alertTime(oldest),
    lastAtMs: latest.receivedAtMs,
    openKeys: sorted
      .filter((member) => member.acknowledgedAtMs === null)
      .map((member) => entryKey(member.backendId, member.id)),
    members: sorted,
  };
}

const passes = <T>(chosen: T | null, value: T): boolean => chosen === null || chosen === value;

function matchesText(alert: Alert, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const facts = alert.facts.map(({ name, value }) => `${name} ${value}`).join(' ');
  const haystack = `${alert.message} ${alert.kind} ${alert.instrument ?? ''} ${facts}`.toLowerCase();
  return words.every((word) => haystack.includes(word));
}

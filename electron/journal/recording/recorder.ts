import { assertNever } from '#shared/assert-never.ts';
import type { DeskPatch } from '#shared/domain/desk.ts';
import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';
import type { LinkState } from '#shared/domain/backends/link.ts';
import type { Run } from '#shared/domain/bots/model.ts';
import type { EpochMs } from '#shared/time.ts';
import { formatAge, HOUR_MS } from '#shared/time.ts';

import type { JournalRecord } from '../port.ts';

/**
 * The line that a change of the desk leaves in the journal, or `null` for what is kept in another form: totals go to
 * the equity table and prices to the candles, how something merely stands now is kept nowhere; links and kill switches are journaled when their state changes, not each time they are read; panic,
 * commands and the watch write their own entries.
 */
export function createRecorder(
  startedAtMs: EpochMs,
): (patch: DeskPatch, nowMs: number) => JournalRecord | null {
  const lastStates = new Map<string, string>();
  /** Whose halt is on, as far as was last known. */
  const halted = new Set<string>();

  function changed(patch: DeskPatch, state: string): boolean {
    const entry = `${patch.slice} ${patch.key}`;
    if (lastStates.get(entry) === state) return false;
    lastStates.set(entry, state);
    return true;
  }

  return (patch, nowMs) => {
    const { slice, key, value } = patch;
    if (value === null) lastStates.delete(`${slice} ${key}`);
    switch (slice) {
      case 'approvals': {
        if (value === null) return null;
        const { status, rawStatus, title, decidedBy, backendId } = value;
        if (!changed(patch, `${status} ${rawStatus}`)) return null;
        const by = decidedBy === null ? '' : ` by ${decidedBy}`;
        const summary =
          status === 'pending'
            ? `Proposed: ${title}`
            : status === 'unknown'
              ? `${title}: a decision was sent, its fate is not known yet`
              : `${title}: ${rawStatus ?? status}${by}`;
        return { atMs: nowMs, kind: 'approval', backendId, summary, data: value };
      }
      case 'killSwitches': {
        if (value === null || !changed(patch, haltKey(value))) return null;
        // Off, where nobody knew it to be on, is how the desk found it, and nothing that happened.
        const found = value.enabled === false && !halted.has(key);
        if (value.enabled === true) halted.add(key);
        else if (value.enabled === false) halted.delete(key);
        return {
          atMs: nowMs,
          kind: 'kill-switch',
          backendId: key,
          summary: describeHalt(value),
          data: found ? { ...value, found } : value,
        };
      }
      case 'alerts': {
        if (value === null || !changed(patch, `${value.count} ${value.acknowledgedAtMs}`)) return null;
        // It was brought back from here.
        if (value.receivedAtMs < startedAtMs && value.acknowledgedAtMs === null) return null;
        const summary = value.acknowledgedAtMs === null ? value.message : `Acknowledged: ${value.message}`;
        return { atMs: nowMs, kind: 'alert', backendId: value.backendId, summary, data: value };
      }
      case 'trades': {
        if (value === null || !changed(patch, `${value.status} ${value.rawStatus}`)) return null;
        const what = [value.side, value.quantity, value.instrument].filter((part) => part !== null).join(' ');
        return {
          atMs: nowMs,
          kind: 'trade',
          backendId: value.backendId,
          summary: `Trade ${value.rawStatus ?? value.status}: ${what}`,
          data: value,
        };
      }
      case 'links': {
        if (value === null || !changed(patch, value.state.kind)) return null;
        const summary = `${value.label}: ${describeLink(value.state)}`;
        return { atMs: nowMs, kind: 'link', backendId: value.backendId, summary, data: value.state };
      }
      case 'backends': {
        const summary = value === null ? `Removed backend ${key}` : `Configured backend "${value.name}"`;
        return { atMs: nowMs, kind: 'settings', backendId: key, summary, data: value };
      }
      case 'activity': {
        if (value === null || !changed(patch, value.kind)) return null;
        const of = value.subjectName ?? value.subject;
        const summary = `${of === null ? '' : `${of}: `}${value.message}`;
        return { atMs: nowMs, kind: 'activity', backendId: value.backendId, summary, data: value };
      }
      case 'runs': {
        // A run that was over when it was first read is history: it was journaled when it ended, or before this desk.
        const isHistory = !lastStates.has(`runs ${key}`) && ENDED.has(value?.status ?? 'unknown');
        if (value === null || !changed(patch, value.status) || isHistory) return null;
        const what = [value.mode, value.symbol, value.period].filter((part) => part !== null).join(' ');
        const summary = `Run ${value.number ?? value.id} ${value.status}: ${what}`;
        return { atMs: nowMs, kind: 'activity', backendId: value.backendId, summary, data: value };
      }
      case 'spikes': {
        if (value === null || !changed(patch, value.kind)) return null;
        // A list that is read on opening holds what was journaled before; nothing tells it from news but its age.
        if (nowMs - value.occurredAtMs > HISTORY_AFTER_MS) return null;
        const summary = `Volume ${value.kind.replace('-', ' ')}: ${value.message}`;
        return { atMs: nowMs, kind: 'activity', backendId: value.backendId, summary, data: value };
      }
      case 'follows': {
        if (!changed(patch, value?.state ?? 'none')) return null;
        const summary = value === null ? `No longer followed: ${key}` : `${value.traderName}: ${value.state}`;
        return {
          atMs: nowMs,
          kind: 'activity',
          backendId: value?.backendId ?? null,
          summary,
          data: value ?? { key },
        };
      }
      case 'models':
      case 'positions':
      case 'futures':
      case 'watchLists':
      case 'thresholds':
      case 'traders':
      case 'portfolios':
      case 'holdings':
      case 'equity':
      case 'quotes':
      case 'predictions':
      case 'patterns':
      case 'panic':
      case 'rehearsal':
      case 'journal':
      case 'watch':
      case 'priceAlerts':
        return null;
      default:
        return assertNever(patch);
    }
  };
}

const ENDED: ReadonlySet<Run['status']> = new Set(['completed', 'failed', 'stopped']);
/** Alerts of the slowest tier come a quarter of an hour late. */
const HISTORY_AFTER_MS = HOUR_MS;

const haltKey = (halt: KillSwitch): string =>
  [halt.enabled, halt.reason, halt.setBy, halt.changedAtMs].join(' ');

function describeHalt({ enabled, setBy, reason }: KillSwitch): string {
  const state = enabled === null ? 'unknown' : enabled ? 'on' : 'off';
  if (setBy === null) return reason ? `Kill switch ${state}: ${reason}` : `Kill switch ${state}`;
  return reason
    ? `Kill switch ${state}, set by ${setBy}: ${reason}`
    : `Kill switch ${state}, set by ${setBy}`;
}

function describeLink(state: LinkState): string {
  switch (state.kind) {
    case 'connecting':
      return 'connecting';
    case 'live':
      return 'live';
    case 'stale':
    case 'stopped':
      return `${state.kind}: ${state.cause.message}`;
    case 'waiting':
      return `next attempt in ${formatAge(state.nextAttemptAtMs - state.sinceMs)}: ${state.cause.message}`;
    default:
      return assertNever(state);
  }
}

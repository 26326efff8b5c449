import { contentId } from '../kit/content-id.ts';
import { plainText } from '../../lib/clean.ts';
import type { Outcome } from './alerts.ts';
import { isActiveAgent, taskError } from './mapping.ts';
import type { Reading } from './mapping.ts';
import type { Entry } from './model-view.ts';
import { runOf, statusOf } from './model-view.ts';
import type { WireAgent, WireRun } from './protocol.ts';

/** What was active at the reading before and is over now. An event may have announced it, or may yet do so. */
export interface End {
  modelId: string;
  /** Of this end alone: the server gives numbers of runs again, and after a reset their ids. */
  id: string;
  outcome: Outcome;
  /** Such as `#2`. */
  run: string | null;
  reason: string | null;
  serverTime: string | null;
}

/** How a session inside the server ended, whose event may have got lost (§7.4); `null` where it did not end, or was stopped from here. */
export function agentEnd(entry: Entry, before: WireAgent | undefined): End | null {
  const { agent, wire } = entry;
  if (!isActiveAgent(before) || isActiveAgent(agent)) return null;
  const status = agent?.status?.toLowerCase() ?? null;
  const isStopped = status === 'stopped' || status === null;
  if (isStopped && entry.stoppingSinceMs !== null) return null;
  const outcome = status === 'completed' ? status : status === 'stopped' ? 'gone' : 'failed';
  const reasons = {
    completed: null,
    failed: plainText(agent?.error, 300) || (agent === undefined ? SESSION_LOST : null),
    gone: 'its session inside the server was stopped elsewhere.',
  };
  return {
    modelId: wire.id,
    id: contentId(['session', wire.id, before?.started_at ?? null, status]),
    outcome,
    run: null,
    reason: reasons[outcome],
    serverTime: null,
  };
}

const SESSION_LOST = 'the server no longer knows its session; it was restarted, or lost it.';

/**
 * How a run ended that was active at the reading before; `null` where it goes on, where it was stopped from here, and where it is only
 * missing from an answer that was not whole.
 */
export function runEnd(entry: Entry, was: WireRun, isWhole: boolean, reading: Reading): End | null {
  const now = (entry.runs ?? []).find(({ id }) => id === was.id);
  const status = now === undefined ? null : statusOf(entry, now);
  const name = `#${was.run_number ?? was.id}`;
  const about = { modelId: entry.wire.id, id: contentId([was.id, was.started_at, status]), run: name };
  if (now === undefined || status === 'stopped') {
    // A run that is stopped is deleted (§7.6); from here that is known already, and told.
    if (entry.stoppingSinceMs !== null || (now === undefined && !isWhole)) return null;
    const reason = `run ${name} was stopped${now === undefined ? ' and deleted' : ''} elsewhere.`;
    return { ...about, outcome: 'gone', reason, serverTime: null };
  }
  if (status !== 'completed' && status !== 'failed') return null;
  const reason = taskError(entry.tasks.get(was.id));
  return { ...about, outcome: status, reason, serverTime: runOf(entry, now, reading).endedAtText };
}

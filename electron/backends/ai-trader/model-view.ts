import type { Model, PreparedAct, Run } from '#shared/domain/bots/model.ts';
import { SECOND_MS } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';
import type { Reading } from './mapping.ts';
import { againOf, factsOf, isActiveAgent, mapRun, moneyOf, runStatus, taskProgress } from './mapping.ts';
import type { WireAgent, WireLatest, WireModel, WireRun, WireTask } from './protocol.ts';

/** A model that was told to stop and still shows as running is called so for this long; then the server is believed. */
const STOPPING_FOR_MS = 60 * SECOND_MS;

/** What was last read and heard of one model. */
export interface Entry {
  wire: WireModel;
  agent: WireAgent | undefined;
  /** `null` until read. */
  runs: readonly WireRun[] | null;
  runsReadAtMs: number;
  tasks: ReadonlyMap<string, WireTask>;
  latest: WireLatest | null;
  tradesToday: number | null;
  stoppingSinceMs: number | null;
  /** Of what is active now; `at` is the server's time of the event that said so. */
  progress: { pct: number | null; at: string | null };
  /** What is active, by name: with the next one progress begins anew. */
  activeKey: string | null;
  /** The run that its stream tells of, also a little after its end. */
  toldRunId: string | null;
  /** Why its runs could not be read the last time. */
  unread: string | null;
  lastError: string | null;
  lastEventAtMs: number | null;
  lastStart: PreparedAct | null;
  /** An event announced an end that no reading has shown yet, so that nothing is announced twice. */
  endAnnounced: boolean;
}

/** A run's status with what its task adds. */
export const statusOf = (entry: Entry, run: WireRun): Run['status'] =>
  runStatus(run, entry.tasks.get(run.id));

/** A run as the desk shows it. */
export function runOf(entry: Entry, run: WireRun, reading: Reading): Run {
  const task = entry.tasks.get(run.id);
  const isCurrent = activeRun(entry) === run;
  const progressPct = taskProgress(task) ?? (isCurrent ? entry.progress.pct : null);
  return mapRun(run, entry.wire.id, { task, progressPct }, reading);
}

/** What is active of a model, by name. A session inside the server has no id: when it began is its name. */
export function activeKeyOf(entry: Entry): string | null {
  const run = activeRun(entry);
  if (run !== null) return `run ${run.id} ${run.started_at ?? ''}`;
  return isActiveAgent(entry.agent) ? `session ${entry.agent?.started_at ?? ''}` : null;
}

/** The newest that runs, else the newest that waits. */
export function activeRun(entry: Entry): WireRun | null {
  const runs = entry.runs ?? [];
  const first = (status: Run['status']) => runs.find((run) => statusOf(entry, run) === status);
  return first('running') ?? first('queued') ?? null;
}

/** A model as the desk shows it. */
export function modelOf(entry: Entry, reading: Reading): Model {
  const { wire, agent, latest } = entry;
  const run = activeRun(entry);
  const last = run ?? entry.runs?.[0] ?? null;
  const initialCash = wire.initial_cash;
  return {
    ...reading,
    id: wire.id,
    name: plainText(wire.name, 100) || `Model ${wire.id}`,
    description: plainText(wire.description, 500) || null,
    ...statusWords(entry, run, reading.receivedAtMs),
    activeRunId: run?.id ?? null,
    aiModel: plainText(isActiveAgent(agent) ? agent?.basemodel : wire.default_ai_model, 120) || null,
    style: plainText(wire.trading_style, 60) || null,
    initialCash,
    ...moneyOf(latest, initialCash),
    tradesToday: entry.tradesToday,
    progressPct:
      last === null || (run === null && isActiveAgent(agent))
        ? entry.progress.pct
        : runOf(entry, last, reading).progressPct,
    lastError: entry.lastError,
    lastEventAtMs: entry.lastEventAtMs,
    again: entry.lastStart ?? (last === null ? null : againOf(last, wire)),
    facts: factsOf(wire, latest),
  };
}

function statusWords(entry: Entry, run: WireRun | null, nowMs: number): Pick<Model, 'status' | 'statusNote'> {
  const { agent } = entry;
  const stopping = entry.stoppingSinceMs;
  const isActive = run !== null || isActiveAgent(agent);
  if (isActive && stopping !== null) {
    if (nowMs - stopping < STOPPING_FOR_MS)
      return { status: 'stopping', statusNote: 'It was told to stop; the server does not show that yet.' };
    return {
      status: 'running',
      statusNote: 'It was told to stop, and the server still shows it as running.',
    };
  }
  if (isActiveAgent(agent)) {
    const isStarting = agent?.status?.toLowerCase() === 'initializing';
    return { status: isStarting ? 'starting' : 'running', statusNote: strangeNote(agent?.status) };
  }
  if (run !== null) {
    const isQueued = statusOf(entry, run) === 'queued';
    return { status: isQueued ? 'queued' : 'running', statusNote: strangeNote(run.status) ?? noteOf(entry) };
  }
  if (entry.runs === null)
    return { status: 'unknown', statusNote: entry.unread ?? 'Its runs have not been read yet.' };
  return { status: 'idle', statusNote: noteOf(entry) };
}

/** §7.6: the server keeps a session that ended and refuses another one beside it until it is restarted. */
const noteOf = ({ agent, unread }: Entry): string | null =>
  unread ?? (agent === undefined || isActiveAgent(agent) ? null : ENDED_SESSION_NOTE);

const KNOWN_ACTIVE: ReadonlySet<string> = new Set(['initializing', 'running', 'pending', 'queued']);

function strangeNote(status: string | null | undefined): string | null {
  const word = plainText(status, 40);
  if (KNOWN_ACTIVE.has(word.toLowerCase())) return null;
  return `The server calls it “${word || 'nothing'}”, which is not known here. It counts as running.`;
}

/** Why a model is idle and cannot be started as usual (§4.3). */
export const ENDED_SESSION_NOTE =
  'A session inside the server ended, and until the server restarts it refuses to start another one there. A queued run (intraday, or daily on one symbol) can be started.';

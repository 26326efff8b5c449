import type { PreparedAct, Run } from '#shared/domain/model.ts';
import { positionOwner } from '#shared/domain/position.ts';

import { plainText } from '../../lib/clean.ts';
import type { BackendContext } from '../port.ts';
import { isActiveAgent, isActiveRun, mapPositions, taskError } from './mapping.ts';
import type { Entry } from './model-view.ts';
import { activeRun, modelOf, runOf, statusOf } from './model-view.ts';
import type { WireAgent, WireLatest, WireModel, WireRun, WireTask } from './protocol.ts';

/** A run that was active at the reading before and is over now. An event may have announced it, or may yet do so. */
export interface RunEnd {
  modelId: string;
  run: Run;
  reason: string | null;
}

/** What one thing that is active is called, for checks and PANIC. */
export interface ActiveThing {
  modelId: string;
  name: string;
  /** `null` for a session inside the server's own process, which is no queued run. */
  run: Run | null;
}

/** What was last read and heard of every model, and the desk's view of it. */
export interface Book {
  ids(): string[];
  name(modelId: string): string | null;
  runs(modelId: string): readonly WireRun[];
  modelOfRun(runId: string): string | null;
  agent(modelId: string): WireAgent | undefined;
  active(modelId?: string): ActiveThing[];

  readModels(models: readonly WireModel[]): void;
  readAgents(agents: Readonly<Record<string, WireAgent>>, askedAtMs: number): void;
  readRuns(
    modelId: string,
    runs: readonly WireRun[],
    tasks: ReadonlyMap<string, WireTask>,
    askedAtMs: number,
  ): RunEnd[];
  readLatest(modelId: string, latest: WireLatest | null, tradesToday: number | null): void;
  heard(modelId: string, news: { progressPct?: number; error?: string; ended?: boolean }): void;
  /** True once for each end: whoever gets it announces it. */
  claimEnd(modelId: string): boolean;
  stopSent(modelId: string): void;
  stopRefused(modelId: string): void;
  started(modelId: string, start: PreparedAct): void;
  /** Tells the desk of one model, or of all there are. */
  tell(modelId?: string): void;
}

export function createBook(parts: {
  backendId: string;
  now: () => number;
  emit: BackendContext['emit'];
}): Book {
  const { backendId, now, emit } = parts;
  const entries = new Map<string, Entry>();
  const starts = new Map<string, PreparedAct>();
  let agentsReadAtMs = 0;
  const reading = () => ({ backendId, receivedAtMs: now() });

  function tellRuns(entry: Entry): void {
    const scope = entry.wire.id;
    const runs = (entry.runs ?? []).slice(0, 100).map((run) => runOf(entry, run, reading()));
    emit({ type: 'feed', slice: 'runs', backendId, entries: runs, complete: { scope } });
  }

  function tell(modelId?: string): void {
    if (modelId === undefined) {
      const all = [...entries.values()].map((entry) => modelOf(entry, reading()));
      emit({ type: 'feed', slice: 'models', backendId, entries: all, complete: 'all' });
      return;
    }
    const entry = entries.get(modelId);
    if (entry !== undefined)
      emit({ type: 'feed', slice: 'models', backendId, entries: [modelOf(entry, reading())] });
  }

  function activeOf(entry: Entry): ActiveThing[] {
    const { id: modelId, name } = entry.wire;
    const about = { modelId, name: plainText(name, 100) };
    const runs = (entry.runs ?? []).filter((run) => isActiveRun(statusOf(entry, run)));
    return [
      ...(isActiveAgent(entry.agent) ? [{ ...about, run: null }] : []),
      ...runs.map((run) => ({ ...about, run: runOf(entry, run, reading()) })),
    ];
  }

  function forget(entry: Entry): void {
    const { id } = entry.wire;
    entries.delete(id);
    emit({ type: 'feed', slice: 'runs', backendId, entries: [], complete: { scope: id } });
    emit({
      type: 'feed',
      slice: 'positions',
      backendId,
      entries: [],
      complete: { scope: positionOwner.model(id) },
    });
  }

  return {
    ids: () => [...entries.keys()],
    name: (modelId) => plainText(entries.get(modelId)?.wire.name, 100) || null,
    runs: (modelId) => entries.get(modelId)?.runs ?? [],
    modelOfRun: (runId) =>
      [...entries.values()].find(({ runs }) => runs?.some(({ id }) => id === runId))?.wire.id ?? null,
    agent: (modelId) => entries.get(modelId)?.agent,
    active: (modelId) =>
      [...entries.values()]
        .filter(({ wire }) => modelId === undefined || wire.id === modelId)
        .flatMap(activeOf),

    readModels(models) {
      const named = new Set(models.map(({ id }) => id));
      for (const entry of [...entries.values()]) if (!named.has(entry.wire.id)) forget(entry);
      for (const wire of models) {
        const known = entries.get(wire.id);
        if (known === undefined) entries.set(wire.id, freshEntry(wire, starts.get(wire.id) ?? null));
        else known.wire = wire;
      }
    },

    readAgents(agents, askedAtMs) {
      if (askedAtMs < agentsReadAtMs) return;
      agentsReadAtMs = askedAtMs;
      for (const entry of entries.values()) {
        const wasActive = isActiveAgent(entry.agent);
        entry.agent = agents[entry.wire.id];
        const isActive = isActiveAgent(entry.agent);
        if (isActive && !wasActive) entry.endAnnounced = false;
        if (!isActive && activeRun(entry) === null) entry.stoppingSinceMs = null;
        if (entry.agent?.status === 'failed')
          entry.lastError = plainText(entry.agent.error, 300) || entry.lastError;
      }
    },

    readRuns(modelId, runs, tasks, askedAtMs) {
      const entry = entries.get(modelId);
      // A slow answer must not undo what was read since.
      if (entry === undefined || askedAtMs < entry.runsReadAtMs) return [];
      const before = new Map((entry.runs ?? []).map((run) => [run.id, statusOf(entry, run)]));
      const hadRun = activeRun(entry) !== null;
      entry.runs = runs;
      entry.runsReadAtMs = askedAtMs;
      entry.tasks = tasks;
      const isActive = activeRun(entry) !== null;
      if (isActive && !hadRun) {
        entry.endAnnounced = false;
        entry.progressPct = null;
      }
      if (!isActive && !isActiveAgent(entry.agent)) entry.stoppingSinceMs = null;
      const ended = runs.filter((run) => {
        const was = before.get(run.id);
        return (
          was !== undefined && isActiveRun(was) && ['completed', 'failed'].includes(statusOf(entry, run))
        );
      });
      for (const run of ended) entry.lastError = taskError(tasks.get(run.id)) ?? entry.lastError;
      tellRuns(entry);
      return ended.map((run) => ({
        modelId,
        run: runOf(entry, run, reading()),
        reason: taskError(tasks.get(run.id)),
      }));
    },

    readLatest(modelId, latest, tradesToday) {
      const entry = entries.get(modelId);
      if (entry === undefined) return;
      entry.latest = latest;
      entry.tradesToday = tradesToday;
      const scope = positionOwner.model(modelId);
      const held = mapPositions(latest, modelId, reading());
      emit({ type: 'feed', slice: 'positions', backendId, entries: held, complete: { scope } });
    },

    heard(modelId, { progressPct, error, ended }) {
      const entry = entries.get(modelId);
      if (entry === undefined) return;
      entry.lastEventAtMs = now();
      if (progressPct !== undefined) entry.progressPct = progressPct;
      if (error !== undefined) entry.lastError = error;
      if (ended === true) entry.endAnnounced = true;
      tell(modelId);
      const run = activeRun(entry);
      if (progressPct !== undefined && run !== null)
        emit({ type: 'feed', slice: 'runs', backendId, entries: [runOf(entry, run, reading())] });
    },

    claimEnd(modelId) {
      const entry = entries.get(modelId);
      if (entry === undefined || entry.endAnnounced) return false;
      entry.endAnnounced = true;
      return true;
    },
    stopSent(modelId) {
      const entry = entries.get(modelId);
      if (entry !== undefined) entry.stoppingSinceMs = now();
      tell(modelId);
    },
    stopRefused(modelId) {
      const entry = entries.get(modelId);
      if (entry !== undefined) entry.stoppingSinceMs = null;
      tell(modelId);
    },
    started(modelId, start) {
      starts.set(modelId, start);
      const entry = entries.get(modelId);
      if (entry !== undefined) Object.assign(entry, { lastStart: start, lastError: null });
    },
    tell,
  };
}

const freshEntry = (wire: WireModel, lastStart: PreparedAct | null): Entry => ({
  wire,
  agent: undefined,
  runs: null,
  runsReadAtMs: 0,
  tasks: new Map(),
  latest: null,
  tradesToday: null,
  stoppingSinceMs: null,
  progressPct: null,
  lastError: null,
  lastEventAtMs: null,
  lastStart,
  endAnnounced: false,
});

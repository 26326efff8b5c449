import type { PreparedAct, Run } from '#shared/domain/bots/model.ts';
import { positionOwner } from '#shared/domain/portfolio/position.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';
import { isOvertaken } from '../../lib/overtaken.ts';
import type { BackendContext } from '../port.ts';
import type { End } from './ends.ts';
import { agentEnd, runEnd } from './ends.ts';
import { isActiveAgent, isActiveRun, mapPositions } from './mapping.ts';
import type { Entry } from './model-view.ts';
import { activeKeyOf, activeRun, modelOf, runOf, statusOf } from './model-view.ts';
import type { WireAgent, WireLatest, WireModel, WireRun, WireTask } from './protocol.ts';

/** What one thing that is active is called, for checks and PANIC. */
export interface ActiveThing {
  modelId: string;
  name: string;
  /** `null` for a session inside the server's own process, which is no queued run. */
  run: Run | null;
}

/** The runs of a model as one reading found them. */
interface RunsRead {
  runs: readonly WireRun[];
  /** By the id of their run. One that could not be read is not among them. */
  tasks: ReadonlyMap<string, WireTask>;
  /** A reading that was asked for before the newest one is of no account. */
  askedAtMs: number;
  /** What is not among the runs is gone. */
  isWhole: boolean;
}

/** What was last read and heard of every model, and the desk's view of it. */
export interface Book {
  ids(): string[];
  name(modelId: string): string | null;
  runs(modelId: string): readonly WireRun[];
  modelOfRun(runId: string): string | null;
  agent(modelId: string): WireAgent | undefined;
  /** The run that its stream tells of: what runs, or ran last; `null` where that is a session inside the server. */
  runUnderWay(modelId: string): string | null;
  active(modelId?: string): ActiveThing[];

  /** `isWhole`: what is not among them is gone. */
  readModels(models: readonly WireModel[], isWhole: boolean): void;
  readAgents(agents: Readonly<Record<string, WireAgent>>, askedAtMs: number): End[];
  readRuns(modelId: string, read: RunsRead): End[];
  /** Its runs could not be read: what is known of them may be old. */
  runsUnread(modelId: string, reason: string): void;
  readLatest(modelId: string, latest: WireLatest | null, tradesToday: number | null): void;
  heard(modelId: string, news: { progress?: Entry['progress']; error?: string; ended?: boolean }): void;
  /** False where an event announced this end already; one event speaks for one end. */
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

  /** What begins has said nothing yet: neither how far it is, nor that it ended. */
  function noteActivity(entry: Entry): void {
    const key = activeKeyOf(entry);
    if (key !== null) entry.toldRunId = activeRun(entry)?.id ?? null;
    if (key === null) entry.stoppingSinceMs = null;
    else if (entry.activeKey === null) Object.assign(entry, { endAnnounced: false, lastError: null });
    if (key !== null && key !== entry.activeKey) entry.progress = { pct: null, at: null };
    entry.activeKey = key;
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
    runUnderWay(modelId) {
      const entry = entries.get(modelId);
      return entry?.toldRunId ?? null;
    },
    active: (modelId) =>
      [...entries.values()]
        .filter(({ wire }) => modelId === undefined || wire.id === modelId)
        .flatMap(activeOf),

    readModels(models, isWhole) {
      const named = new Set(models.map(({ id }) => id));
      for (const entry of [...entries.values()]) if (isWhole && !named.has(entry.wire.id)) forget(entry);
      for (const wire of models) {
        const known = entries.get(wire.id);
        if (known === undefined) entries.set(wire.id, freshEntry(wire, starts.get(wire.id) ?? null));
        else known.wire = wire;
      }
    },

    readAgents(agents, askedAtMs) {
      if (isOvertaken(askedAtMs, agentsReadAtMs)) return [];
      agentsReadAtMs = askedAtMs;
      return [...entries.values()].flatMap((entry) => {
        const before = entry.agent;
        entry.agent = agents[entry.wire.id];
        if (entry.agent?.status === 'failed' && before?.status !== 'failed')
          entry.lastError = plainText(entry.agent.error, 300) || entry.lastError;
        const end = agentEnd(entry, before);
        noteActivity(entry);
        return end === null ? [] : [end];
      });
    },

    runsUnread(modelId, reason) {
      const entry = entries.get(modelId);
      if (entry !== undefined) entry.unread = plainText(`Its runs could not be read: ${reason}`, 300);
    },

    readRuns(modelId, { runs, tasks, askedAtMs, isWhole }) {
      const entry = entries.get(modelId);
      // A slow answer must not undo what was read since.
      if (entry === undefined || isOvertaken(askedAtMs, entry.runsReadAtMs)) return [];
      const wasActive = (entry.runs ?? []).filter((run) => isActiveRun(statusOf(entry, run)));
      entry.runs = runs;
      entry.runsReadAtMs = askedAtMs;
      entry.unread = isWhole ? null : 'Some of its runs could not be read.';
      // A task that could not be read this time has not changed its mind.
      entry.tasks = new Map([...entry.tasks, ...tasks].filter(([id]) => runs.some((run) => run.id === id)));
      const ends = wasActive.flatMap((was) => runEnd(entry, was, isWhole, reading()) ?? []);
      for (const { reason, outcome } of ends)
        if (outcome === 'failed') entry.lastError = reason ?? entry.lastError;
      noteActivity(entry);
      tellRuns(entry);
      return ends;
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

    heard(modelId, { progress, error, ended }) {
      const entry = entries.get(modelId);
      if (entry === undefined) return;
      entry.lastEventAtMs = now();
      const isNews = progress !== undefined && !isLate(progress, entry.progress);
      if (isNews) entry.progress = progress;
      if (error !== undefined) entry.lastError = error;
      if (ended === true) entry.endAnnounced = true;
      tell(modelId);
      const run = activeRun(entry);
      if (isNews && run !== null)
        emit({ type: 'feed', slice: 'runs', backendId, entries: [runOf(entry, run, reading())] });
    },

    claimEnd(modelId) {
      const entry = entries.get(modelId);
      if (entry === undefined) return false;
      const isNews = !entry.endAnnounced;
      entry.endAnnounced = false;
      return isNews;
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

/** Order can invert between the server's two ways of delivery (§5); a longer step back is a clock that was set back. */
const LATE_WITHIN_MS = MINUTE_MS;

function isLate(news: Entry['progress'], known: Entry['progress']): boolean {
  const behindMs = Date.parse(`${known.at ?? ''}Z`) - Date.parse(`${news.at ?? ''}Z`);
  return behindMs > 0 && behindMs < LATE_WITHIN_MS;
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
  progress: { pct: null, at: null },
  activeKey: null,
  toldRunId: null,
  unread: null,
  lastError: null,
  lastEventAtMs: null,
  lastStart,
  endAnnounced: false,
});

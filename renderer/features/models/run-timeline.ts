import type { Activity } from '#shared/domain/bots/activity.ts';
import type { Model, Run } from '#shared/domain/bots/model.ts';
import type { EpochMs } from '#shared/time.ts';
import { t } from '#shared/words.ts';

export type MarkKind = 'start' | 'day' | 'trade' | 'error' | 'step' | 'end';

/** A moment of a run. */
export interface TimelineMark {
  key: string;
  kind: MarkKind;
  atMs: EpochMs;
  words: string;
}

export interface Timeline {
  fromMs: EpochMs;
  toMs: EpochMs;
  /** The run goes on: its end is now. */
  open: boolean;
  /** The backend's times carry no zone, so it begins where this desk heard of it first. */
  fromHearing: boolean;
  marks: TimelineMark[];
}

/** Words of backends for the same moments of a run. What is none of these is a step. */
const KINDS: Readonly<Record<string, MarkKind>> = {
  session_start: 'day',
  session_complete: 'day',
  trade: 'trade',
  error: 'error',
  complete: 'end',
};

export const isRunOver = ({ status }: Pick<Run, 'status'>): boolean =>
  status === 'completed' || status === 'failed' || status === 'stopped';

/** What a model does now beside its runs, such as a session inside its server, as a run without a number. */
export const sessionUnderWay = (model: Model): Run => ({
  backendId: model.backendId,
  id: SESSION_ID,
  modelId: model.id,
  number: null,
  status: 'running',
  rawStatus: null,
  mode: null,
  symbol: null,
  period: null,
  startedAtMs: null,
  endedAtMs: null,
  startedAtText: null,
  endedAtText: null,
  trades: null,
  returnPct: null,
  finalValue: null,
  maxDrawdownPct: null,
  progressPct: null,
  receivedAtMs: model.receivedAtMs,
});
export const SESSION_ID = 'session-under-way';

/** When something was said: by its own time where that can be compared with ours. */
export const saidAtMs = ({ occurredAtMs, receivedAtMs }: Activity): EpochMs => occurredAtMs ?? receivedAtMs;

/**
 * A run from its start to its end, or to now, with what its model said meanwhile. `null` where nothing tells when it was:
 * a run that this desk did not hear and whose times carry no zone.
 */
export function runTimeline(
  run: Run,
  isNewest: boolean,
  said: readonly Activity[],
  nowMs: EpochMs,
): Timeline | null {
  const inOrder = [...said].sort((a, b) => saidAtMs(a) - saidAtMs(b));
  const own = run.startedAtMs === null ? heardOf(run, isNewest, inOrder) : inOrder;
  const first = own[0];
  const fromMs = run.startedAtMs ?? (first === undefined ? null : saidAtMs(first));
  if (fromMs === null) return null;
  const open = !isRunOver(run);
  const lastSaid = own.at(-1);
  const endMs = run.endedAtMs ?? (lastSaid === undefined ? fromMs : saidAtMs(lastSaid));
  const toMs = Math.max(fromMs + 1, open ? nowMs : endMs);
  const marks = own
    .filter((activity) => saidAtMs(activity) >= fromMs && saidAtMs(activity) <= toMs)
    .map((activity): TimelineMark => ({
      key: activity.id,
      kind: kindOf(activity),
      atMs: saidAtMs(activity),
      words: activity.message,
    }));
  const begin: TimelineMark = { key: 'begin', kind: 'start', atMs: fromMs, words: t('The run began') };
  const end: TimelineMark = {
    key: 'finish',
    kind: 'end',
    atMs: toMs,
    words: t('The run {status}', { status: run.status }),
  };
  const hasEnd = marks.some(({ kind }) => kind === 'end');
  return {
    fromMs,
    toMs,
    open,
    fromHearing: run.startedAtMs === null,
    marks: [begin, ...marks, ...(open || hasEnd ? [] : [end])],
  };
}

/** Name of the fact by which a backend says in which run something was said: the run's id, or `none` of what is no run. */
export const RUN_FACT = t('run id');

const runIdOf = ({ facts }: Activity): string | null =>
  facts.find(({ name }) => name === RUN_FACT)?.value ?? null;

/** What was said in one run. Where nothing says in which, only the newest of each sort can be told. */
function heardOf(run: Run, isNewest: boolean, inOrder: readonly Activity[]): readonly Activity[] {
  if (run.id !== SESSION_ID && inOrder.some((activity) => runIdOf(activity) !== null))
    return inOrder.filter((activity) => runIdOf(activity) === run.id);
  const unnamed = inOrder.filter((activity) => [null, 'none'].includes(runIdOf(activity)));
  return isNewest ? lastSession(unnamed, isRunOver(run)) : [];
}

/**
 * What was said in the newest session: since the end of the one before; where that is over, up to its own end, and nothing
 * where its end was not heard: what was said then may be of another.
 */
function lastSession(inOrder: readonly Activity[], over: boolean): readonly Activity[] {
  const ends = inOrder.flatMap(({ kind }, index) => (isEnd(kind) ? [index] : []));
  const last = ends.at(-1);
  if (!over) return inOrder.slice((last ?? -1) + 1);
  return last === undefined ? [] : inOrder.slice((ends.at(-2) ?? -1) + 1, last + 1);
}

/** That a model holds what it has is announced like a trade, and is none. */
function kindOf({ kind, facts }: Activity): MarkKind {
  const holds = facts.some(({ name, value }) => name === 'action' && value === 'hold');
  return holds ? 'step' : (KINDS[kind] ?? 'step');
}

/** A session ends complete, or by an error. */
const isEnd = (kind: string): boolean => KINDS[kind] === 'end' || KINDS[kind] === 'error';

/** Marks that would lie on one another as one: the gravest gives its look, and all of them its words. */
export interface MarkGroup {
  key: string;
  kind: MarkKind;
  /** From 0 to 1 along the line. */
  at: number;
  marks: TimelineMark[];
}

const GRAVITY: readonly MarkKind[] = ['step', 'day', 'start', 'trade', 'end', 'error'];

/** Groups marks that are nearer than `gap` of the line's length, in order of time. */
export function groupMarks({ fromMs, toMs, marks }: Timeline, gap: number): MarkGroup[] {
  const groups: MarkGroup[] = [];
  for (const mark of [...marks].sort((a, b) => a.atMs - b.atMs)) {
    const at = Math.min(1, Math.max(0, (mark.atMs - fromMs) / (toMs - fromMs)));
    const last = groups.at(-1);
    if (last === undefined || at - last.at > gap) {
      groups.push({ key: mark.key, kind: mark.kind, at, marks: [mark] });
    } else {
      last.marks.push(mark);
      if (GRAVITY.indexOf(mark.kind) > GRAVITY.indexOf(last.kind)) last.kind = mark.kind;
    }
  }
  return groups;
}

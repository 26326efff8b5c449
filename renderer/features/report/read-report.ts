import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { addable } from '#shared/domain/derive.ts';
import type { DeskStart, Stretch } from '#shared/domain/journal/downtime.ts';
import type { JournalEntry, JournalKind } from '#shared/domain/journal/journal.ts';
import type { Report } from '#shared/domain/journal/report.ts';
import { buildReport } from '#shared/domain/journal/report.ts';
import type { EquityPoint, Portfolio } from '#shared/domain/portfolio/portfolio.ts';
import { membersOf, parseJson } from '#shared/json.ts';
import type { EpochMs } from '#shared/time.ts';
import { DAY_MS } from '#shared/time.ts';

import { request } from '../../bridge.ts';

const PAGE = 500;
/** Pages of one sort of entry: 10,000 entries, more than a person reads in any form. */
const MOST_PAGES = 20;

/** How much later an entry of the stretch may have been written. */
const LATE_MS = 2 * DAY_MS;
const MOST_STARTS = 200;
/** Connections are still closed after the entry that says that the desk was quit. */
const LAST_WORDS = 20;

const SORTS = {
  trades: ['trade'],
  alerts: ['alert'],
  decisions: ['approval', 'command', 'panic', 'kill-switch'],
  links: ['link'],
} as const satisfies Record<string, readonly JournalKind[]>;
export type EntrySort = keyof typeof SORTS;

export interface ReadReport {
  report: Report;
  madeAtMs: EpochMs;
  /** Sorts of which there are more than were read, and from when on they are counted. */
  cut: { sort: EntrySort; fromMs: EpochMs }[];
}

interface ReportOrder {
  stretch: Stretch;
  dayEdges: readonly EpochMs[];
  practice: boolean;
  backends: readonly BackendConfig[];
  /** What each backend is worth now: where the stretch is not over, it ends with what the desk says everywhere else. */
  worth: readonly Portfolio[];
  nowMs: EpochMs;
  /** True once nobody waits for it any more. */
  isOver: () => boolean;
  onProgress: (entries: number) => void;
}

/** Reads what a report needs of the journal, page by page, and puts it together; `null` when it was given up. */
export async function readReport(order: ReportOrder): Promise<ReadReport | null> {
  const { stretch, dayEdges, practice, backends, worth, nowMs, isOver, onProgress } = order;
  const toMs = Math.min(stretch.toMs, nowMs);
  const range = { fromMs: stretch.fromMs, toMs: toMs - 1 };
  let read = 0;

  async function all(kinds: readonly JournalKind[], text = '', from = range): Promise<JournalEntry[]> {
    const found: JournalEntry[] = [];
    let beforeSeq: number | null = null;
    for (let page = 0; page < MOST_PAGES && !isOver(); page += 1) {
      const entries: JournalEntry[] = await request('journal.search', {
        kinds: [...kinds],
        text,
        ...from,
        beforeSeq,
        limit: PAGE,
      });
      found.push(...entries);
      onProgress((read += entries.length));
      beforeSeq = entries.at(-1)?.seq ?? null;
      if (entries.length < PAGE || beforeSeq === null) break;
    }
    return found;
  }

  const recorded = await request('portfolio.at', { timesMs: [...dayEdges] });
  const points = stretch.toMs > nowMs ? [...recorded, ...pointsOf(worth, nowMs)] : recorded;
  // A desk that was off is told later what happened meanwhile.
  const late = { ...range, toMs: Math.min(nowMs, stretch.toMs + LATE_MS) };
  const entries = {
    trades: await all(SORTS.trades, '', late),
    alerts: await all(SORTS.alerts, '', late),
    decisions: await all(SORTS.decisions),
    links: await all(SORTS.links),
  };
  // A start after the stretch tells that the desk was off at its end.
  const starts = await startsOf(await all(['system'], 'started', { ...range, toMs: nowMs }));
  if (isOver()) return null;

  const own = backends.filter((backend) => backend.practice === practice);
  const report = buildReport({
    stretch: { ...stretch, toMs },
    dayEdges,
    points,
    ...entries,
    starts,
    backendIds: new Set(own.map(({ id }) => id)),
    addableIds: new Set(addable(own)[practice ? 'practice' : 'real'].map(({ id }) => id)),
  });
  const sorts = Object.keys(SORTS) as EntrySort[];
  const cut = sorts.flatMap((sort) => {
    const oldest = entries[sort].at(-1);
    return entries[sort].length < PAGE * MOST_PAGES || oldest === undefined
      ? []
      : [{ sort, fromMs: oldest.atMs }];
  });
  return { report, madeAtMs: nowMs, cut };
}

const pointsOf = (worth: readonly Portfolio[], atMs: EpochMs): EquityPoint[] =>
  worth.flatMap(({ backendId, totalUsd }) =>
    totalUsd === null ? [] : [{ backendId, atMs, totalUsd, depositUsd: null }],
  );

/** The newest starts of the desk with what the journal has just before each, in the order of time; one question after the other. */
async function startsOf(entries: readonly JournalEntry[]): Promise<DeskStart[]> {
  const starts: DeskStart[] = [];
  for (const { seq, atMs } of entries
    .filter(({ data }) => eventOf(data) === 'started')
    .slice(0, MOST_STARTS)) {
    const last = await request('journal.search', { beforeSeq: seq, limit: LAST_WORDS });
    const newest = last[0];
    const wasQuit = last.some(({ data }) => eventOf(data) === 'quit');
    starts.push({ atMs, before: newest === undefined ? null : { atMs: newest.atMs, wasQuit } });
  }
  return starts.reverse();
}

function eventOf(data: string): unknown {
  return membersOf(parseJson(data))?.event ?? null;
}

import { parseJson } from '../../json.ts';
import type { EpochMs } from '../../time.ts';
import type { JournalEntry } from './journal.ts';
import { linkState } from '../backends/link.ts';

export interface Stretch {
  fromMs: EpochMs;
  toMs: EpochMs;
}

/** A time in which the desk did not run. `sure` where it was quit; else it ended somewhere after its last entry. */
export interface DeskOff extends Stretch {
  sure: boolean;
}

/** A start of the desk as the journal tells it, and the last entry before it; `null` for the very first. */
export interface DeskStart {
  atMs: EpochMs;
  before: { atMs: EpochMs; wasQuit: boolean } | null;
}

/** When the desk was off within a stretch, from its starts in the order of time. Before the very first start there was no desk. */
export function deskOff(starts: readonly DeskStart[], { fromMs, toMs }: Stretch): DeskOff[] {
  return starts.flatMap(({ atMs, before }): DeskOff[] => {
    if (before === null) return [];
    const off = { fromMs: Math.max(fromMs, before.atMs), toMs: Math.min(toMs, atMs), sure: before.wasQuit };
    return off.toMs > off.fromMs ? [off] : [];
  });
}

/** A link that changes hands within a second, as each does at a start, was not down. */
const SHORTEST_MS = 1_000;

/** How long one connection did not bring data while the desk ran. */
export interface LinkDown {
  backendId: string;
  /** The link's name, such as "Events". */
  label: string;
  downMs: number;
  times: number;
  longestMs: number;
}

/**
 * The links that were down for a second or longer within a stretch, the longest first, from link entries in the order of time. A link
 * counts from its first entry on; while the desk was off nothing is known of it, so that this is no downtime of the link.
 */
export function linksDown(
  entries: readonly JournalEntry[],
  off: readonly DeskOff[],
  { fromMs, toMs }: Stretch,
): LinkDown[] {
  const links = new Map<string, LinkDown & { sinceMs: EpochMs | null }>();
  const ends = [...off].sort((a, b) => a.fromMs - b.fromMs);
  let nextEnd = 0;

  function close(link: { sinceMs: EpochMs | null } & LinkDown, atMs: EpochMs): void {
    if (link.sinceMs === null) return;
    const length = Math.max(0, Math.min(atMs, toMs) - Math.max(link.sinceMs, fromMs));
    link.sinceMs = null;
    if (length < SHORTEST_MS) return;
    link.downMs += length;
    link.times += 1;
    link.longestMs = Math.max(link.longestMs, length);
  }
  function endDesk(untilMs: EpochMs): void {
    for (let end = ends[nextEnd]; end !== undefined && end.fromMs <= untilMs; end = ends[nextEnd]) {
      for (const link of links.values()) close(link, end.fromMs);
      nextEnd += 1;
    }
  }

  for (const { atMs, backendId, summary, data } of entries) {
    if (backendId === null) continue;
    endDesk(atMs);
    const [label = ''] = summary.split(':', 1);
    const key = `${backendId}/${label}`;
    const link = links.get(key) ?? { backendId, label, downMs: 0, times: 0, longestMs: 0, sinceMs: null };
    links.set(key, link);
    if (isUp(data)) close(link, atMs);
    else link.sinceMs ??= atMs;
  }
  endDesk(toMs);
  for (const link of links.values()) close(link, toMs);
  return [...links.values()]
    .filter(({ downMs }) => downMs > 0)
    .sort((a, b) => b.downMs - a.downMs)
    .map(({ backendId, label, downMs, times, longestMs }) => ({
      backendId,
      label,
      downMs,
      times,
      longestMs,
    }));
}

/** It brings data, or nothing is left to bring (a run that is over). What cannot be read says nothing against it. */
function isUp(data: string): boolean {
  const parsed = linkState.safeParse(parseJson(data));
  if (!parsed.success) return true;
  const state = parsed.data;
  return state.kind === 'live' || (state.kind === 'stopped' && state.cause.code === 'disabled');
}

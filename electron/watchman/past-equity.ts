import { equityCutoff, equityReads } from '#shared/domain/portfolio/equity-cutoff.ts';
import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import type { EpochMs } from '#shared/time.ts';
import { MINUTE_MS } from '#shared/time.ts';

import type { DeskReader } from '../desk/port.ts';
import type { JournalPort } from '../journal/port.ts';

const READ_EVERY_MS = 10 * MINUTE_MS;

/** The value over time as the window reads it: the journal's points, then the desk's own. */
export interface PastEquity {
  /** Asks the journal again where that is due. */
  refresh(nowMs: EpochMs): void;
  /** Null until the journal has answered: without it nobody knows with what the day began. */
  points(): EquityPoint[] | null;
  /** Why there are none, or none that are newer, as a sentence. */
  trouble(): string | null;
}

export function createPastEquity(parts: {
  desk: DeskReader;
  journal: Pick<JournalPort, 'equity'>;
}): PastEquity {
  const { desk, journal } = parts;
  let read: { points: EquityPoint[]; cutoffMs: EpochMs; atMs: EpochMs } | null = null;
  let asking = false;
  let failed = false;

  const live = (): EquityPoint[] => [...desk.entries('equity')].map(([, point]) => point);

  async function ask(cutoffMs: EpochMs, nowMs: EpochMs): Promise<void> {
    const { close, far } = equityReads(cutoffMs);
    try {
      const [farPoints, closePoints] = await Promise.all([journal.equity(far), journal.equity(close)]);
      read = { points: [...farPoints, ...closePoints], cutoffMs, atMs: nowMs };
      failed = false;
    } catch {
      failed = true;
    }
    asking = false;
  }

  return {
    refresh(nowMs) {
      const cutoffMs = equityCutoff(live(), nowMs);
      const isDue = read?.cutoffMs !== cutoffMs || nowMs - read.atMs >= READ_EVERY_MS;
      if (asking || !isDue) return;
      asking = true;
      void ask(cutoffMs, nowMs);
    },
    points() {
      if (read === null) return null;
      const { points, cutoffMs } = read;
      return [...points, ...live().filter(({ atMs }) => atMs >= cutoffMs)];
    },
    trouble() {
      if (failed) return 'The journal does not answer, so it is not known with what the day began.';
      return read === null ? 'What the day began with is being read.' : null;
    },
  };
}

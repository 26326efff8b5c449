import type { BackendConfig } from '#shared/domain/backend.ts';
import { isPracticeOnly } from '#shared/domain/derive.ts';

export interface PanicReach {
  /** What a press halts, or says that it cannot; what only watches has nothing to halt and is not among them. */
  halted: BackendConfig[];
  /** Practice backends that are left alone, because something real that could trade is connected. */
  leftOut: BackendConfig[];
  /** Why it is so, where a person may wonder (K16). */
  words: string | null;
}

export function panicReach(backends: readonly BackendConfig[]): PanicReach {
  const trading = backends.filter(({ enabled, watchesOnly }) => enabled && watchesOnly !== true);
  const practiceOnly = isPracticeOnly(backends);
  const leftOut = practiceOnly ? [] : trading.filter(({ practice }) => practice);
  const watching = backends.filter(
    ({ enabled, practice, watchesOnly }) => enabled && !practice && watchesOnly === true,
  );
  return {
    halted: practiceOnly ? trading : trading.filter(({ practice }) => !practice),
    leftOut,
    words:
      leftOut.length > 0
        ? 'The practice desk is left alone, because something real is connected.'
        : practiceOnly && watching.length > 0
          ? `${watching.map(({ name }) => name).join(', ')} only ${watching.length === 1 ? 'watches' : 'watch'}. Nothing real that could trade is connected, so this halts the practice desk.`
          : practiceOnly
            ? 'Nothing real is connected, so this halts the practice desk.'
            : null,
  };
}

/** How many backends the press goes to, and how many of those are not connected just now (K5, K11). */
export function reachWords(halted: number, away: number): string {
  const goesTo = `This goes to ${halted === 1 ? 'one backend' : `${halted} backends at once`}`;
  const lasts = 'stays on until you resume by hand.';
  if (away === 0) return `${goesTo} and ${lasts}`;
  const which =
    halted === 1
      ? 'It is not connected now'
      : away === halted
        ? 'None of them is connected now'
        : `${away} of them ${away === 1 ? 'is' : 'are'} not connected now`;
  return `${goesTo} and ${lasts} ${which}.`;
}

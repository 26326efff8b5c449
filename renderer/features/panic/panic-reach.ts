import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { isPracticeOnly } from '#shared/domain/derive.ts';
import { t } from '#shared/words.ts';

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
        ? t('The practice desk is left alone, because something real is connected.')
        : practiceOnly && watching.length > 0
          ? t(
              '{list} only {count, plural, one {watches} other {watch}}. Nothing real that could trade is connected, so this halts the practice desk.',
              { list: watching.map(({ name }) => name).join(', '), count: watching.length },
            )
          : practiceOnly
            ? t('Nothing real is connected, so this halts the practice desk.')
            : null,
  };
}

/** How many backends the press goes to, and how many of those are not connected just now (K5, K11). */
export function reachWords(halted: number, away: number): string {
  const goesTo = t('This goes to {what}', {
    what: halted === 1 ? t('one backend') : t('{halted} backends at once', { halted }),
  });
  const lasts = t('stays on until you resume by hand.');
  if (away === 0) return t('{goesTo} and {lasts}', { goesTo, lasts });
  const which =
    halted === 1
      ? t('It is not connected now')
      : away === halted
        ? t('None of them is connected now')
        : t('{away} of them {away, plural, one {is} other {are}} not connected now', { away });
  return t('{goesTo} and {lasts} {which}.', { goesTo, lasts, which });
}

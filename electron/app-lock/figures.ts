import { needsPerson, panicSummary } from '#shared/domain/derive.ts';

import type { DeskReader } from '../desk/port.ts';
import type { AppLockParts } from './app-lock.ts';

/** The figures that a locked desk may show: how many, and nothing of what or whose. */
export function lockFigures(
  desk: DeskReader,
  now: () => Parameters<typeof needsPerson>[1],
): AppLockParts['figures'] {
  return {
    panic() {
      const { latched, counts, open } = panicSummary(desk.get('panic', 'panic'));
      return { latched, confirmed: counts.confirmed, targets: counts.confirmed + open.length };
    },
    counts() {
      const { total, approvals, alerts } = needsPerson(
        {
          approvals: valuesOf(desk, 'approvals'),
          alerts: valuesOf(desk, 'alerts'),
          links: valuesOf(desk, 'links'),
          panic: desk.get('panic', 'panic'),
          watch: desk.get('watch', 'watch'),
        },
        now(),
      );
      return { needsPerson: total, approvals, alerts, backends: desk.size('backends') };
    },
  };
}

const valuesOf = <S extends Parameters<DeskReader['size']>[0]>(desk: DeskReader, slice: S) =>
  [...desk.entries(slice)].map(([, value]) => value);

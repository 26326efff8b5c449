import { useCallback } from 'react';

import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { SliceName } from '#shared/domain/desk.ts';

import { nowMs, onTick } from './clock.ts';
import { useDeskStore } from './desk.ts';
import type { DeskState } from './desk-state.ts';
import { useReading } from './use-reading.ts';

/**
 * What `read` makes of the desk and of the time, as by `useReading`: looked at when one of `slices` changes and every `periodMs`. Keep
 * `slices` the same array.
 */
export function useDeskReading<T>(
  slices: readonly SliceName[],
  periodMs: number,
  read: (slices: DeskState['slices'], now: number) => T,
): T {
  const listen = useCallback(
    (changed: () => void) => {
      const stopTicks = onTick(periodMs, changed);
      const stopDesk = useDeskStore.subscribe((now, before) => {
        if (slices.some((slice) => now.slices[slice] !== before.slices[slice])) changed();
      });
      return () => {
        stopTicks();
        stopDesk();
      };
    },
    [slices, periodMs],
  );
  return useReading(listen, () => read(useDeskStore.getState().slices, nowMs()));
}

/** The same of the links alone. */
export function useLinksReading<T>(
  periodMs: number,
  read: (links: ReadonlyMap<string, LinkStatus>, now: number) => T,
): T {
  return useDeskReading(LINKS, periodMs, ({ links }, now) => read(links, now));
}

const LINKS = ['links'] as const;

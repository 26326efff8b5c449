import { useCallback, useSyncExternalStore } from 'react';

import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { SliceName } from '#shared/domain/desk.ts';

import { nowMs, onTick } from './clock.ts';
import { useDeskStore } from './desk.ts';
import type { DeskState } from './desk-state.ts';

/**
 * What `read` makes of the desk and of the time, as anything that can be written as JSON. Who asks is drawn again only when it reads
 * otherwise: looked at when one of `slices` changes and every `periodMs`. Keep `slices` the same array.
 */
export function useDeskReading<T>(
  slices: readonly SliceName[],
  periodMs: number,
  read: (slices: DeskState['slices'], now: number) => T,
): T {
  const look = (): T => read(useDeskStore.getState().slices, nowMs());
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
  useSyncExternalStore(listen, () => JSON.stringify(look()));
  return look();
}

/** The same of the links alone. */
export function useLinksReading<T>(
  periodMs: number,
  read: (links: ReadonlyMap<string, LinkStatus>, now: number) => T,
): T {
  return useDeskReading(LINKS, periodMs, ({ links }, now) => read(links, now));
}

const LINKS = ['links'] as const;

import type { VolumeSpike } from '#shared/domain/alerts/volume.ts';
import type { EpochMs } from '#shared/time.ts';

import type { SpikeGroup } from './spike-groups.ts';
import { spikeTime } from './spike-groups.ts';

/** What the person wants to see of volume alerts. `null` and the empty text stand for "all". */
export interface SpikeFilter {
  /** Part of a symbol, however it is written. */
  symbol: string;
  kind: VolumeSpike['kind'] | null;
  backendId: string | null;
  sinceMs: EpochMs | null;
}

export const NO_SPIKE_FILTER: SpikeFilter = { symbol: '', kind: null, backendId: null, sinceMs: null };

/**
 * Spikes that pass, whole: a spike is shown with its updates where it, or one of them, is of the kind that is looked for.
 */
export function filterSpikes(groups: readonly SpikeGroup[], filter: SpikeFilter): readonly SpikeGroup[] {
  const wanted = filter.symbol.trim().toLowerCase();
  return groups.filter(({ head, updates }) => {
    if (wanted !== '' && !head.symbol.toLowerCase().includes(wanted)) return false;
    if (filter.backendId !== null && head.backendId !== filter.backendId) return false;
    const members = [head, ...updates];
    if (filter.kind !== null && members.every(({ kind }) => kind !== filter.kind)) return false;
    const { sinceMs } = filter;
    return sinceMs === null || members.some((member) => spikeTime(member) >= sinceMs);
  });
}

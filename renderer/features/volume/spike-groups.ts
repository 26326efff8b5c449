import { entryKey } from '#shared/domain/desk.ts';
import type { VolumeSpike } from '#shared/domain/alerts/volume.ts';
import type { EpochMs } from '#shared/time.ts';

/** A spike with the updates of its hour. */
export interface SpikeGroup {
  key: string;
  /** The spike itself; where it was missed, the first update stands for it. */
  head: VolumeSpike;
  /** What came after the head, oldest first. */
  updates: VolumeSpike[];
}

/** A line of the table: a spike, or an update under it. */
export interface SpikeRow {
  key: string;
  alert: VolumeSpike;
  /** Whose line it stands under; for a head, itself. Lines of one spike sort together. */
  head: VolumeSpike;
  isUpdate: boolean;
}

const ORDER: Record<VolumeSpike['kind'], number> = { spike: 0, 'half-update': 1, 'full-update': 2 };

const spikeKey = ({ backendId, id }: VolumeSpike): string => entryKey(backendId, id);

/** When the detector saw it, as far as that is known. */
export const spikeTime = ({ detectedAtMs, occurredAtMs }: VolumeSpike): EpochMs =>
  detectedAtMs ?? occurredAtMs;

/** Puts updates under their spike (same backend, symbol and hour) and each alert in once; newest head first. */
export function groupSpikes(alerts: Iterable<VolumeSpike>): SpikeGroup[] {
  const groups = new Map<string, Map<string, VolumeSpike>>();
  for (const alert of alerts) {
    const key = `${alert.backendId}/${alert.symbol}/${alert.hourAtMs}`;
    const members = groups.get(key) ?? new Map<string, VolumeSpike>();
    groups.set(key, members);
    // The desk's own record comes first and knows more than what the journal kept of it.
    if (!members.has(alert.id)) members.set(alert.id, alert);
  }
  return [...groups]
    .flatMap(([key, members]): SpikeGroup[] => {
      const [head, ...updates] = [...members.values()].sort(
        (a, b) => ORDER[a.kind] - ORDER[b.kind] || spikeTime(a) - spikeTime(b),
      );
      return head === undefined ? [] : [{ key, head, updates }];
    })
    .sort((a, b) => spikeTime(b.head) - spikeTime(a.head));
}

/** The lines of the table, each spike followed by its updates. Lines keep their object while their alert does. */
export function spikeRows(groups: readonly SpikeGroup[]): SpikeRow[] {
  return groups.flatMap(({ head, updates }) => [
    rowOf(head, head),
    ...updates.map((update) => rowOf(update, head)),
  ]);
}

const rows = new WeakMap<VolumeSpike, SpikeRow>();

/** Remembered by alert, so that a row is drawn again only when something in it changed. */
function rowOf(alert: VolumeSpike, head: VolumeSpike): SpikeRow {
  const known = rows.get(alert);
  if (known?.head === head) return known;
  const row = { key: spikeKey(alert), alert, head, isUpdate: alert !== head };
  rows.set(alert, row);
  return row;
}

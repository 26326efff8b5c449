import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { dataAgeMs, isLinkEnded, isLinkStale } from '#shared/domain/derive.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { EpochMs } from '#shared/time.ts';

/** More than this between two looks was a sleep or a change of the clock: nobody watched in it. */
const LONGEST_LOOK_MS = 30_000;

/** For how long each backend's data has been too old, as far as this desk was awake to see it. */
export interface DataAges {
  look(backends: readonly BackendConfig[], links: Iterable<LinkStatus>, nowMs: EpochMs): void;
  /** Zero while its data is current by its own link's measure. */
  ageMs(backendId: string): number;
}

/**
 * The age of the data of the oldest link that is stale. It grows only by time that was watched: after a start or a sleep all
 * data is old, and the links are given their time to open before that counts against anybody.
 */
export function createDataAges(): DataAges {
  let ages = new Map<string, { ageMs: number; stale: boolean }>();
  let lookedAtMs: EpochMs | null = null;

  return {
    look(backends, links, nowMs) {
      const passedMs = lookedAtMs === null ? 0 : nowMs - lookedAtMs;
      const watchedMs = Math.min(Math.max(0, passedMs), LONGEST_LOOK_MS);
      lookedAtMs = nowMs;
      const all = [...links].filter((link) => !isLinkEnded(link));
      ages = new Map(
        backends.map(({ id }) => {
          const own = all.filter((link) => link.backendId === id);
          const late = own.filter((link) => isLinkStale(link, nowMs));
          const oldest = late.length > 0 ? late : own;
          const ageMs = own.length === 0 ? Infinity : Math.max(...oldest.map((link) => ageOf(link, nowMs)));
          const seenMs = (ages.get(id)?.ageMs ?? 0) + watchedMs;
          return [id, { ageMs: Math.min(ageMs, seenMs), stale: late.length > 0 || own.length === 0 }];
        }),
      );
    },
    ageMs(backendId) {
      const age = ages.get(backendId);
      return age?.stale === true ? age.ageMs : 0;
    },
  };
}

/** Without any data ever it is as old as it can be. */
const ageOf = (link: LinkStatus, nowMs: EpochMs): number => dataAgeMs(link, nowMs) ?? Infinity;

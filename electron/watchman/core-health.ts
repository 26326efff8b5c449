import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { JournalHealth } from '#shared/domain/journal/journal.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { EpochMs } from '#shared/time.ts';
import { MINUTE_MS } from '#shared/time.ts';

/** An attempt that is this much overdue means that nobody looks after the link any more. */
const OVERDUE_MS = MINUTE_MS;
const LONGEST_ATTEMPT_MS = 5 * MINUTE_MS;
const LONGEST_WITHOUT_LOOK_MS = 2 * MINUTE_MS;

export interface CoreFacts {
  journal: JournalHealth | undefined;
  /** Whether the disk just took something. */
  written: boolean;
  backends: Iterable<BackendConfig>;
  links: Iterable<LinkStatus>;
  /** When the limits were last looked at. */
  lookedAtMs: EpochMs | null;
}

/**
 * What is wrong with the desk itself, in words without names and figures, as they leave this computer. A backend that is
 * down is none of it: the desk works as long as somebody goes on trying to reach it.
 */
export function coreTroubles(
  { journal, written, backends, links, lookedAtMs }: CoreFacts,
  nowMs: EpochMs,
): string[] {
  const all = [...links];
  const enabled = [...backends].filter((backend) => backend.enabled);
  const unsupervised = enabled.filter(({ id }) => {
    const own = all.filter((link) => link.backendId === id);
    return own.length === 0 || own.some((link) => isForgotten(link, nowMs));
  }).length;
  return [
    ...(written && journal?.state !== 'read-only' ? [] : ['the journal cannot be written']),
    ...(unsupervised === 0
      ? []
      : [`connections of ${unsupervised} of ${enabled.length} backends are not looked after`]),
    ...(lookedAtMs !== null && nowMs - lookedAtMs <= LONGEST_WITHOUT_LOOK_MS
      ? []
      : ['the limits are not looked at']),
  ];
}

function isForgotten({ state }: LinkStatus, nowMs: EpochMs): boolean {
  switch (state.kind) {
    case 'waiting':
      return nowMs - state.nextAttemptAtMs > OVERDUE_MS;
    case 'connecting':
      return nowMs - state.sinceMs > LONGEST_ATTEMPT_MS;
    case 'live':
    case 'stale':
    case 'stopped':
      return false;
  }
}

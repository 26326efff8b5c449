import { t } from '../../words.ts';

import type { EpochMs } from '../../time.ts';
import { formatAge } from '../../time.ts';
import type { Subject } from '../backends/act-freshness.ts';
import { actFreshness } from '../backends/act-freshness.ts';
import type { BackendConfig, BackendKindDescriptor } from '../backends/backend.ts';
import { canBeHalted } from '../derive.ts';
import type { KillSwitch, PanicState } from './kill-switch.ts';
import type { LinkStatus } from '../backends/link.ts';

/**
 * Why only what lowers risk can be done on a backend now, in a few words for a mark beside it; `null` while everything can.
 * The door decides by its own checks (K3, A3); this says the same beforehand. `subject` is what an act is about, such as one model,
 * whose own link then counts beside those of the whole backend. `staleWords` says how old data is.
 */
export function reduceOnlyReason(
  backend: BackendConfig,
  desk: {
    kind: BackendKindDescriptor | undefined;
    panic: PanicState | undefined;
    killSwitch: KillSwitch | undefined;
    links: Iterable<LinkStatus>;
  },
  nowMs: EpochMs,
  {
    subject = null,
    staleWords = wordsOfAge,
  }: { subject?: Subject | null; staleWords?: typeof wordsOfAge } = {},
): string | null {
  const { kind, killSwitch, links, panic } = desk;
  if (panic?.kind === 'latched') return t('PANIC is on');
  if (killSwitch?.enabled === true) return t('halted');
  if (killSwitch?.enabled !== false && canBeHalted(kind, backend)) return t('halt not known');
  const { ageMs, stale, worst } = actFreshness(backend.id, links, subject, nowMs);
  if (!stale) return null;
  if (ageMs === null) return t('no data yet');
  return worst?.state.kind === 'live' ? staleWords(ageMs) : t('its link is down');
}

const wordsOfAge = (ageMs: number): string => t('data {age} old', { age: formatAge(ageMs) });

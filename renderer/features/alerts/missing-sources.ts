import type { Alert } from '#shared/domain/alert.ts';
import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backend.ts';

/**
 * Kinds of alert that nothing connected ever sends, so that their absence means nothing. Where real backends are connected
 * only they count: an alert about the practice market is no watch over a real one. A kind that did arrive has a source.
 */
export function missingSources(
  backends: Iterable<BackendConfig>,
  kinds: ReadonlyMap<string, BackendKindDescriptor>,
  alerts: Iterable<Alert>,
): { kinds: string[]; backends: BackendConfig[] } {
  const enabled = [...backends].filter((backend) => backend.enabled);
  const real = enabled.filter((backend) => !backend.practice);
  const watched = real.length > 0 ? real : enabled;
  const [first, ...others] = watched.map((backend) => kinds.get(backend.kind)?.alertsWithoutSource ?? []);
  const watchedIds = new Set(watched.map(({ id }) => id));
  const arrived = new Set(
    [...alerts].filter(({ backendId }) => watchedIds.has(backendId)).map(({ kind }) => kind),
  );
  const missing = (first ?? []).filter(
    (kind) => others.every((list) => list.includes(kind)) && !arrived.has(kind),
  );
  return { kinds: missing, backends: watched };
}

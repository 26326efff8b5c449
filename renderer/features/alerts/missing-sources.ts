import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';

/**
 * Kinds of alert that no connected real backend ever sends, so that their absence means nothing. The practice market is no
 * watch over a real one and asks for none. A kind that a real backend did send has a source.
 */
export function missingSources(
  backends: Iterable<BackendConfig>,
  kinds: ReadonlyMap<string, BackendKindDescriptor>,
  alerts: Iterable<Alert>,
): { kinds: string[]; backends: BackendConfig[] } {
  const real = [...backends].filter((backend) => backend.enabled && !backend.practice);
  const [first, ...others] = real.map((backend) => kinds.get(backend.kind)?.alertsWithoutSource ?? []);
  const realIds = new Set(real.map(({ id }) => id));
  const arrived = new Set(
    [...alerts].filter(({ backendId }) => realIds.has(backendId)).map(({ kind }) => kind),
  );
  const missing = (first ?? []).filter(
    (kind) => others.every((list) => list.includes(kind)) && !arrived.has(kind),
  );
  return { kinds: missing, backends: real };
}

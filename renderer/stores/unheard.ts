import { t } from '#shared/words.ts';

import { useSlice } from './desk.ts';
import { useStaleBackends } from './derived.ts';

/**
 * That not every backend is heard, so that a list without entries does not say that nothing happened; `null` while all are, or
 * none is switched on.
 */
export function useUnheard(): string | null {
  const backends = useSlice('backends');
  const stale = useStaleBackends();
  const enabled = [...backends.values()].filter((backend) => backend.enabled);
  const [first] = stale;
  if (first === undefined) return null;
  const name = backends.get(first)?.name ?? first;
  if (stale.size > 1 && stale.size === enabled.length)
    return t('No backend is live: what they report does not show until one is.');
  if (stale.size === 1) return t('{name} is not live: what it reports does not show until it is.', { name });
  return t('{size} of {count} backends are not live: what they report does not show until they are.', {
    size: stale.size,
    count: enabled.length,
  });
}

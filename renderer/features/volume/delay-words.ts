import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { VolumeSpike } from '#shared/domain/alerts/volume.ts';
import { formatAge, MINUTE_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

/** What a tier holds back at most before it sends. */
const HELD_BACK_MS: Readonly<Record<string, number>> = { free: 15 * MINUTE_MS, pro: 5 * MINUTE_MS };
/** A detector rounds its time to a mark and a server takes its time; less than this is no delay. */
const WORTH_SAYING_MS = MINUTE_MS;

/** How late an alert came and why, or `null` where it came at once or nobody knows when it was seen. */
export function delayWords(
  spike: Pick<VolumeSpike, 'detectedAtMs' | 'receivedAtMs'>,
  config: Pick<BackendConfig, 'options'> | undefined,
): { short: string; long: string } | null {
  if (spike.detectedAtMs === null) return null;
  const lateMs = spike.receivedAtMs - spike.detectedAtMs;
  if (lateMs < WORTH_SAYING_MS) return null;
  const age = formatAge(lateMs);
  const tier = config?.options?.tier;
  const heldBackMs = tier === undefined ? undefined : HELD_BACK_MS[tier];
  if (tier !== undefined && heldBackMs !== undefined && lateMs <= heldBackMs + WORTH_SAYING_MS) {
    return {
      short: t('{age}, {tier} tier', { age, tier }),
      long: t(
        'Delayed {age} by the {tier} tier, which holds alerts back for up to {age2}. This is no fault of the link.',
        { age, tier, age2: formatAge(heldBackMs) },
      ),
    };
  }
  return {
    short: t('{age} later', { age }),
    long: t(
      'Received {age} after it was seen: the desk was not connected then, or read it from the list afterwards.',
      { age },
    ),
  };
}

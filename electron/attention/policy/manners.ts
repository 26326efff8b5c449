import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { SoundName } from '#shared/domain/attention/attention.ts';
import type { AttentionPolicySettings } from '#shared/domain/attention/attention-policy.ts';
import { effectiveRow } from '#shared/domain/attention/attention-policy.ts';
import type { Occasion } from '#shared/domain/attention/occasions/occasions.ts';

/** How much an occasion matters and how it sounds, by the person's table. `own`: what the backend says, of its alerts. */
export type Manners = (
  occasion: Occasion,
  backendId: string | null,
  own?: Severity,
) => { severity: Severity; sound: SoundName | null };

export function createManners(settings: () => Pick<AttentionPolicySettings, 'rows' | 'overrides'>): Manners {
  return (occasion, backendId, own) => {
    const { severity, sound } = effectiveRow(settings(), occasion, { backendId, own: own ?? null });
    return { severity, sound };
  };
}

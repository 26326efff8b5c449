import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

/** A subscription's reach (fact sheet §2). */
export interface Tier {
  id: 'free' | 'pro' | 'elite';
  /** The list is read again this often: it tells what a delayed or lost delivery did not (§5, queue flush). */
  rereadMs: number;
  /** Two readings missed, and a minute: alerts that are held back to a quarter hour are no outage (§7.5). */
  staleAfterMs: number;
}

const tierOf = (id: Tier['id'], rereadMs: number): Tier => ({
  id,
  rereadMs,
  staleAfterMs: 2 * rereadMs + MINUTE_MS,
});

const FREE = tierOf('free', 15 * MINUTE_MS);
const TIERS: readonly Tier[] = [FREE, tierOf('pro', 5 * MINUTE_MS), tierOf('elite', MINUTE_MS)];

/** A list is made at a mark; read a little later, it has what was detected up to it. */
const AFTER_MARK_MS = 10 * SECOND_MS;

export const readTier = (value: string | undefined): Tier => TIERS.find(({ id }) => id === value) ?? FREE;

/** How long from now until just after the next mark of the wall clock at which the server shows more. */
export function untilNextReadingMs(tier: Tier, nowMs: number): number {
  return tier.rereadMs - ((nowMs - AFTER_MARK_MS + tier.rereadMs) % tier.rereadMs);
}

export const tierField: FieldDescriptor = {
  name: 'tier',
  label: 'Tier',
  type: 'choice',
  required: true,
  help: 'Which list of alerts is read. Free: 10 alerts, shown at quarter hours, so up to 15 minutes late. Pro: 50, up to 5 minutes late. Elite: 100, at once. Choose the one that you are subscribed to: the server gives whatever is asked for.',
  choices: [
    { value: 'free', label: 'Free: 10 alerts, up to 15 min late' },
    { value: 'pro', label: 'Pro: 50 alerts, up to 5 min late' },
    { value: 'elite', label: 'Elite: 100 alerts, at once' },
  ],
  defaultValue: 'free',
};

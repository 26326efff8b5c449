import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';

import { plainText } from '../../lib/clean.ts';
import type { WireKillSwitch } from './protocol.ts';

/** The halt as CoinRuler reports it. Missing or null `enabled` is unknown, never "off" (§7.12). `readAtMs` is when it was asked. */
export function mapKillSwitch(
  wire: WireKillSwitch,
  context: { backendId: string; readAtMs: number; isEvent: boolean },
): KillSwitch {
  // Before a halt was ever stored, a read makes its answer up on the spot, with the current time and without an id.
  const isStored = context.isEvent || wire._id !== undefined;
  return {
    backendId: context.backendId,
    enabled: wire.enabled ?? null,
    reason: textOrNull(wire.reason, 500),
    setBy: textOrNull(wire.setBy, 80),
    changedAtMs: isStored ? wire.timestamp : null,
    readAtMs: context.readAtMs,
  };
}

const textOrNull = (value: string | null | undefined, maxLength: number): string | null =>
  plainText(value, maxLength) || null;

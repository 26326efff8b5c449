import type { DeskPatch } from '#shared/domain/desk.ts';
import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';

import { isEqual } from './equal.ts';
import { isOlder } from './ordering.ts';
import type { IndexedDesk } from './state.ts';

/**
 * A backend's halt as it was last heard or read. `enabled: null` means unknown and replaces a known "off" (D3: what we
 * no longer know, we no longer claim); the last reason and author are kept while nothing better is said.
 */
export function applyKillSwitch(desk: IndexedDesk, heard: KillSwitch): DeskPatch[] {
  const known = desk.get('killSwitches', heard.backendId);
  if (known !== undefined && isOlder(times(heard), times(known))) return [];
  const next: KillSwitch =
    heard.enabled === null && known !== undefined
      ? { ...heard, reason: heard.reason ?? known.reason, setBy: heard.setBy ?? known.setBy }
      : heard;
  return isEqual(known, next) ? [] : [{ slice: 'killSwitches', key: next.backendId, value: next }];
}

const times = ({
  changedAtMs,
  readAtMs,
}: KillSwitch): { occurredAtMs: number | null; receivedAtMs: number } => ({
  occurredAtMs: changedAtMs,
  receivedAtMs: readAtMs,
});

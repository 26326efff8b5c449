import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { ActAnswer, PanicPort } from '../port.ts';
import { ACTED_BY } from './approvals-tracker.ts';
import type { Client } from './client.ts';
import { wireKillSwitch } from './protocol.ts';
import type { Rereads } from './rereads.ts';
import type { Trackers } from './trackers.ts';

/** Short of the five seconds in which every backend has to be confirmed or called unconfirmed (K2). */
const PANIC_TIMEOUT_MS = 4 * SECOND_MS;

/** The kill switch by requests of its own, before everything else in the budget and independent of the stream (K11). */
export function createPanic(client: Client, rereads: Rereads, trackers: Trackers): PanicPort {
  async function set(enabled: boolean, reason: string): Promise<ActAnswer> {
    const body = { enabled, reason: reason.slice(0, 500), setBy: ACTED_BY };
    const reply = await client.send('POST', '/kill-switch', body, {
      priority: 'panic',
      timeoutMs: PANIC_TIMEOUT_MS,
    });
    if (reply.kind === 'unknown') return { kind: 'unknown', message: reply.message };
    // Not a refusal of the server's: it does not know of the wish.
    if (reply.kind === 'refused' && reply.status === 0)
      throw new HttpFailure({ code: 'unreachable', message: reply.message }, false);
    if (reply.kind === 'refused') return { kind: 'refused', message: reply.message, result: null };
    const stored = wireKillSwitch.safeParse(reply.body);
    if (!stored.success || stored.data.enabled !== enabled) {
      return {
        kind: 'unknown',
        message: 'CoinRuler answered, but not with the kill switch as it was asked for.',
      };
    }
    trackers.killSwitch.changed(stored.data);
    return { kind: 'accepted', message: enabled ? 'Halted.' : 'Resumed.', result: null };
  }

  return {
    halt: (reason) => set(true, reason),
    resume: (reason) => set(false, reason),
    read: () => rereads.killSwitch({ priority: 'panic', timeoutMs: PANIC_TIMEOUT_MS }),
  };
}

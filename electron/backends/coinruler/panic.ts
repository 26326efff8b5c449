import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import { StepFailed, StepSkipped } from '../../lib/connection-steps.ts';
import type { WayStep } from '../kit/rehearsal.ts';
import { REHEARSE_WITH, walkWay } from '../kit/rehearsal.ts';
import type { ActAnswer, BackendContext, PanicPort } from '../port.ts';
import { ACTED_BY } from './approvals-tracker.ts';
import { refusedWith } from '../kit/answers.ts';
import type { Client } from './client.ts';
import { OWNER_ID_MISSING } from './client.ts';
import { OWNER_ID_SECRET } from './descriptor.ts';
import { checkOwner } from './owner-check.ts';
import { wireKillSwitch } from './protocol.ts';
import type { Rereads } from './rereads.ts';
import type { Trackers } from './trackers.ts';

/** Short of the four seconds that a halt may take: what became of the request is told before it is given up (K2, K5). */
const PANIC_TIMEOUT_MS = 3.6 * SECOND_MS;

/** The kill switch by requests of its own, before everything else in the budget and independent of the stream (K11). */
export function createPanic(
  { clock, config, secret }: Pick<BackendContext, 'clock' | 'config' | 'secret'>,
  client: Client,
  rereads: Rereads,
  trackers: Trackers,
): PanicPort {
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
    if (reply.kind === 'refused') return refusedWith(reply.status, reply.message);
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
    rehearse: () => walkWay(clock, { ...config, steps: wayOfHalt(), never: NEVER_PROVED }),
  };

  function wayOfHalt(): WayStep[] {
    return [
      {
        name: 'Answer',
        proves: 'CoinRuler answers, and its database is connected.',
        async run() {
          await rereads.health(REHEARSE_WITH);
          return 'CoinRuler answers, with its database.';
        },
      },
      {
        name: 'Owner id',
        proves: 'The owner id that a halt is sent with is accepted.',
        run: ownerStep,
      },
      {
        name: 'Reading back',
        proves: 'The kill switch can be read, which is what confirms a halt.',
        async run() {
          const { enabled } = await rereads.killSwitch(REHEARSE_WITH);
          return `The kill switch reads as ${enabled === null ? 'unknown' : enabled ? 'on' : 'off'}.`;
        },
      },
    ];
  }

  async function ownerStep(): Promise<string> {
    if ((await secret(OWNER_ID_SECRET)) === null) throw new StepFailed(OWNER_ID_MISSING);
    const check = await checkOwner(client, REHEARSE_WITH);
    if (check.kind === 'accepted') return 'Accepted, by a protected call that changes nothing.';
    if (check.kind === 'unclear') throw new StepSkipped(check.message);
    throw new StepFailed(check.message);
  }
}

const NEVER_PROVED = [
  'That CoinRuler sets its kill switch when it is asked to, and that its rules then stop: to ask would halt it.',
];

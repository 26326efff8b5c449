import { accepted, refusedWith } from '../kit/answers.ts';

import type { Clock } from '../../lib/clock.ts';
import type { ActSteps } from '../kit/acting.ts';
import type { ActAnswer } from '../port.ts';
import { cleanJson } from '../../lib/clean.ts';
import type { Client, Reply } from './client.ts';
import type { Rereads } from './rereads.ts';
import type { Trackers } from './trackers.ts';

/** What acts and reads work with. */
export interface Tools {
  client: Client;
  clock: Clock;
  rereads: Rereads;
  trackers: Trackers;
  /** What was last sent about an approval, by intended status and id. */
  sent: { get(key: string): Sending | undefined; set(key: string, value: Sending): void };
}

/** Times of the steady clock. */
export interface Sending {
  atMs: number;
  /** Until then a request without an answer may still take effect; that nothing shows proves nothing. */
  mayArriveUntilMs: number;
}

export type ActDefinition = ActSteps<Tools>;

/** The answer to an act whose success needs no closer look. */
export function answerOf(reply: Reply, message: string): ActAnswer {
  if (reply.kind === 'unknown') return { kind: 'unknown', message: reply.message };
  return reply.kind === 'refused'
    ? refusedWith(reply.status, reply.message)
    : accepted(message, cleanJson(reply.body));
}

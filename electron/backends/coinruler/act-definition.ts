import { accepted, refused } from '../kit/answers.ts';
import type { ActDescriptor } from '#shared/domain/backend.ts';

import type { Clock } from '../../lib/clock.ts';
import type { ActAnswer, Params, Preparation, Verification } from '../port.ts';
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

export interface Sending {
  atMs: number;
  /** Until then a request without an answer may still take effect; that nothing shows proves nothing. */
  mayArriveUntilMs: number;
}

/** One act: how it is described, done and, where the server shows its effect, re-read. */
export interface ActDefinition {
  descriptor: ActDescriptor;
  prepare?(tools: Tools, params: Params): Promise<Preparation>;
  perform(tools: Tools, params: Params): Promise<ActAnswer>;
  verify?(tools: Tools, params: Params, answer: ActAnswer): Promise<Verification>;
}

/** The answer to an act whose success needs no closer look. */
export function answerOf(reply: Reply, message: string): ActAnswer {
  if (reply.kind === 'unknown') return { kind: 'unknown', message: reply.message };
  return reply.kind === 'refused' ? refused(reply.message) : accepted(message, cleanJson(reply.body));
}

import { accepted, refusedWith } from '../kit/answers.ts';
import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import { cleanJson } from '../../lib/clean.ts';
import type { ActSteps } from '../kit/acting.ts';
import type { ActAnswer } from '../port.ts';
import type { Baselines } from './baselines.ts';
import type { Book } from './book.ts';
import type { Client, Reply } from './client.ts';
import type { Rereads } from './rereads.ts';
import type { Starts } from './starts.ts';

/** What acts and reads work with. */
export interface Tools {
  client: Client;
  clock: Clock;
  book: Book;
  rereads: Rereads;
  starts: Starts;
  baselines: Baselines;
  /** What was read by an act is made known: streams follow, a halt is told. */
  settle(): void;
}

export type ActDefinition = ActSteps<Tools>;

export const DECISION = { priority: 'decision', timeoutMs: 10 * SECOND_MS } as const;

/** The answer to an act whose success needs no closer look. */
export function answerOf(reply: Reply, message: string): ActAnswer {
  if (reply.kind === 'unknown') return { kind: 'unknown', message: reply.message };
  return reply.kind === 'refused'
    ? refusedWith(reply.status, reply.message)
    : accepted(message, cleanJson(reply.body));
}

export const check = (
  verdict: GuardCheck['verdict'],
  id: string,
  label: string,
  detail: string,
): GuardCheck => ({ id, label, verdict, detail });

/** A member of an act's result, as text. */
export function resultText(answer: ActAnswer, name: string): string | null {
  const result = answer.kind === 'unknown' ? null : answer.result;
  const value = result !== null && typeof result === 'object' && !Array.isArray(result) ? result[name] : null;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

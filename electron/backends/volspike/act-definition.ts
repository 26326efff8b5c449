import type { ActDescriptor } from '#shared/domain/backends/backend.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import { cleanJson } from '../../lib/clean.ts';
import { refusedWith } from '../kit/answers.ts';
import type { ActAnswer, Json, Params, Verification } from '../port.ts';
import type { Account, Kept } from './account.ts';
import type { Client, Reply } from './client.ts';

/** What acts and reads work with. */
export interface Tools {
  publicClient: Client;
  account: Account;
  clock: Clock;
  /** False when the socket is not open. */
  emit(event: string, payload: string | Record<string, never>): boolean;
  /** When the socket last answered a request for fresh figures. */
  refreshedAtMs(): number | null;
  /** Signs the account in anew; rejects with words for a person. */
  signIn(): Promise<void>;
}

/** What an act will send; made from the parameters alone, so that trouble with them is said before anything is sent. */
export interface Plan {
  perform(tools: Tools): Promise<ActAnswer>;
  verify(tools: Tools, answer: ActAnswer): Promise<Verification>;
}

export interface ActDefinition {
  descriptor: ActDescriptor;
  /** Throws `ParamError`. */
  plan(params: Params): Plan;
}

export const DECISION = { priority: 'decision', timeoutMs: 15 * SECOND_MS } as const;

export function answerOf(reply: Reply, message: string): ActAnswer {
  if (reply.kind === 'done') return { kind: 'accepted', message, result: cleanJson(reply.body) };
  return reply.kind === 'unknown'
    ? { kind: 'unknown', message: reply.message }
    : refusedWith(reply.status, reply.message);
}

/**
 * Reads the account anew and looks whether it is so. A request without an answer may still arrive, and an answer of which a
 * part cannot be read may hold it there: that it does not show then proves nothing.
 */
export async function reread(
  { account }: Tools,
  answer: ActAnswer,
  isSo: (kept: Kept) => boolean,
  words: { so: string; notSo: string },
): Promise<Verification> {
  const kept = await account.read(DECISION);
  if (kept.unreadable > 0)
    return { kind: 'pending', message: 'What VolSpike shows of the account cannot be read in full.' };
  if (isSo(kept)) return { kind: 'confirmed', message: words.so };
  if (answer.kind === 'unknown') return { kind: 'pending', message: `${words.notSo} It may still come.` };
  return { kind: 'contradicted', message: words.notSo };
}

/**
 * Whether an entry is the one that was just made: by the id that the server answered or, where no answer came, by not having
 * been there before. One of the same content that was there already is not it.
 */
export function isMade(answeredId: Json | undefined, before: ReadonlySet<string>): (id: string) => boolean {
  return (id) => (typeof answeredId === 'string' ? id === answeredId : !before.has(id));
}

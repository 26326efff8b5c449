import type { ActDescriptor } from '#shared/domain/backend.ts';
import type { Threshold, WatchList } from '#shared/domain/volume.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import { cleanJson } from '../../lib/clean.ts';
import type { ActAnswer, Params, Verification } from '../port.ts';
import type { Account } from './account.ts';
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
    : { kind: 'refused', message: reply.message, result: null };
}

interface Kept {
  watchLists: WatchList[];
  thresholds: Threshold[];
}

/**
 * Reads the account anew and looks whether it is so. A request without an answer may still arrive: that it does not show
 * yet proves nothing.
 */
export async function reread(
  { account }: Tools,
  answer: ActAnswer,
  isSo: (kept: Kept) => boolean,
  words: { so: string; notSo: string },
): Promise<Verification> {
  const found = isSo(await account.read(DECISION));
  if (found) return { kind: 'confirmed', message: words.so };
  if (answer.kind === 'unknown') return { kind: 'pending', message: `${words.notSo} It may still come.` };
  return { kind: 'contradicted', message: words.notSo };
}

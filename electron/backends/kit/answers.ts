import type { GuardCheck } from '#shared/domain/approvals/approval.ts';

import type { ActAnswer, Json, Preparation, Verification } from '../port.ts';

/** What a backend said to an act, and what re-reading showed, in short. */

export const accepted = (message: string, result: Json | null = null): ActAnswer => ({
  kind: 'accepted',
  message,
  result,
});

export const refused = (message: string, result: Json | null = null): ActAnswer => ({
  kind: 'refused',
  message,
  result,
});

/** A refusal that came with this status; 0 where nothing was sent. */
export const refusedWith = (status: number, message: string, result: Json | null = null): ActAnswer =>
  isDoubtful(status) ? { kind: 'refused', message, result, doubtful: true } : refused(message, result);

/** Whether a refusal with this status leaves open that something was done all the same. */
export const isDoubtful = (status: number): boolean => !TURNED_AWAY.has(status);

/** Who asks is not known, the request is too large, too many came: all said before anything looks at what is wanted. 0: never sent. */
const TURNED_AWAY: ReadonlySet<number> = new Set([0, 401, 413, 429]);

export const confirmed = (message: string): Verification => ({ kind: 'confirmed', message });
export const contradicted = (message: string): Verification => ({ kind: 'contradicted', message });
export const unverifiable = (message: string): Verification => ({ kind: 'unverifiable', message });
export const pending = (message: string): Verification => ({ kind: 'pending', message });

/** The effect does not show: it may still come, unless the request was answered with a refusal. */
export const notYet = (answer: ActAnswer, message: string): Verification =>
  answer.kind === 'refused' ? contradicted(message) : pending(message);

/** Facts for the guards about an act that concerns no approval. */
export const prepared = (...checks: GuardCheck[]): Preparation => ({ checks, subject: null });

/** A member of an act's result, when that is an object. */
export function resultMember(answer: ActAnswer, name: string): Json | undefined {
  const result = answer.kind === 'unknown' ? null : answer.result;
  return result !== null && typeof result === 'object' && !Array.isArray(result) ? result[name] : undefined;
}

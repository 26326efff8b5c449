import type { GuardCheck } from '#shared/domain/approval.ts';

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

export const confirmed = (message: string): Verification => ({ kind: 'confirmed', message });
export const contradicted = (message: string): Verification => ({ kind: 'contradicted', message });
export const unverifiable = (message: string): Verification => ({ kind: 'unverifiable', message });
export const pending = (message: string): Verification => ({ kind: 'pending', message });

/** Facts for the guards about an act that concerns no approval. */
export const prepared = (...checks: GuardCheck[]): Preparation => ({ checks, subject: null });

/** A member of an act's result, when that is an object. */
export function resultMember(answer: ActAnswer, name: string): Json | undefined {
  const result = answer.kind === 'unknown' ? null : answer.result;
  return result !== null && typeof result === 'object' && !Array.isArray(result) ? result[name] : undefined;
}

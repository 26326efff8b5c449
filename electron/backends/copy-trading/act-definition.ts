import { accepted, refusedWith } from '../kit/answers.ts';
import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { ActDescriptor } from '#shared/domain/backends/backend.ts';

import type { ActAnswer, Params, Verification } from '../port.ts';
import { cleanJson } from '../../lib/clean.ts';
import type { Reply } from './client.ts';
import type { Tools } from './tools.ts';

/** One act: how it is described, checked, done and, where the server shows its effect, re-read. */
export interface ActDefinition {
  descriptor: ActDescriptor;
  /** Runs at each look that a person takes, so it asks the server for nothing. */
  check?(tools: Tools, params: Params): GuardCheck[];
  perform(tools: Tools, params: Params, origin: string): Promise<ActAnswer>;
  verify?(tools: Tools, params: Params, answer: ActAnswer): Promise<Verification>;
}

export function answerOf(reply: Reply, message: string): ActAnswer {
  if (reply.kind === 'unknown') return { kind: 'unknown', message: reply.message };
  return reply.kind === 'refused'
    ? refusedWith(reply.status, reply.message)
    : accepted(message, cleanJson(reply.body));
}

export const pass = (id: string, label: string, detail: string): GuardCheck => ({
  id,
  label,
  verdict: 'pass',
  detail,
});
export const warn = (id: string, label: string, detail: string): GuardCheck => ({
  id,
  label,
  verdict: 'warn',
  detail,
});
export const block = (id: string, label: string, detail: string): GuardCheck => ({
  id,
  label,
  verdict: 'block',
  detail,
});

/** §7.11: orders go out for whoever calls, so they are sent on a person's own hand alone. */
export const isByHand = (origin: string): boolean => origin === 'window' || origin === 'palette';
export const NOT_BY_HAND =
  'Not sent: this places a real order for whoever asks, so it is sent only from the window, by hand.';

import { z } from 'zod';

import { guardCheck } from './approvals/approval.ts';

/** From where a person (or a rule) acted. Journaled with every command. */
export const commandOrigin = z.enum([
  'window',
  'tray',
  'notification',
  'hotkey',
  'palette',
  'rule',
  'assistant',
  /** One of the person's limits that press PANIC. */
  'limit',
  'desk',
]);
export type CommandOrigin = z.infer<typeof commandOrigin>;

/** A wish to act. The same `requestId` sent twice is one command with one outcome (A5). */
export const command = z.object({
  requestId: z.string().min(8).max(80),
  backendId: z.string(),
  act: z.string().max(80),
  params: z.record(z.string().max(80), z.json()),
  origin: commandOrigin,
  /** The rule that asks, for origin `rule` alone. */
  ruleId: z.string().max(80).optional(),
  /** Warnings that the person has seen and accepted, by check id. */
  acceptedWarnings: z.array(z.string().max(80)).max(40).default([]),
});
export type Command = z.infer<typeof command>;

/**
 * What became of a command. `confirmed` was re-read from the backend; `unconfirmed` was sent and its fate is not known
 * (a time-out is neither success nor failure); `blocked` was never sent; `rejected` was refused by the backend.
 */
export const commandOutcome = z.object({
  requestId: z.string(),
  status: z.enum(['confirmed', 'rejected', 'unconfirmed', 'blocked', 'needs-code']),
  message: z.string(),
  checks: z.array(guardCheck),
  /** What the backend answered, cleaned of secrets, for a person to look at. */
  result: z.json().nullable(),
});
export type CommandOutcome = z.infer<typeof commandOutcome>;

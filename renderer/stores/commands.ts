import type { Command, CommandOrigin, CommandOutcome } from '#shared/domain/command.ts';

import { request } from '../bridge.ts';

export interface Wish {
  backendId: string;
  act: string;
  params: Command['params'];
  origin: CommandOrigin;
  /** Ids of the warnings that the person has seen and accepted. */
  acceptedWarnings?: string[];
  /** Of an earlier try of the very same command whose answer was lost; left out for a new one (A5). */
  requestId?: string;
}

/** A name for a new command. Keep it when the answer may have been lost: sent again it stays one command. */
export const newRequestId = (): string => crypto.randomUUID();

/**
 * Sends a wish through the command door. Whatever the backend says is an outcome; it throws only when the main process
 * itself cannot be asked.
 */
export const submitCommand = ({
  requestId = newRequestId(),
  acceptedWarnings = [],
  ...wish
}: Wish): Promise<CommandOutcome> => request('command.submit', { ...wish, requestId, acceptedWarnings });

/** Warnings that have to be accepted before the command is let through; none when something blocks it for good. */
export function openWarnings(outcome: Pick<CommandOutcome, 'status' | 'checks'>): CommandOutcome['checks'] {
  if (outcome.status !== 'blocked' || outcome.checks.some((check) => check.verdict === 'block')) return [];
  return outcome.checks.filter((check) => check.verdict === 'warn');
}

import { z } from 'zod';

/** How much the log says: each level has what is graver as well. */
export const logLevel = z.enum(['error', 'warn', 'info', 'debug']);
export type LogLevel = z.infer<typeof logLevel>;

export const diagnosticsSettings = z.object({ logLevel: logLevel.default('info') });

/** `not-known`: it could not be found out, which is no fault of what was looked at. */
export type CheckOutcome = 'passed' | 'warning' | 'failed' | 'not-known';

/** One look of the self-check at the desk. The number stays with what it is about, so that people can speak of it. */
export interface SelfCheck {
  number: number;
  title: string;
  outcome: CheckOutcome;
  /** What was found, as a sentence. */
  words: string;
  /** What to do about it, as a sentence; `null` where there is nothing to do. */
  advice: string | null;
}

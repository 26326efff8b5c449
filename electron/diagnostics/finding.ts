import type { CheckOutcome } from '#shared/domain/settings/diagnostics.ts';

/** What one look found. */
export interface Finding {
  outcome: CheckOutcome;
  words: string;
  advice: string | null;
}

export const passed = (words: string): Finding => ({ outcome: 'passed', words, advice: null });
export const warning = (words: string, advice: string): Finding => ({ outcome: 'warning', words, advice });
export const failed = (words: string, advice: string): Finding => ({ outcome: 'failed', words, advice });
export const notKnown = (words: string, advice: string | null = null): Finding => ({
  outcome: 'not-known',
  words,
  advice,
});

import type { LockGuard } from './port.ts';

/** Decides as long as that may be done now. What is refused is said in words, and decides nothing. */
export function lockedDecisions<Decision>(
  decide: (decision: Decision) => Promise<void>,
  guard: Pick<LockGuard, 'decisionRefusal'>,
  tellRefusal: (words: string) => void,
): (decision: Decision) => Promise<void> {
  return (decision) => {
    const refusal = guard.decisionRefusal();
    if (refusal === null) return decide(decision);
    tellRefusal(refusal);
    return Promise.resolve();
  };
}

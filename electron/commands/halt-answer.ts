import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';

import type { ActAnswer } from '../backends/port.ts';
import { HttpFailure } from '../connections/port.ts';
import type { Settled } from './settle-within.ts';

/** What came of one attempt to halt: the answer to the request, where one was sent, and what was read back. */
export interface Asked {
  answer: Settled<ActAnswer> | null;
  seen: Settled<KillSwitch>;
}

/** It never left this computer, or the backend said no. Anything else may have taken effect, whatever was answered. */
export function isCertainlyNotThere(answer: Settled<ActAnswer>): boolean {
  if (answer.kind === 'value') return answer.value.kind === 'refused' && answer.value.doubtful !== true;
  return answer.kind === 'failed' && answer.error instanceof HttpFailure && !answer.error.sent;
}

/** Nobody took the request: that is known at once, also while the link to it still looks live. */
export const neverLeft = (answer: Settled<ActAnswer> | null): boolean =>
  answer?.kind === 'failed' &&
  answer.error instanceof HttpFailure &&
  !answer.error.sent &&
  NO_WAY.has(answer.error.linkCause.code);

const NO_WAY: ReadonlySet<HttpFailure['linkCause']['code']> = new Set(['unreachable', 'refused', 'timeout']);

import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';

import type { Asked } from './halt-answer.ts';
import { neverLeft } from './halt-answer.ts';
import { wordsOf } from './settle-within.ts';

/** What is known of a backend besides what the newest attempt showed. */
export interface HaltKnowledge {
  name: string;
  /** It took the halt, which only has to be read back. */
  taken: boolean;
  /** It may have the halt, although nothing could be read back. */
  mayHaveArrived: boolean;
  /** Any stream of it is live. */
  isLive: boolean;
}

/** `refused`: for certain, in the backend's words. `unreachable`: nothing came to it. `open`: not known yet, and why. */
export type HaltVerdict =
  { kind: 'refused'; message: string } | { kind: 'unreachable' } | { kind: 'open'; words: string };

/** How it stands after an attempt that did not read back as halted, in a person's words. */
export function haltVerdict({ answer, seen }: Asked, known: HaltKnowledge): HaltVerdict {
  const { name, taken, mayHaveArrived, isLive } = known;
  const refusal = answer?.kind === 'value' && answer.value.kind === 'refused' ? answer.value : null;
  const isProved = refusal !== null && (refusal.doubtful !== true || seen.kind === 'value');
  if (isProved) return { kind: 'refused', message: refusal.message };
  if (seen.kind === 'value') return { kind: 'open', words: notHalted(name, seen.value) };
  if (taken) return { kind: 'open', words: `${name} took the halt; it could not be read back yet.` };
  if ((!isLive || neverLeft(answer)) && !mayHaveArrived) return { kind: 'unreachable' };
  const said = refusal === null ? '' : `${name} refused (${refusal.message}), which proves nothing yet. `;
  const what = seen.kind === 'failed' ? wordsOf(seen.error) : 'time ran out';
  return { kind: 'open', words: `${said}It could not be read back: ${what}` };
}

/** In the backend's own words where it has some: what keeps it from being halted may be for a person to end. */
const notHalted = (name: string, { reason }: KillSwitch): string =>
  `${name} answers, but does not read as halted${reason === null ? '' : ` (${reason})`}.`;

import { parseDeepLink } from '#shared/deep-link.ts';
import type { Destination } from '#shared/domain/attention/attention.ts';
import { MINUTE_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';

export interface LinkOpenerParts {
  open(destination: Destination): void;
  /** Says in the window and the journal why a link led nowhere. */
  tell(words: string): void;
  clock: Clock;
}

/** A page that throws links at the desk fills neither the screen nor the journal. */
const TELL_EVERY_MS = MINUTE_MS;

/** Opens what a link names. One that names nothing leads to the deck, with words. */
export function createLinkOpener({ open, tell, clock }: LinkOpenerParts): (link: string) => void {
  let toldAtMs = -Infinity;
  return (link) => {
    const read = parseDeepLink(link);
    if (read.ok) {
      open(read.destination);
      return;
    }
    open({ place: 'deck', itemId: null });
    if (clock.now() - toldAtMs < TELL_EVERY_MS) return;
    toldAtMs = clock.now();
    tell(read.words);
  };
}

import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../practice/random.ts';
import type { ProxyFaults } from './proxy-faults.ts';

/** Passes the parts of one stream on, or what the faults of the moment make of them. */
export interface StreamBender {
  push(part: Buffer, mayBend: boolean): void;
  end(): void;
}

/** So many parts wait for each other at most before they go on in another order, and so long at most. */
const SHUFFLED = 6;
const SHUFFLED_MS = 4_000;

export function createStreamBender(parts: {
  faults: () => ProxyFaults;
  clock: Clock;
  random: Random;
  garbage: () => Buffer;
  write(bytes: Buffer): void;
}): StreamBender {
  const { clock, random } = parts;
  let held: Buffer[] = [];
  let ended = false;
  /** Parts keep their order when they are late. */
  let notBeforeMs = 0;

  function write(bytes: Buffer): void {
    if (!ended) parts.write(bytes);
  }

  function send(bytes: Buffer): void {
    const { lateMs } = parts.faults();
    const nowMs = clock.now();
    if (lateMs === 0 && nowMs >= notBeforeMs) {
      write(bytes);
      return;
    }
    notBeforeMs = Math.max(notBeforeMs, nowMs + random.whole(0, lateMs));
    clock.after(notBeforeMs - nowMs, () => write(bytes));
  }

  function releaseHeld(): void {
    const released = held;
    held = [];
    while (released.length > 0)
      for (const part of released.splice(random.whole(0, released.length - 1), 1)) send(part);
  }

  function hold(part: Buffer): void {
    if (held.length === 0) clock.after(SHUFFLED_MS, releaseHeld);
    held.push(part);
    if (held.length >= SHUFFLED) releaseHeld();
  }

  return {
    push(part, mayBend) {
      const { blackhole, mute, stream } = parts.faults();
      // What a connection carries is never lost in part: it is all that comes after that stays away.
      if (blackhole || mute) return;
      if (!mayBend || stream === 'whole') {
        if (held.length > 0) releaseHeld();
        send(part);
      } else if (stream === 'twice') {
        send(part);
        send(part);
      } else if (stream === 'shuffled') hold(part);
      else if (stream === 'garbage') {
        if (random.chance(0.3)) send(parts.garbage());
        send(part);
      } else {
        const cut = random.whole(0, part.length);
        send(part.subarray(0, cut));
        send(part.subarray(cut));
      }
    },
    end() {
      ended = true;
      held = [];
    },
  };
}

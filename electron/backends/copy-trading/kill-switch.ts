import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';

import type { Emit } from './emit.ts';
import type { FollowBook } from './follow-book.ts';

/**
 * The server has no halt of its own: halted means that PANIC wants nobody followed and that the server counts nobody. One who
 * follows nobody without PANIC is not halted, so that following stays possible.
 */
export function mapKillSwitch(
  followingCount: number,
  book: FollowBook,
  { backendId, now }: Emit,
): KillSwitch {
  const halted = book.halted();
  const isHalted = halted === true && followingCount === 0;
  return {
    backendId,
    // While the wish cannot be read nobody knows; unknown is not "off".
    enabled: halted === null ? null : isHalted,
    reason:
      halted === null
        ? book.unread()
        : isHalted
          ? 'Nobody is followed, by the server’s count.'
          : halted
            ? words()
            : null,
    // Whatever stands on the list under PANIC is nobody's decision, and is halted again; follows made elsewhere are a person's (K14).
    setBy: isHalted
      ? 'Quarterdeck'
      : halted === true && book.active().length > 0
        ? 'system:on-its-way'
        : null,
    changedAtMs: null,
    readAtMs: now(),
  };

  function words(): string {
    const names = book.active().map(({ name }) => name);
    return names.length === 0
      ? `the server counts ${followingCount} follows the desk does not know; unfollow them on its page`
      : `the server still counts ${followingCount} follows; not confirmed: ${inShort(names)}`;
  }
}

const NAMED = 12;

/** Names in a sentence; the whole list stands in the place for copy trading. */
export function inShort(names: readonly string[]): string {
  const named = names.slice(0, NAMED).join(', ');
  return names.length <= NAMED ? named : `${named} and ${names.length - NAMED} more`;
}

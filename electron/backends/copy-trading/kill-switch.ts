import type { KillSwitch } from '#shared/domain/kill-switch.ts';

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
  const known = book.active().length;
  const isHalted = book.halted() && followingCount === 0;
  return {
    backendId,
    enabled: isHalted,
    reason: isHalted ? 'Nobody is followed, by the server’s count.' : book.halted() ? words() : null,
    setBy: isHalted ? 'Quarterdeck' : null,
    changedAtMs: null,
    readAtMs: now(),
  };

  function words(): string {
    return known === 0
      ? `the server counts ${followingCount} follows the desk does not know; unfollow them on its page`
      : `the server still counts ${followingCount} follows`;
  }
}

import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { ActAnswer, PanicPort } from '../port.ts';
import type { AskOptions, Reply } from './client.ts';
import type { FollowEntry } from './follow-book.ts';
import { isAlreadyEnded, lookUp, sendUnfollow } from './follow-requests.ts';
import type { Tools } from './tools.ts';

/** Short of the four seconds that a halt may take, signing in included. */
const PANIC: AskOptions = { priority: 'panic', timeoutMs: 1.8 * SECOND_MS };

/** At once; a person who follows more has the rest unfollowed by the same presses. */
const AT_ONCE = 12;

/** Halting is unfollowing everybody on the desk's list; it is read back by the server's count of follows. */
export function createPanic(tools: Tools): PanicPort {
  const { desk, rereads } = tools;
  const { book } = desk;

  async function unfollowAll(entries: readonly FollowEntry[]): Promise<Reply[]> {
    const replies: Reply[] = [];
    const waiting = [...entries];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const reply = await sendUnfollow(tools, next.wallet, PANIC);
        replies.push(reply);
        if (reply.kind === 'done' || isAlreadyEnded(reply)) forget(next.wallet);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, work));
    return replies;
  }

  /** A disk that refuses must not make a halt fail: the server's count tells the same after a restart. */
  function forget(wallet: string): void {
    desk.positions.forgetTrader(wallet);
    void book.remove([wallet]).catch(() => undefined);
  }

  return {
    async halt(): Promise<ActAnswer> {
      // What is being followed meanwhile is found by reading back. The wish is written down beside the requests, not before (K2).
      void book.setHalted(true).catch(() => undefined);
      await book.load();
      const entries = book.all().filter(({ stage }) => stage !== 'lost');
      await lookUp(
        tools,
        entries.map(({ wallet }) => wallet),
        PANIC,
      );
      const release = book.hold();
      const replies = await unfollowAll(entries).finally(release);
      const open = replies.filter((reply) => reply.kind !== 'done' && !isAlreadyEnded(reply));
      if (open.length === 0) {
        const words =
          replies.length === 0 ? 'Nobody is on the desk’s list.' : `${replies.length} unfollowed.`;
        return { kind: 'accepted', message: `${words} Copied positions stay open.`, result: null };
      }
      const unsent = open.flatMap((reply) =>
        reply.kind === 'refused' && reply.failure !== null ? [reply.failure] : [],
      );
      const first = unsent[0];
      if (first !== undefined && unsent.length === replies.length)
        throw new HttpFailure(first.linkCause, false, first.retryAfterMs);
      const words = open.map((reply) => (reply.kind === 'done' ? '' : reply.message)).slice(0, 3);
      const message = `${open.length} of ${replies.length} could not be unfollowed: ${words.join(' ')}`;
      const isRefused = open.length === replies.length && open.every(({ kind }) => kind === 'refused');
      return isRefused ? { kind: 'refused', message, result: null } : { kind: 'unknown', message };
    },
    async resume(): Promise<ActAnswer> {
      await book.load();
      await book.setHalted(false);
      return {
        kind: 'accepted',
        message: 'Following is possible again. Nobody is followed again by itself.',
        result: null,
      };
    },
    async read() {
      const { followingCount } = await rereads.portfolio(PANIC);
      return desk.tellKillSwitch(followingCount);
    },
  };
}

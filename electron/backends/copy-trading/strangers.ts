import type { AskOptions } from './ask-options.ts';
import type { Reply } from './client.ts';
import { isAlreadyEnded, sendUnfollow, serverIdOf } from './follow-requests.ts';
import type { Tools } from './tools.ts';

/** More are not asked for at once: each is one of the hundred requests of fifteen minutes. */
const MOST = 40;

/** Follows that are on no list of the desk: made elsewhere with the same wallet, or by a list that cannot be read. */
export interface Strangers {
  /** Asks for every trader that the server lists and the desk does not know as followed, once each. Never rejects. */
  unfollow(ask: AskOptions): Promise<{ name: string; reply: Reply }[]>;
  /** PANIC is over: the next one asks for all of them again. */
  reset(): void;
}

export function createStrangers(tools: Tools): Strangers {
  const { desk, rereads } = tools;
  /** By the server's own ids, which are new after a restart (§7.7): who certainly is not followed, or not any more. */
  const ended = new Set<string>();

  return {
    async unfollow(ask) {
      // Ids may be new, and to unfollow by an old one looks like success; without any reading, those of before are better than none.
      await rereads.traders(ask).catch(() => undefined);
      const open = desk.roster
        .all()
        .filter(({ id }) => desk.book.find(id) === undefined && !ended.has(serverIdOf(tools, id) ?? id))
        .slice(0, MOST);
      return Promise.all(
        open.map(async ({ id, name }) => {
          const reply = await sendUnfollow(tools, id, ask);
          if (reply.kind === 'done' || isAlreadyEnded(reply)) ended.add(serverIdOf(tools, id) ?? id);
          return { name, reply };
        }),
      );
    },
    reset: () => ended.clear(),
  };
}

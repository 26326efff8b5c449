import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import { StepFailed } from '../../lib/connection-steps.ts';
import type { WayStep } from '../kit/rehearsal.ts';
import { REHEARSE_WITH, walkWay } from '../kit/rehearsal.ts';
import type { ActAnswer, PanicPort } from '../port.ts';
import type { AskOptions, Reply } from './client.ts';
import type { FollowEntry } from './follow-book.ts';
import { isAlreadyEnded, lookUp, sendUnfollow, serverIdOf } from './follow-requests.ts';
import type { Tools } from './tools.ts';

/** Short of the four seconds that a halt may take, and that reading it back may take, all requests of it together. */
export const WITHIN_MS = 3.6 * SECOND_MS;

/** Of one request: signing in and looking up go side by side, so that two of these after one another fit. */
const REQUEST_MS = 1.7 * SECOND_MS;

/** At once; a person who follows more has the rest unfollowed by the same presses. */
const AT_ONCE = 12;

/** Halting is unfollowing everybody on the desk's list; it is read back by the server's count of follows. */
export function createPanic(tools: Tools, address: string): PanicPort {
  const { client, clock, desk, rereads } = tools;
  const { book, session } = desk;

  /** A server that hangs must not keep the next attempt waiting. */
  async function bounded<T>(run: (ask: AskOptions & { signal: AbortSignal }) => Promise<T>): Promise<T> {
    const ending = new AbortController();
    const cancel = clock.after(WITHIN_MS, () => ending.abort());
    try {
      return await run({ priority: 'panic', timeoutMs: REQUEST_MS, signal: ending.signal });
    } finally {
      cancel();
    }
  }

  async function unfollowAll(
    entries: readonly FollowEntry[],
    ask: AskOptions & { signal: AbortSignal },
  ): Promise<Reply[]> {
    const replies: Reply[] = [];
    const waiting = [...entries];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const reply = ask.signal.aborted ? notSent(OUT_OF_TIME) : await sendUnfollow(tools, next.wallet, ask);
        replies.push(reply);
        if (reply.kind === 'done' || isAlreadyEnded(reply)) forget(next.wallet);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, work));
    return replies;
  }

  /** Those without an id need the list of traders first; the others do not wait for it. */
  async function unfollowEverybody(
    entries: readonly FollowEntry[],
    ask: AskOptions & { signal: AbortSignal },
  ): Promise<Reply[]> {
    // What fails here fails again with the requests, and is said by them.
    if (entries.length > 0) void session.token(ask).catch(() => undefined);
    const isKnown = ({ wallet }: FollowEntry): boolean => serverIdOf(tools, wallet) !== null;
    const known = entries.filter(isKnown);
    const unknown = entries.filter((entry) => !known.includes(entry));
    const found = lookUp(
      tools,
      unknown.map(({ wallet }) => wallet),
      ask,
    ).then(
      () => unfollowAll(unknown, ask),
      // To unfollow by a wrong id would look like success.
      (error: unknown) => unknown.map(() => notSent(error)),
    );
    return (await Promise.all([unfollowAll(known, ask), found])).flat();
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
      const entries = followed();
      const release = book.hold();
      const replies = await bounded((ask) => unfollowEverybody(entries, ask)).finally(release);
      return answerOf(replies);
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
      const { followingCount } = await bounded((ask) => rereads.portfolio(ask));
      return desk.tellKillSwitch(followingCount);
    },
    rehearse: () => walkWay(clock, { address, steps: wayOfHalt(), never: NEVER_PROVED }),
  };

  function wayOfHalt(): WayStep[] {
    return [
      {
        name: 'Answer',
        proves: 'The server answers.',
        run: async () => `The server answers, and runs for ${Math.floor(await client.uptime())} s.`,
      },
      {
        name: 'Sign-in',
        proves: 'The wallet is let in, as an unfollow needs it.',
        async run() {
          await rereads.profile(REHEARSE_WITH);
          return 'Signed in; the server checks no signature.';
        },
      },
      {
        name: 'Traders to unfollow',
        proves: 'Everybody on the desk’s list has an id that the server can be asked with.',
        run: namesStep,
      },
      {
        name: 'Reading back',
        proves:
          'The server’s count of follows can be read and fits the desk’s list, which is what confirms a halt.',
        run: countStep,
      },
    ];
  }

  async function namesStep(): Promise<string> {
    await book.load();
    const wanted = followed();
    await lookUp(
      tools,
      wanted.map(({ wallet }) => wallet),
      REHEARSE_WITH,
    );
    const nameless = wanted.filter(({ wallet }) => serverIdOf(tools, wallet) === null);
    if (nameless.length === 0) return `${wanted.length} on the desk’s list.`;
    throw new StepFailed(
      `${nameless.map(({ name }) => name).join(', ')} cannot be asked for: the server has no such trader on its list.`,
    );
  }

  async function countStep(): Promise<string> {
    const { followingCount } = await rereads.portfolio(REHEARSE_WITH);
    const known = followed().length;
    if (followingCount > known)
      throw new StepFailed(
        `The server counts ${followingCount} follows and the desk knows ${known}: PANIC would end those that it knows, and not be confirmed. End the others on the server’s own page.`,
      );
    return `The server counts ${followingCount} follows; the desk knows ${known}.`;
  }

  function followed(): FollowEntry[] {
    return book.all().filter(({ stage }) => stage !== 'lost');
  }
}

const NEVER_PROVED = [
  'That the server ends a follow when it is asked to: to ask would end it, and nobody is followed again by itself.',
];

/** Rejects with an `HttpFailure` where nothing was sent at all. */
function answerOf(replies: readonly Reply[]): ActAnswer {
  const open = replies.flatMap((reply) => (reply.kind === 'done' || isAlreadyEnded(reply) ? [] : [reply]));
  if (open.length === 0) {
    const words = replies.length === 0 ? 'Nobody is on the desk’s list.' : `${replies.length} unfollowed.`;
    return { kind: 'accepted', message: `${words} Copied positions stay open.`, result: null };
  }
  const unsent = open.flatMap((reply) =>
    reply.kind === 'refused' && reply.failure !== null ? [reply.failure] : [],
  );
  const first = unsent[0];
  if (first !== undefined && unsent.length === replies.length)
    throw new HttpFailure(first.linkCause, false, first.retryAfterMs);
  const words = new Set(open.map(({ message }) => message));
  const message = `${open.length} of ${replies.length} could not be unfollowed: ${[...words].slice(0, 3).join(' ')}`;
  const isRefused = open.length === replies.length && open.every(({ kind }) => kind === 'refused');
  return isRefused ? { kind: 'refused', message, result: null } : { kind: 'unknown', message };
}

const OUT_OF_TIME = new HttpFailure({ code: 'timeout', message: 'Time ran out before it was sent.' }, false);

/** What was not even asked for, because something before it failed. */
function notSent(error: unknown): Reply {
  if (!(error instanceof HttpFailure)) return { kind: 'unknown', message: 'It failed in an unforeseen way.' };
  const failure = new HttpFailure(error.linkCause, false, error.retryAfterMs);
  return { kind: 'refused', status: 0, said: '', message: `Not sent. ${error.message}`, failure };
}

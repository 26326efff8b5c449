import type { Reached } from '../../lib/connection-steps.ts';
import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { ActAnswer, PanicPort } from '../port.ts';
import { isDoubtful, refusedWith } from '../kit/answers.ts';
import type { AskOptions } from './ask-options.ts';
import type { Reply } from './client.ts';
import type { FollowEntry } from './follow-book.ts';
import { isAlreadyEnded, lookUp, notSent, sendUnfollow, serverIdOf } from './follow-requests.ts';
import { inShort } from './kill-switch.ts';
import { createRehearsal } from './rehearsal.ts';
import { createStrangers } from './strangers.ts';
import type { Tools } from './tools.ts';

/** Short of the four seconds that a halt may take, and that reading it back may take, all requests of it together. */
export const WITHIN_MS = 3.6 * SECOND_MS;

/** Of one request: signing in and looking up go side by side, so that two of these after one another fit. */
const REQUEST_MS = 1.7 * SECOND_MS;

/** The list of follows is in memory; where its journal hangs, traders are unfollowed without it. */
const LIST_WITHIN_MS = SECOND_MS / 2;

type PanicAsk = AskOptions & { signal: AbortSignal };

/** What became of unfollowing one trader. */
interface Outcome {
  name: string;
  reply: Reply;
}

/**
 * Halting is unfollowing everybody on the desk's list, all at once, and where follows are counted that are not on it, or the list cannot be
 * read, every trader that the server lists; it is read back by the server's count of follows.
 */
export function createPanic(tools: Tools, reached: Reached): PanicPort {
  const { clock, desk, rereads } = tools;
  const { book, session } = desk;
  const strangers = createStrangers(tools);

  /** A server that hangs must not keep the next attempt waiting. */
  async function bounded<T>(run: (ask: PanicAsk) => Promise<T>): Promise<T> {
    const ending = new AbortController();
    const cancel = clock.after(WITHIN_MS, () => ending.abort());
    try {
      return await run({ priority: 'panic', timeoutMs: REQUEST_MS, signal: ending.signal });
    } finally {
      cancel();
    }
  }

  /** Whether the desk's list is known, waiting no longer than PANIC can. */
  async function isListed(): Promise<boolean> {
    if (book.unread() === null) return true;
    let cancel = (): void => undefined;
    const late = new Promise<false>((resolve) => {
      cancel = clock.after(LIST_WITHIN_MS, () => resolve(false));
    });
    const read = book.load().then(
      () => true,
      () => false,
    );
    return Promise.race([read, late]).finally(() => cancel());
  }

  async function unfollow(entry: FollowEntry, ask: PanicAsk): Promise<Outcome> {
    const reply = ask.signal.aborted ? notSent(OUT_OF_TIME) : await sendUnfollow(tools, entry.wallet, ask);
    if (reply.kind === 'done' || isAlreadyEnded(reply)) forget(entry.wallet);
    else mark(entry, reply);
    return { name: entry.name, reply };
  }

  /** Those without an id need the list of traders first; the others do not wait for it. */
  function unfollowListed(entries: readonly FollowEntry[], ask: PanicAsk): Promise<Outcome>[] {
    const isKnown = ({ wallet }: FollowEntry): boolean => serverIdOf(tools, wallet) !== null;
    const unknown = entries.filter((entry) => !isKnown(entry)).map(({ wallet }) => wallet);
    const found = lookUp(tools, unknown, ask).then(
      () => null,
      (error: unknown) => notSent(error),
    );
    return entries.map(async (entry) => {
      if (isKnown(entry)) return unfollow(entry, ask);
      const trouble = await found;
      if (trouble === null) return unfollow(entry, ask);
      // To unfollow by a wrong id would look like success.
      mark(entry, trouble);
      return { name: entry.name, reply: trouble };
    });
  }

  async function unfollowEverybody(ask: PanicAsk): Promise<ActAnswer> {
    const isRead = await isListed();
    const entries = book.all().filter(({ stage }) => stage !== 'lost');
    const isSweep = !isRead || book.strangers() > 0;
    // What fails here fails again with the requests, and is said by them.
    if (entries.length > 0 || isSweep) void session.token(ask).catch(() => undefined);
    const listed = Promise.all(unfollowListed(entries, ask));
    const swept = isSweep ? strangers.unfollow(ask) : Promise.resolve(null);
    return answerOf(await listed, await swept, isRead ? null : book.unread());
  }

  /** A disk that refuses must not make a halt fail: the server's count tells the same after a restart. */
  function forget(wallet: string): void {
    desk.positions.forgetTrader(wallet);
    void book.remove([wallet]).catch(() => undefined);
  }

  /** Beside the trader stands what is not certain, whatever the next attempt brings. */
  function mark(entry: FollowEntry, reply: Reply): void {
    const isOpen = reply.kind === 'unknown';
    const note = `PANIC ${isOpen ? 'asked the server to end it and got no answer.' : 'could not end it.'} ${reply.kind === 'done' ? '' : reply.message}`;
    const stage = isOpen ? 'stopping' : entry.stage;
    void book.put({ ...entry, stage, note: note.trim() }).catch(() => undefined);
  }

  return {
    async halt(): Promise<ActAnswer> {
      // What is being followed meanwhile is found by reading back. The wish is written down beside the requests, not before (K2).
      void book.setHalted(true).catch(() => undefined);
      const release = book.hold();
      return bounded(unfollowEverybody).finally(release);
    },
    async resume(): Promise<ActAnswer> {
      await book.load();
      await book.setHalted(false);
      strangers.reset();
      return {
        kind: 'accepted',
        message: 'Following is possible again. Nobody is followed again by itself.',
        result: null,
      };
    },
    async read() {
      try {
        const { followingCount } = await bounded((ask) => rereads.portfolio(ask));
        return desk.tellKillSwitch(followingCount);
      } catch (error) {
        const open = book.active().map(({ name }) => name);
        if (!(error instanceof HttpFailure) || open.length === 0) throw error;
        const { code, message } = error.linkCause;
        const words = `${message} Not confirmed: ${inShort(open)}.`;
        throw new HttpFailure({ code, message: words }, error.sent, error.retryAfterMs);
      }
    },
    rehearse: createRehearsal(tools, reached),
  };
}

/** Rejects with an `HttpFailure` where nothing was sent at all. */
function answerOf(listed: readonly Outcome[], swept: Outcome[] | null, unread: string | null): ActAnswer {
  const outcomes = [...listed, ...(swept ?? [])];
  const open = outcomes.filter(({ reply }) => reply.kind !== 'done' && !isAlreadyEnded(reply));
  const missing = unread === null ? '' : ` ${unread} So every trader that the server lists was unfollowed.`;
  if (open.length === 0) {
    const ended = outcomes.filter(({ reply }) => reply.kind === 'done').length;
    const words =
      outcomes.length === 0
        ? 'Nobody is on the desk’s list.'
        : `${Math.max(ended, listed.length)} unfollowed.`;
    return { kind: 'accepted', message: `${words}${missing} Copied positions stay open.`, result: null };
  }
  const unsent = open.flatMap(({ reply }) =>
    reply.kind === 'refused' && reply.failure !== null ? [reply.failure] : [],
  );
  const first = unsent[0];
  if (first !== undefined && unsent.length === outcomes.length)
    throw new HttpFailure(first.linkCause, false, first.retryAfterMs);
  const message = `${open.length} of ${outcomes.length} could not be unfollowed. ${perTrader(open)}${missing}`;
  const isRefused = open.length === outcomes.length && open.every(({ reply }) => reply.kind === 'refused');
  if (!isRefused) return { kind: 'unknown', message };
  const statuses = open.map(({ reply }) => (reply.kind === 'refused' ? reply.status : 0));
  return refusedWith(statuses.find(isDoubtful) ?? 0, message);
}

/** Who is not confirmed, and why; those for the same reason together. */
function perTrader(open: readonly Outcome[]): string {
  const byWords = new Map<string, string[]>();
  for (const { name, reply } of open) {
    const words = reply.kind === 'done' ? '' : reply.message;
    byWords.set(words, [...(byWords.get(words) ?? []), name]);
  }
  return [...byWords].map(([words, names]) => `${inShort(names)}: ${words}`).join(' ');
}

const OUT_OF_TIME = new HttpFailure({ code: 'timeout', message: 'Time ran out before it was sent.' }, false);

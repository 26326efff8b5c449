import type { FollowSettings } from '#shared/domain/bots/copy-trading.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { ActAnswer, Params, Verification } from '../port.ts';
import { accepted, isDoubtful, refused } from '../kit/answers.ts';
import { textParam } from '../kit/params.ts';
import { answerOf } from './act-definition.ts';
import type { AskOptions } from './ask-options.ts';
import type { FollowEntry } from './follow-book.ts';
import { NEVER_TOOK_EFFECT } from './follow-book.ts';
import {
  defaultMaxTrade,
  isAlreadyEnded,
  isAlreadyFollowing,
  lookUp,
  sendFollow,
  sendUnfollow,
  serverIdOf,
} from './follow-requests.ts';
import type { Tools } from './tools.ts';

const DECISION: AskOptions = { priority: 'decision', timeoutMs: 10 * SECOND_MS };

const ON_ITS_WAY = 'Not sent: another wish about this trader is on its way and has no answer yet.';
const HALTED = 'Not sent: PANIC ended all follows here. Resume first.';

/** The wish is on disk before the request goes out: one that is followed and on no list could not be ended by PANIC. */
export async function beginFollow(tools: Tools, wallet: string, wanted: FollowSettings): Promise<ActAnswer> {
  const { book, roster, now } = tools.desk;
  if (book.halted()) return refused(HALTED);
  const before = book.find(wallet);
  const settings = { ...wanted, maxTradeSize: wanted.maxTradeSize ?? defaultMaxTrade(wanted.amount) };
  const name = roster.byWallet(wallet)?.name ?? before?.name ?? wallet;
  // One whose fate is open stays so, whatever becomes of the next.
  const wished = before !== undefined && isOpen(before) ? before : null;
  const restore = (): Promise<void> => (before === undefined ? book.remove([wallet]) : book.put(before));
  const entry = { wallet, name, settings, note: null, sinceMs: now(), serverId: serverIdOf(tools, wallet) };
  const release = book.claim(wallet);
  if (release === null) return refused(ON_ITS_WAY);
  try {
    try {
      await book.put({ ...entry, stage: 'asked' });
    } catch {
      await settle(restore());
      return refused(
        'Not sent: the wish could not be written down, and PANIC could not end what nobody knows of.',
      );
    }
    // PANIC may have come while the disk was at it; what it finds on the list and nowhere else is gone with it.
    if (book.halted()) {
      await settle(restore());
      return refused(HALTED);
    }
    const reply = await sendFollow(tools, wallet, settings, DECISION);
    // It may have been looked up anew.
    entry.serverId = serverIdOf(tools, wallet);
    // What PANIC took off the list meanwhile, before it had arrived, is on it again.
    if (reply.kind === 'unknown') {
      if (book.find(wallet) === undefined) await settle(book.put({ ...entry, stage: 'asked' }));
      return { kind: 'unknown', message: reply.message };
    }
    if (reply.kind === 'done' && book.halted() === true) return await endAgain(tools, entry);
    if (isAlreadyFollowing(reply)) {
      // A wish whose answer was lost did arrive, with its limits; else it was followed elsewhere, under limits that nobody says.
      if (wished !== null) {
        await settle(book.put({ ...wished, stage: 'following', note: null }));
        return accepted('Followed: the wish from before had arrived, and its limits are in force.');
      }
      const note = 'It was followed already: under which limits, the server does not say.';
      await settle(book.put({ ...entry, stage: 'following', note }));
      return refused(note);
    }
    if (reply.kind === 'refused' && isDoubtful(reply.status)) {
      if (!(await isCountWithout(tools, wallet, before)))
        return { kind: 'unknown', message: `${reply.message} The server’s count does not bear that out.` };
      await settle(restore());
      return refused(reply.message);
    }
    await settle(reply.kind === 'done' ? book.put({ ...entry, stage: 'following' }) : restore());
    return answerOf(reply, `${name} is followed.`);
  } finally {
    release();
    tools.subscriptions.sync();
  }
}

/** Its fate is not known: it was asked for without an answer. */
const isOpen = ({ stage, note }: FollowEntry): boolean => stage === 'asked' || note === NEVER_TOOK_EFFECT;

/** Whether the server counts no more follows than before this wish; one that it counts must stay on the list, for PANIC to end. */
async function isCountWithout(
  { desk, rereads }: Tools,
  wallet: string,
  before: FollowEntry | undefined,
): Promise<boolean> {
  const { book } = desk;
  const others = book.active().filter((one) => one.wallet !== wallet).length;
  const known = others + (before === undefined || before.stage === 'lost' ? 0 : 1) + book.strangers();
  try {
    const { followingCount } = await rereads.portfolio(DECISION);
    return followingCount <= known;
  } catch {
    return false;
  }
}

/** PANIC came while the wish was on its way, and may have been there first. */
async function endAgain(tools: Tools, entry: Omit<FollowEntry, 'stage'>): Promise<ActAnswer> {
  const { book } = tools.desk;
  await settle(book.put({ ...entry, stage: 'stopping' }));
  const reply = await sendUnfollow(tools, entry.wallet, { ...DECISION, priority: 'panic' });
  if (reply.kind !== 'done' && !isAlreadyEnded(reply))
    return {
      kind: 'unknown',
      message: `PANIC came meanwhile, and ${entry.name} could not be unfollowed yet.`,
    };
  await settle(book.remove([entry.wallet]));
  return refused('PANIC came meanwhile: it was followed and unfollowed again.');
}

export async function unfollow(tools: Tools, params: Params): Promise<ActAnswer> {
  const { book, positions } = tools.desk;
  const wallet = textParam(params, 'traderId');
  const release = await book.claimNext(wallet);
  const known = book.find(wallet);
  try {
    if (known?.stage === 'lost' && !isOpen(known)) {
      await settle(book.remove([wallet]));
      positions.forgetTrader(wallet);
      return accepted('Taken off the desk’s list. Nothing was sent: the server had forgotten it already.');
    }
    await lookUp(tools, [wallet], DECISION);
    // What reduces risk is not kept back by a disk that refuses.
    if (known !== undefined) await settle(book.put({ ...known, stage: 'stopping' }));
    const reply = await sendUnfollow(tools, wallet, DECISION);
    if (reply.kind === 'unknown') return { kind: 'unknown', message: reply.message };
    if (reply.kind === 'done' || isAlreadyEnded(reply)) {
      await settle(book.remove([wallet]));
      positions.forgetTrader(wallet);
      return accepted('Unfollowed. Positions that were copied stay open.');
    }
    if (known !== undefined) await settle(book.put(known));
    return answerOf(reply, '');
  } finally {
    release();
    tools.subscriptions.sync();
  }
}

/** The list in memory stands; what the disk did not take is written with the next change, and settled by the count after a restart. */
const settle = (writing: Promise<void>): Promise<void> => writing.catch(() => undefined);

/** The server shows nothing of its follows but how many they are (§4.1). */
export async function verifyCount(tools: Tools, params: Params, answer: ActAnswer): Promise<Verification> {
  const { book } = tools.desk;
  const wallet = textParam(params, 'traderId');
  await tools.rereads.portfolio(DECISION);
  const unread = book.unread();
  if (unread !== null) return { kind: 'unverifiable', message: unread };
  const mismatch = book.mismatch();
  if (book.find(wallet)?.stage === 'lost')
    return { kind: 'contradicted', message: 'By the server’s count nobody is followed.' };
  const count = book.active().filter(({ stage }) => stage !== 'stopping').length;
  const open = book.find(wallet);
  if (answer.kind === 'unknown' && open?.stage === 'asked' && mismatch !== null)
    return { kind: 'pending', message: `${mismatch} The wish may still be on its way.` };
  if (answer.kind === 'refused' && mismatch === null)
    return { kind: 'contradicted', message: 'By the server’s count nothing changed.' };
  if (mismatch === null) {
    const stage = open?.stage ?? 'none';
    if (stage === 'asked' || stage === 'stopping')
      return {
        kind: 'unverifiable',
        message: `The server counts ${count} follows; which they are, it does not say.`,
      };
    return {
      kind: 'confirmed',
      message: `The server counts ${count} ${count === 1 ? 'follow' : 'follows'}, as many as the desk knows of.`,
    };
  }
  return { kind: 'unverifiable', message: mismatch };
}

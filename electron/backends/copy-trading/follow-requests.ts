import type { FollowSettings } from '#shared/domain/bots/copy-trading.ts';
import type { DecimalString } from '#shared/money.ts';
import { multiply, toFloat } from '#shared/money.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { AskOptions } from './ask-options.ts';
import type { Reply } from './client.ts';
import type { Tools } from './tools.ts';

/** §4.1: what the server takes when a limit is left out, said here so that the desk's list shows it. */
export const DEFAULTS = { maxTradeShare: '0.1', stopLossPct: '5', takeProfitPct: '20' };

export const defaultMaxTrade = (amount: DecimalString): DecimalString =>
  multiply(amount, DEFAULTS.maxTradeShare);

/**
 * Never rejects. A trader under a new id (§7.7) is looked up anew, once. After a restart of the server a token of before goes on
 * working, for a user that is gone (§2): what is followed with it nobody else could end, PANIC after the next sign-in neither. So the
 * user is asked for after the id was read, which is good for that one run of the server alone.
 */
export async function sendFollow(
  tools: Tools,
  wallet: string,
  settings: FollowSettings,
  ask: AskOptions,
): Promise<Reply> {
  const body = {
    amount: toFloat(settings.amount),
    copySettings: {
      maxTradeSize: toFloat(settings.maxTradeSize ?? defaultMaxTrade(settings.amount)),
      stopLoss: toFloat(settings.stopLossPct ?? DEFAULTS.stopLossPct),
      takeProfit: toFloat(settings.takeProfitPct ?? DEFAULTS.takeProfitPct),
      ...(settings.maxDailyLoss === null ? {} : { maxDailyLoss: toFloat(settings.maxDailyLoss) }),
      ...(settings.diversificationLimit === null
        ? {}
        : { diversificationLimit: toFloat(settings.diversificationLimit) }),
    },
  };
  const first = serverIdOf(tools, wallet);
  const reply = await sendAsKnown(tools, first, body, ask);
  const isUnknown = reply.kind === 'refused' && reply.status === 404;
  if (!isUnknown && first !== null) return reply;
  // Where the list cannot be read the id stays as it was, and the first reply is the answer.
  await tools.rereads.traders(ask).catch(() => undefined);
  const second = serverIdOf(tools, wallet);
  return second === first ? reply : sendAsKnown(tools, second, body, ask);
}

async function sendAsKnown(
  tools: Tools,
  traderId: string | null,
  body: object,
  ask: AskOptions,
): Promise<Reply> {
  try {
    if (traderId !== null) await tools.rereads.profile(ask);
  } catch (error) {
    return notSent(error);
  }
  return send(tools, '/traders/follow', { traderId, ...body }, ask);
}

/** Reads the traders where one of these has no id here yet. Rejects with `HttpFailure`: to unfollow by a wrong id looks like success. */
export async function lookUp(tools: Tools, wallets: readonly string[], ask: AskOptions): Promise<void> {
  if (wallets.some((wallet) => serverIdOf(tools, wallet) === null)) await tools.rereads.traders(ask);
}

/**
 * Never rejects; for traders that were looked up. Who is on no list any more is asked for by the wallet, so that the server says
 * what it knows.
 */
export function sendUnfollow(tools: Tools, wallet: string, ask: AskOptions): Promise<Reply> {
  return send(tools, '/traders/unfollow', { traderId: serverIdOf(tools, wallet) ?? wallet }, ask);
}

/** "Not following" is what unfollowing is for. */
export const isAlreadyEnded = (reply: Reply): boolean =>
  reply.kind === 'refused' && reply.status === 404 && /not following/i.test(reply.said);

export const isAlreadyFollowing = (reply: Reply): boolean =>
  reply.kind === 'refused' && reply.status === 400 && /already following/i.test(reply.said);

/**
 * The trader's id of now, else that of the time of following: a server that gave it a new one since was restarted, and follows
 * nobody any more (§7.7).
 */
export const serverIdOf = ({ desk }: Tools, wallet: string): string | null =>
  desk.roster.byWallet(wallet)?.serverId ?? desk.book.find(wallet)?.serverId ?? null;

/** What was not even asked for, because something before it failed. */
export function notSent(error: unknown): Reply {
  if (!(error instanceof HttpFailure)) return { kind: 'unknown', message: 'It failed in an unforeseen way.' };
  const failure = new HttpFailure(error.linkCause, false, error.retryAfterMs);
  return { kind: 'refused', status: 0, said: '', message: `Not sent. ${error.message}`, failure };
}

async function send(
  { client }: Tools,
  path: string,
  body: { traderId: string | null },
  ask: AskOptions,
): Promise<Reply> {
  if (body.traderId === null) {
    const message = 'Not sent: the server has no such trader on its list.';
    return { kind: 'refused', status: 404, said: '', message, failure: null };
  }
  return client.sendOwn('POST', path, body, ask);
}

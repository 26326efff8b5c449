import type { FieldDescriptor } from '#shared/domain/backend.ts';
import type { FollowSettings } from '#shared/domain/copy-trading.ts';
import { compare } from '#shared/money.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { ActAnswer, Params, Verification } from '../port.ts';
import type { ActDefinition } from './act-definition.ts';
import { accepted, refused } from '../kit/answers.ts';
import { answerOf, block, pass, warn } from './act-definition.ts';
import type { AskOptions } from './client.ts';
import {
  DEFAULTS,
  defaultMaxTrade,
  isAlreadyEnded,
  isAlreadyFollowing,
  lookUp,
  sendFollow,
  sendUnfollow,
  serverIdOf,
} from './follow-requests.ts';
import { decimalParam, MONEY, optionalDecimal, PERCENT, textParam } from '../kit/params.ts';
import type { FollowEntry } from './follow-book.ts';
import { NEVER_TOOK_EFFECT } from './follow-book.ts';
import { traderRisk } from './risk.ts';
import type { Tools } from './tools.ts';

const DECISION: AskOptions = { priority: 'decision', timeoutMs: 10 * SECOND_MS };

const TRADER = { thing: 'trader', param: 'traderId' } as const;
const traderField: FieldDescriptor = {
  name: 'traderId',
  label: 'Trader',
  type: 'choice',
  required: true,
  choicesFrom: 'trader-choices',
};

const limitFields: FieldDescriptor[] = [
  {
    name: 'amount',
    label: 'Amount',
    type: 'number',
    required: true,
    min: 0.01,
    help: 'Set aside for copying this trader.',
  },
  {
    name: 'maxTradeSize',
    label: 'Most of one trade',
    type: 'number',
    required: false,
    min: 0,
    help: 'A tenth of the amount when left empty.',
  },
  {
    name: 'stopLoss',
    label: 'Stop-loss in %',
    type: 'number',
    required: false,
    min: 0,
    max: 100,
    defaultValue: DEFAULTS.stopLossPct,
  },
  {
    name: 'takeProfit',
    label: 'Take-profit in %',
    type: 'number',
    required: false,
    min: 0,
    defaultValue: DEFAULTS.takeProfitPct,
  },
  { name: 'maxDailyLoss', label: 'Most lost in a day', type: 'number', required: false, min: 0 },
  { name: 'diversificationLimit', label: 'Diversification limit', type: 'number', required: false, min: 0 },
];

/** Following, and what ends it. */
export const followActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'follow',
      group: 'Following',
      label: 'Follow',
      help: 'The server then copies this trader’s orders within these limits, without asking again.',
      params: [traderField, ...limitFields],
      risk: 'adds',
      confirm: 'Follow this trader? Orders are then copied without asking again, until you unfollow.',
      scope: 'item',
      concerns: TRADER,
      stakes: { value: 'amount' },
    },
    check: (tools, params) => [...followChecks(tools, params), notFollowed(tools, params)],
    perform: follow,
    verify: verifyCount,
  },
  {
    descriptor: {
      id: 'unfollow',
      group: 'Following',
      label: 'Unfollow',
      help: 'Nothing more of this trader is copied. Positions that were copied stay open.',
      params: [traderField],
      risk: 'reduces',
      scope: 'item',
      concerns: TRADER,
    },
    perform: unfollow,
    verify: verifyCount,
  },
  {
    descriptor: {
      id: 'follow.settings',
      group: 'Following',
      label: 'Change limits',
      help: 'The server cannot change limits, so this unfollows and follows again. If the second step fails, the trader is no longer followed, and that is said.',
      params: [traderField, ...limitFields],
      risk: 'adds',
      confirm: 'Unfollow this trader and follow again with these limits?',
      scope: 'item',
      concerns: TRADER,
      stakes: { value: 'amount' },
    },
    check: (tools, params) => [...followChecks(tools, params), isFollowedNow(tools, params)],
    async perform(tools, params) {
      const settings = settingsOf(params);
      if (isFollowedNow(tools, params).verdict === 'block') return refused('You do not follow this trader.');
      const ended = await unfollow(tools, params);
      if (ended.kind !== 'accepted') return ended;
      const begun = await beginFollow(tools, textParam(params, 'traderId'), settings);
      if (begun.kind === 'accepted') return accepted('Followed again with the new limits.');
      const words =
        begun.kind === 'unknown'
          ? 'whether it is followed again is not known'
          : 'it is NOT followed any more';
      return { ...begun, message: `The old limits are gone, and ${words}: ${begun.message}` };
    },
    verify: verifyCount,
  },
];

const ON_ITS_WAY = 'Not sent: another wish about this trader is on its way and has no answer yet.';
const HALTED = 'Not sent: PANIC ended all follows here. Resume first.';

const isKnown = ({ desk }: Tools, params: Params) => desk.book.find(textParam(params, 'traderId'));

function notFollowed(tools: Tools, params: Params) {
  const label = 'Not followed yet';
  const known = isKnown(tools, params);
  return known === undefined || known.stage === 'lost' || known.stage === 'asked'
    ? pass('not-followed', label, 'You do not follow this trader.')
    : block('not-followed', label, 'You follow this trader already. Change its limits instead.');
}

function isFollowedNow(tools: Tools, params: Params) {
  const label = 'Followed now';
  return isKnown(tools, params)?.stage === 'following'
    ? pass('followed', label, 'You follow this trader.')
    : block('followed', label, 'You do not follow this trader, as far as the desk knows.');
}

function followChecks({ desk }: Tools, params: Params) {
  const trader = desk.roster.byWallet(textParam(params, 'traderId')) ?? null;
  const { amount, maxTradeSize } = settingsOf(params);
  const label = 'Limits fit together';
  const most = maxTradeSize ?? defaultMaxTrade(amount);
  return [
    desk.wallet === null
      ? block('wallet', 'Wallet', 'No wallet is given: it is set in Settings, with this backend.')
      : pass('wallet', 'Wallet', 'Signed in without a signature: the server checks none.'),
    compare(most, amount) > 0
      ? block('limits', label, `One trade of ${most} is more than the whole amount.`)
      : pass('limits', label, `At most ${most} of ${amount} in one trade.`),
    traderRisk(trader),
    ...(desk.simulated()
      ? [
          warn(
            'simulated',
            'Real figures',
            'The exchange behind this server is not confirmed: what it shows may be samples.',
          ),
        ]
      : []),
  ];
}

const settingsOf = (params: Params): FollowSettings => ({
  amount: decimalParam(params, 'amount', MONEY),
  maxTradeSize: optionalDecimal(params, 'maxTradeSize', MONEY),
  maxDailyLoss: optionalDecimal(params, 'maxDailyLoss', MONEY),
  stopLossPct: optionalDecimal(params, 'stopLoss', PERCENT) ?? DEFAULTS.stopLossPct,
  takeProfitPct:
    optionalDecimal(params, 'takeProfit', { above: '0', most: '100000' }) ?? DEFAULTS.takeProfitPct,
  diversificationLimit: optionalDecimal(params, 'diversificationLimit', MONEY),
});

async function follow(tools: Tools, params: Params): Promise<ActAnswer> {
  if (tools.desk.wallet === null)
    return refused('No wallet is given: it is set in Settings, with this backend.');
  return beginFollow(tools, textParam(params, 'traderId'), settingsOf(params));
}

/** The wish is on disk before the request goes out: one that is followed and on no list could not be ended by PANIC. */
async function beginFollow(tools: Tools, wallet: string, wanted: FollowSettings): Promise<ActAnswer> {
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
    await settle(reply.kind === 'done' ? book.put({ ...entry, stage: 'following' }) : restore());
    return answerOf(reply, `${name} is followed.`);
  } finally {
    release();
    tools.subscriptions.sync();
  }
}

/** Its fate is not known: it was asked for without an answer. */
const isOpen = ({ stage, note }: FollowEntry): boolean => stage === 'asked' || note === NEVER_TOOK_EFFECT;

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

async function unfollow(tools: Tools, params: Params): Promise<ActAnswer> {
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
async function verifyCount(tools: Tools, params: Params, answer: ActAnswer): Promise<Verification> {
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

import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import type { FollowSettings } from '#shared/domain/bots/copy-trading.ts';
import { compare } from '#shared/money.ts';

import type { ActAnswer, Params } from '../port.ts';
import type { ActDefinition } from './act-definition.ts';
import { accepted, refused } from '../kit/answers.ts';
import { block, pass, warn } from './act-definition.ts';
import { beginFollow, unfollow, verifyCount } from './following.ts';
import { DEFAULTS, defaultMaxTrade } from './follow-requests.ts';
import { decimalParam, MONEY, optionalDecimal, PERCENT, textParam } from '../kit/params.ts';
import { traderRisk } from './risk.ts';
import type { Tools } from './tools.ts';

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

import { z } from 'zod';

import { decimalString } from '../../decimal-string.ts';
import { epochMs } from '../../epoch-ms.ts';
import { fact } from '../fact.ts';

/** Where a figure has to lie: above the first, below the second, both where both are given. */
const band = { over: decimalString.nullable(), under: decimalString.nullable() };
/** What a condition or an action says besides, which no field has a place for. */
const besides = { besides: z.array(fact) };
/** What nobody here knows the meaning of, by the name that the bot gives it; all it says is in `besides`. */
const unknownKind = z.object({ kind: z.literal('other'), name: z.string(), ...besides });

/** What has to hold before a rule acts. */
const ruleCondition = z.discriminatedUnion('kind', [
  /** The change of a price, in percent. */
  z.object({
    kind: z.literal('price-change'),
    asset: z.string(),
    withinMs: z.number().nullable(),
    ...band,
    ...besides,
  }),
  /** The share of an asset in what is held, in percent. */
  z.object({ kind: z.literal('exposure'), asset: z.string(), ...band, ...besides }),
  /** `rsi` is a figure from 0 to 100, `volatility` is in percent, `average` is a price. */
  z.object({
    kind: z.enum(['rsi', 'volatility', 'average']),
    asset: z.string(),
    periods: z.number().nullable(),
    ...band,
    ...besides,
  }),
  unknownKind,
]);
export type RuleCondition = z.infer<typeof ruleCondition>;

/** What a rule does, or proposes, once its conditions hold. */
const ruleAction = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['buy', 'sell']),
    asset: z.string(),
    /** How much, as a share in percent of what is held of the asset. */
    sharePct: decimalString.nullable(),
    order: z.enum(['market', 'limit']).nullable(),
    mostSlippagePct: decimalString.nullable(),
    ...besides,
  }),
  z.object({
    kind: z.literal('rebalance'),
    targets: z.array(z.object({ asset: z.string(), pct: decimalString })),
    ...besides,
  }),
  unknownKind,
]);
export type RuleAction = z.infer<typeof ruleAction>;

/** What a rule keeps to when it acts; `null` is no limit of that sort. */
const ruleLimits = z.object({
  mostPositionPct: decimalString.nullable(),
  mostDailyLossPct: decimalString.nullable(),
  pauseMs: z.number().nullable(),
  /** Protections that it is under, `other` ones by the bot's own name. */
  guards: z.array(
    z.object({
      kind: z.enum(['drawdown', 'pace', 'baseline', 'least-held', 'collateral', 'other']),
      name: z.string(),
    }),
  ),
});

/** A rule of a bot: when it looks, what has to hold, what it then does. Its texts are the bot's and untrusted. */
export const tradingRule = z.object({
  id: z.string(),
  name: z.string(),
  /** `null` where the bot does not say. */
  enabled: z.boolean().nullable(),
  trigger: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('interval'), everyMs: z.number() }),
    z.object({ kind: z.literal('event'), name: z.string() }),
    z.object({ kind: z.literal('other'), name: z.string() }),
  ]),
  /** All of them have to hold. */
  conditions: z.array(
    z.object({ condition: ruleCondition, /** Whether the bot really looks. */ isChecked: z.boolean() }),
  ),
  actions: z.array(ruleAction),
  limits: ruleLimits,
  createdAtMs: epochMs.nullable(),
  lastTradeAtMs: epochMs.nullable(),
  /** What its backtests came to on average. */
  backtests: z
    .object({
      runs: z.number(),
      returnPct: decimalString.nullable(),
      drawdownPct: decimalString.nullable(),
      lastAtMs: epochMs.nullable(),
    })
    .nullable(),
  /** As the bot wrote it, for who wants to see that. */
  source: z.string(),
});
export type TradingRule = z.infer<typeof tradingRule>;

/** What a read whose view is `rules` answers. */
export const tradingRules = z.array(tradingRule);

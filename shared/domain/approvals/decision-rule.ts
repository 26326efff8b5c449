import { z } from 'zod';

import { t } from '../../words.ts';

import type { DecimalString } from '../../money.ts';
import { add, compare } from '../../money.ts';
import type { EpochMs } from '../../time.ts';
import { HOUR_MS, MINUTE_MS } from '../../time.ts';
import { wallTime } from '../../wall-time.ts';
import type { Approval } from './approval.ts';
import type { ProposalKind } from './proposal-kind.ts';
import { approval, proposalKind } from './approval.ts';
import { proposalKindOf } from './proposal-kind.ts';
import { readSymbol } from '../market/market-price.ts';

const minuteOfDay = z.number().int().min(0).max(1_439);
const amount = z
  .string()
  .max(40)
  .regex(/^\d+(\.\d+)?$/);

/** What a person writes: which proposals of which backend are decided without asking, how, and up to how much. */
export const decisionRuleText = z.object({
  id: z.string().min(8).max(80),
  name: z.string().trim().min(1).max(60),
  backendId: z.string().max(40),
  decision: z.enum(['approve', 'decline']),
  /** Nothing named is anything, here and in the two below. */
  kinds: z.array(proposalKind).max(4),
  sides: z.array(approval.shape.side).max(4),
  instruments: z.array(z.string().trim().toUpperCase().min(1).max(20)).max(50),
  /** `null` is no limit, which only declining may have. */
  maxValueUsd: amount.nullable(),
  maxDayUsd: amount.nullable(),
  maxDayCount: z.number().int().min(1).max(1_000).nullable(),
  /** In the chosen time zone; one that ends before it begins goes over midnight. `null` is always. */
  hours: z.object({ fromMinute: minuteOfDay, toMinute: minuteOfDay }).nullable(),
});
export type DecisionRuleText = z.infer<typeof decisionRuleText>;

/**
 * A rule as it is kept. It is off until somebody switches it on, and each change switches it off. `practice` is what its
 * backend was when it was written: should that change, the rule rests.
 */
export const decisionRule = decisionRuleText.extend({
  practice: z.boolean(),
  on: z.boolean(),
  /** It decides only on what came after it was switched on. */
  onSinceMs: z.number().int().nonnegative().nullable(),
});
export type DecisionRule = z.infer<typeof decisionRule>;

/** What the journal keeps of a rule with each decision it made: the rule may be changed or gone when that is read. */
export const decisionRuleUse = z.object({ id: z.string(), name: z.string(), words: z.string() });
export type DecisionRuleUse = z.infer<typeof decisionRuleUse>;

/** What is wrong with a rule, in words; `null` when nothing is. Approving without a limit is no rule that anybody should have. */
export function troubleOfRule({ decision, maxDayUsd, maxValueUsd }: DecisionRuleText): string | null {
  if (decision === 'approve' && (maxValueUsd === null || maxDayUsd === null))
    return t('A rule that approves needs a most value and a most a day.');
  return null;
}

/** What a rule would have made of a proposal that the journal holds; `none`: it is not meant for it. */
export interface DryRunLine {
  atMs: EpochMs;
  proposal: Approval;
  verdict: 'approve' | 'decline' | 'leave' | 'none';
  why: string | null;
}

/** What a rule makes of a proposal. `leave` is the person's to decide, and says why. */
export type RuleVerdict = { kind: 'decide' } | { kind: 'leave'; why: string } | { kind: 'no-match' };

/**
 * Pure: whether this rule may decide this proposal now. Everything else (freshness, halts, drift, the person's limits) is
 * asked by the door, as for any other decision.
 */
export function judgeByRule(
  rule: DecisionRule,
  proposal: Approval,
  now: {
    nowMs: EpochMs;
    /** What the proposal's backend is now. */
    practice: boolean;
    valueUsd: DecimalString | null;
    /** What the rule itself decided today; `null` while that is being read. */
    today: { usd: DecimalString; unknown: number; count: number } | null;
  },
): RuleVerdict {
  if (!isMeantFor(rule, proposal, now.nowMs)) return NO_MATCH;
  if (rule.practice !== now.practice)
    return leave(
      t('It was written for {what}, and this is not that.', {
        what: rule.practice ? t('practice') : t('a real backend'),
      }),
    );
  const trouble = troubleOfRule(rule);
  if (trouble !== null) return leave(trouble);
  return withinAmounts(rule, now);
}

/** Whether a rule is on and says this proposal, at this time of the day; how much it may decide is not asked. */
export function isMeantFor(rule: DecisionRule, proposal: Approval, nowMs: EpochMs): boolean {
  if (!rule.on || rule.backendId !== proposal.backendId || !matches(rule, proposal)) return false;
  const cameAtMs = Math.min(proposal.createdAtMs, proposal.receivedAtMs);
  return rule.onSinceMs !== null && cameAtMs >= rule.onSinceMs && isWithinHours(rule.hours, nowMs);
}

function withinAmounts(
  { maxDayCount, maxDayUsd, maxValueUsd }: DecisionRule,
  { today, valueUsd }: Parameters<typeof judgeByRule>[2],
): RuleVerdict {
  if (maxValueUsd !== null || maxDayUsd !== null) {
    if (valueUsd === null) return leave(t('Its value is not known.'));
    if (maxValueUsd !== null && compare(valueUsd, maxValueUsd) > 0)
      return leave(t('It is worth more than the ${maxValueUsd} of the rule.', { maxValueUsd }));
  }
  if (maxDayCount === null && maxDayUsd === null) return { kind: 'decide' };
  if (today === null) return leave(t('What the rule decided today is still being read.'));
  if (maxDayCount !== null && today.count >= maxDayCount)
    return leave(t('The rule decided {maxDayCount} times today, which is its most.', { maxDayCount }));
  if (maxDayUsd !== null && compare(add(today.usd, valueUsd ?? '0'), maxDayUsd) > 0)
    return leave(t('It would go over the ${maxDayUsd} a day of the rule.', { maxDayUsd }));
  return { kind: 'decide' };
}

function matches(rule: DecisionRule, proposal: Approval): boolean {
  const asset = proposal.instrument === null ? null : (readSymbol(proposal.instrument)?.asset ?? null);
  return (
    (rule.kinds.length === 0 || rule.kinds.includes(proposalKindOf(proposal))) &&
    (rule.sides.length === 0 || rule.sides.includes(proposal.side)) &&
    (rule.instruments.length === 0 ||
      (asset !== null && rule.instruments.some((wanted) => readSymbol(wanted)?.asset === asset)))
  );
}

/** Whether a time of the person's day lies in these hours; the end is not in them any more. */
export function isWithinHours(hours: DecisionRuleText['hours'], atMs: EpochMs): boolean {
  if (hours === null) return true;
  const at = wallTime(atMs);
  const minute = at.hour * 60 + at.minute;
  const { fromMinute, toMinute } = hours;
  return fromMinute <= toMinute
    ? minute >= fromMinute && minute < toMinute
    : minute >= fromMinute || minute < toMinute;
}

const KIND_WORDS: Record<ProposalKind, string> = {
  trade: t('trades'),
  share: t('trades of a share'),
  stake: t('stakes'),
  change: t('changes without a trade'),
};

/** The rule as a sentence, the same on screen and in the journal. */
export function wordsOfRule(rule: DecisionRuleText, backendName: string): string {
  const list = (words: readonly string[]): string =>
    words.reduce((before, word) => (before === '' ? word : t('{before} or {word}', { before, word })), '');
  const what = rule.kinds.length === 0 ? t('proposals') : list(rule.kinds.map((kind) => KIND_WORDS[kind]));
  const parts = [
    t('{what} {what2} of {backendName}{rule}', {
      what: rule.decision === 'approve' ? t('Approve') : t('Decline'),
      what2: what,
      backendName,
      rule: about(rule, list),
    }),
    rule.maxValueUsd === null ? null : t('up to ${maxValueUsd} each', { maxValueUsd: rule.maxValueUsd }),
    rule.maxDayUsd === null ? null : t('up to ${maxDayUsd} a day', { maxDayUsd: rule.maxDayUsd }),
    rule.maxDayCount === null ? null : t('at most {maxDayCount} a day', { maxDayCount: rule.maxDayCount }),
    rule.hours === null
      ? null
      : t('from {fromMinute} to {toMinute}', {
          fromMinute: timeOf(rule.hours.fromMinute),
          toMinute: timeOf(rule.hours.toMinute),
        }),
  ];
  return `${parts.filter((part) => part !== null).join(', ')}.`;
}

const SIDE_WORDS = {
  buy: t('buy'),
  sell: t('sell'),
  stake: t('stake'),
  other: t('do something else with'),
} as const;

function about({ instruments, sides }: DecisionRuleText, list: (words: readonly string[]) => string): string {
  const assets = list(instruments);
  if (sides.length === 0) return assets === '' ? '' : ` ${t('about {assets}', { assets })}`;
  return ` ${t('that {sides} {what}', { sides: list(sides.map((side) => SIDE_WORDS[side])), what: assets === '' ? t('anything') : assets })}`;
}

/** `09:30` for a minute of the day. */
export const timeOf = (minute: number): string =>
  [(minute * MINUTE_MS) / HOUR_MS, minute % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');

const NO_MATCH: RuleVerdict = { kind: 'no-match' };
const leave = (why: string): RuleVerdict => ({ kind: 'leave', why });

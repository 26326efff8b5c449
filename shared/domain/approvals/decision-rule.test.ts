import { describe, expect, it } from 'vitest';

import type { Approval } from './approval.ts';
import type { DecisionRule } from './decision-rule.ts';
import { isWithinHours, judgeByRule, troubleOfRule, wordsOfRule } from './decision-rule.ts';
import { anApproval } from '../testing/entries.ts';

const NOW_MS = 1_800_000_000_000;

const rule = (given: Partial<DecisionRule> = {}): DecisionRule => ({
  id: 'rule-000001',
  name: 'Small dips',
  backendId: 'a',
  decision: 'approve',
  kinds: [],
  sides: [],
  instruments: [],
  maxValueUsd: '100',
  maxDayUsd: '250',
  maxDayCount: null,
  hours: null,
  practice: false,
  on: true,
  onSinceMs: NOW_MS - 10,
  ...given,
});
const proposal = (given: Partial<Approval> = {}): Approval =>
  anApproval({
    backendId: 'a',
    instrument: 'ETH',
    quantity: '1',
    valueUsd: '90',
    title: 'Buy the dip',
    reason: '',
    proposer: 'dip',
    createdAtMs: NOW_MS,
    receivedAtMs: NOW_MS,
    groupKey: 'dip',
    ...given,
  });
const now = (given: Partial<Parameters<typeof judgeByRule>[2]> = {}) => ({
  nowMs: NOW_MS,
  practice: false,
  valueUsd: '90',
  today: { usd: '0', unknown: 0, count: 0 },
  ...given,
});
const judge = (
  givenRule: Partial<DecisionRule> = {},
  givenProposal: Partial<Approval> = {},
  givenNow: Parameters<typeof now>[0] = {},
): string => judgeByRule(rule(givenRule), proposal(givenProposal), now(givenNow)).kind;

describe('A7 what a rule decides', () => {
  it('A7 decides what it says, and nothing while it is off', () => {
    expect(judge()).toBe('decide');
    expect(judge({ on: false })).toBe('no-match');
    expect(judge({ onSinceMs: null })).toBe('no-match');
  });

  it.each<[string, Partial<DecisionRule>]>([
    ['another backend', { backendId: 'b' }],
    ['other instruments', { instruments: ['BTC', 'SOL-USDC'] }],
    ['the other side', { sides: ['sell'] }],
    ['another kind of proposal', { kinds: ['share', 'change'] }],
  ])('A7 leaves alone what is of %s', (_, given) => {
    expect(judge(given)).toBe('no-match');
  });

  it('A7 reads instruments in every form of their symbols', () => {
    expect(judge({ instruments: ['ETHUSDT'] }, { instrument: 'eth-usdc' })).toBe('decide');
    expect(judge({ instruments: ['ETH'] }, { instrument: null })).toBe('no-match');
  });

  it('A7 never decides what came before it was switched on', () => {
    expect(judge({}, { createdAtMs: NOW_MS - 11 })).toBe('no-match');
    expect(judge({}, { createdAtMs: NOW_MS + 99, receivedAtMs: NOW_MS - 11 })).toBe('no-match');
  });

  it('A7 leaves to the person what is worth more than it says, and what nobody can value', () => {
    expect(judge({}, {}, { valueUsd: '100' })).toBe('decide');
    expect(judge({}, {}, { valueUsd: '100.01' })).toBe('leave');
    expect(judge({}, {}, { valueUsd: null })).toBe('leave');
  });

  it('A7 stops at its most of the day, in value and in number, and while the day is not known', () => {
    const used = (usd: string, count: number) => ({ today: { usd, unknown: 0, count } });
    expect(judge({}, {}, used('160', 2))).toBe('decide');
    expect(judge({}, {}, used('160.01', 2))).toBe('leave');
    expect(judge({ maxDayCount: 3 }, {}, used('0', 2))).toBe('decide');
    expect(judge({ maxDayCount: 3 }, {}, used('0', 3))).toBe('leave');
    expect(judge({}, {}, { today: null })).toBe('leave');
  });

  it('A7 one written for practice never decides anything real, nor the other way round', () => {
    expect(judge({ practice: true })).toBe('leave');
    expect(judge({}, {}, { practice: true })).toBe('leave');
    expect(judge({ practice: true }, {}, { practice: true })).toBe('decide');
  });

  it('A7 approving without a most is no rule; declining may go without', () => {
    expect(judge({ maxValueUsd: null })).toBe('leave');
    expect(judge({ maxDayUsd: null })).toBe('leave');
    const declining = { decision: 'decline' as const, maxValueUsd: null, maxDayUsd: null };
    expect(judge(declining, {}, { valueUsd: null, today: null })).toBe('decide');
    expect(troubleOfRule(rule({ maxDayUsd: null }))).not.toBeNull();
  });

  it('A7 acts in its hours alone, over midnight too', () => {
    const at = (hour: number): number => new Date(2027, 0, 15, hour).getTime();
    const day = { fromMinute: 9 * 60, toMinute: 17 * 60 };
    expect([8, 9, 16, 17].map((hour) => isWithinHours(day, at(hour)))).toEqual([false, true, true, false]);
    const night = { fromMinute: 22 * 60, toMinute: 6 * 60 };
    expect([21, 22, 5, 6].map((hour) => isWithinHours(night, at(hour)))).toEqual([false, true, true, false]);
    const hour = new Date(NOW_MS).getHours();
    expect(judge({ hours: { fromMinute: ((hour + 1) % 24) * 60, toMinute: ((hour + 2) % 24) * 60 } })).toBe(
      'no-match',
    );
  });
});

it('A7 a rule reads as a sentence', () => {
  const text = rule({
    sides: ['buy'],
    instruments: ['ETH', 'BTC'],
    hours: { fromMinute: 545, toMinute: 1020 },
  });
  expect(wordsOfRule(text, 'Mine')).toBe(
    'Approve proposals of Mine that buy ETH or BTC, up to $100 each, up to $250 a day, from 09:05 to 17:00.',
  );
});

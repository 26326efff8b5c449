import { afterEach, expect, it } from 'vitest';

import { setLocale } from '#shared/locale.ts';

import { draftOf, newDraft, readDraft } from './rule-draft.ts';

afterEach(() => setLocale('en-US'));

const filled = { ...newDraft('rule-000001', 'mine'), name: 'Small dips' };

it('A7 a new rule declines until the person says otherwise, and has no name of its own', () => {
  expect(newDraft('rule-000001', 'mine').decision).toBe('decline');
  expect(readDraft(newDraft('rule-000001', 'mine'))).toMatchObject({ ok: false });
  expect(readDraft(filled)).toMatchObject({ ok: true, rule: { decision: 'decline', maxValueUsd: null } });
});

it('A7 one that approves cannot be written without its most', () => {
  const approving = { ...filled, decision: 'approve' as const, maxValue: '100' };
  expect(readDraft(approving)).toMatchObject({ ok: false });
  expect(readDraft({ ...approving, maxDay: '250' })).toMatchObject({
    ok: true,
    rule: { maxValueUsd: '100', maxDayUsd: '250' },
  });
});

it.each([
  { maxValue: '2,5' },
  { maxValue: '0' },
  { maxDay: '-1' },
  { maxCount: '1.5' },
  { inHours: true, from: '25:00' },
  { inHours: true, from: '09:00', to: '09:00' },
])('A7 nothing is guessed from %o', (change) => {
  expect(readDraft({ ...filled, ...change })).toMatchObject({ ok: false });
});

it('A7 a rule in its form is the same rule when it is read again', () => {
  const read = readDraft({
    ...filled,
    instruments: 'eth, BTC  sol',
    maxCount: '3',
    inHours: true,
    from: '22:00',
    to: '6:30',
  });
  if (!read.ok) throw new Error(read.trouble);
  expect(read.rule).toMatchObject({
    instruments: ['ETH', 'BTC', 'SOL'],
    maxDayCount: 3,
    hours: { fromMinute: 1320, toMinute: 390 },
  });
  expect(readDraft(draftOf(read.rule))).toEqual(read);
});

it('A7 hours that are none are shown how, as this desk writes times', () => {
  const troubleOf = (): string => {
    const read = readDraft({ ...filled, inHours: true, from: '09:00', to: '09:00' });
    return read.ok ? '' : read.trouble;
  };
  setLocale('en-US');
  expect(troubleOf()).toContain('such as 9:00 AM and 5:30 PM');
  setLocale('en-GB');
  expect(troubleOf()).toContain('such as 09:00 and 17:30');
});

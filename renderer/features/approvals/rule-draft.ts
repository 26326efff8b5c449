import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { ProposalKind } from '#shared/domain/approvals/proposal-kind.ts';
import type { DecisionRuleText } from '#shared/domain/approvals/decision-rule.ts';
import { decisionRuleText, timeOf, troubleOfRule } from '#shared/domain/approvals/decision-rule.ts';
import { compare, toDecimal } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { writeClock } from '../../ui/typed-clock.ts';
import { readDecimal, writeDecimal } from '../../ui/typed-decimal.ts';

/** A rule as it stands in its form. */
export interface RuleDraft {
  id: string;
  name: string;
  backendId: string;
  decision: 'approve' | 'decline';
  kinds: ProposalKind[];
  sides: Approval['side'][];
  /** Parted by commas or spaces; empty for any. */
  instruments: string;
  maxValue: string;
  maxDay: string;
  maxCount: string;
  inHours: boolean;
  /** `HH:MM` of the machine's day. */
  from: string;
  to: string;
}

/** A form that is all that a careful person would begin with. */
export const newDraft = (id: string, backendId: string): RuleDraft => ({
  id,
  name: '',
  backendId,
  decision: 'decline',
  kinds: [],
  sides: [],
  instruments: '',
  maxValue: '',
  maxDay: '',
  maxCount: '',
  inHours: false,
  from: '09:00',
  to: '17:00',
});

export const draftOf = (rule: DecisionRuleText): RuleDraft => ({
  id: rule.id,
  name: rule.name,
  backendId: rule.backendId,
  decision: rule.decision,
  kinds: rule.kinds,
  sides: rule.sides,
  instruments: rule.instruments.join(', '),
  maxValue: writeDecimal(rule.maxValueUsd ?? ''),
  maxDay: writeDecimal(rule.maxDayUsd ?? ''),
  maxCount: rule.maxDayCount === null ? '' : String(rule.maxDayCount),
  inHours: rule.hours !== null,
  from: timeOf(rule.hours?.fromMinute ?? 9 * 60),
  to: timeOf(rule.hours?.toMinute ?? 17 * 60),
});

/** The rule that a form describes, or what is wrong with it, in words. */
export function readDraft(
  draft: RuleDraft,
): { ok: true; rule: DecisionRuleText } | { ok: false; trouble: string } {
  const wrong = (trouble: string) => ({ ok: false, trouble }) as const;
  if (draft.name.trim() === '')
    return wrong(t('Give it a name: it stands in the journal with each decision.'));
  if (draft.backendId === '') return wrong(t('Choose a backend.'));
  const maxValueUsd = readAmount(draft.maxValue);
  const maxDayUsd = readAmount(draft.maxDay);
  if (maxValueUsd === undefined || maxDayUsd === undefined)
    return wrong(
      t('An amount is a number above zero, such as {example}.', { example: writeDecimal('1500.5') }),
    );
  const count = draft.maxCount.trim();
  if (count !== '' && !/^[1-9]\d{0,2}$/.test(count))
    return wrong(t('Decisions a day are a whole number from 1 to 999.'));
  const fromMinute = readTime(draft.from);
  const toMinute = readTime(draft.to);
  if (draft.inHours && (fromMinute === null || toMinute === null || fromMinute === toMinute))
    return wrong(
      t('Hours are two different times, such as {from} and {to}.', {
        from: writeClock('09:00'),
        to: writeClock('17:30'),
      }),
    );
  const parsed = decisionRuleText.safeParse({
    id: draft.id,
    name: draft.name,
    backendId: draft.backendId,
    decision: draft.decision,
    kinds: draft.kinds,
    sides: draft.sides,
    instruments: draft.instruments.split(/[\s,;]+/).filter((word) => word !== ''),
    maxValueUsd,
    maxDayUsd,
    maxDayCount: count === '' ? null : Number(count),
    hours: draft.inHours ? { fromMinute, toMinute } : null,
  });
  if (!parsed.success) return wrong(t('Something in it is too long.'));
  const trouble = troubleOfRule(parsed.data);
  return trouble === null ? { ok: true, rule: parsed.data } : wrong(trouble);
}

/** `null` for none, `undefined` for what is no amount. */
function readAmount(text: string): string | null | undefined {
  if (text.trim() === '') return null;
  const value = toDecimal(readDecimal(text));
  return value === null || compare(value, '0') <= 0 ? undefined : value;
}

function readTime(text: string): number | null {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

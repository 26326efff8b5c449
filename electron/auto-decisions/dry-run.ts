import { approval } from '#shared/domain/approvals/approval.ts';
import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { DecisionRule, DecisionRuleText, DryRunLine } from '#shared/domain/approvals/decision-rule.ts';
import { judgeByRule } from '#shared/domain/approvals/decision-rule.ts';
import { parseJson } from '#shared/json.ts';
import { startOfDay } from '#shared/wall-time.ts';
import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import type { Limits } from '#shared/domain/approvals/limits.ts';
import { limitsFor } from '#shared/domain/approvals/limits.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, add, compare } from '#shared/money.ts';

import { searchPages } from '../journal/pages-port.ts';
import type { JournalPort } from '../journal/port.ts';

/** A journal in which proposals are rare is not read to its beginning. */
const MOST_PAGES = 20;

/**
 * What a rule would have decided of the last proposals, with the person's limits as they are now. What the desk knew of
 * freshness, halts and prices at the time is not in the journal, so the real rule may have left more to the person.
 */
export async function dryRun(
  journal: Pick<JournalPort, 'search'>,
  text: DecisionRuleText,
  { last, limits, practice }: { last: number; limits: Limits; practice: boolean },
): Promise<DryRunLine[]> {
  const rule: DecisionRule = { ...text, practice, on: true, onSinceMs: 0 };
  const { softValueUsd } = limitsFor(limits, rule.backendId);
  const days = new Map<number, { usd: DecimalString; unknown: number; count: number }>();

  function judge({ atMs, proposal }: Found): DryRunLine {
    const day = startOfDay(atMs);
    const today = days.get(day) ?? { usd: '0', unknown: 0, count: 0 };
    const valueUsd = proposal.valueUsd === null ? null : absolute(proposal.valueUsd);
    const verdict = judgeByRule(rule, proposal, { nowMs: atMs, practice, valueUsd, today });
    if (verdict.kind === 'no-match') return { atMs, proposal, verdict: 'none', why: null };
    if (verdict.kind === 'leave') return { atMs, proposal, verdict: 'leave', why: verdict.why };
    const isOver = valueUsd !== null && softValueUsd !== null && compare(valueUsd, softValueUsd) > 0;
    if (rule.decision === 'approve' && isOver)
      return { atMs, proposal, verdict: 'leave', why: `It is over your soft limit of $${softValueUsd}.` };
    days.set(day, { usd: add(today.usd, valueUsd ?? '0'), unknown: 0, count: today.count + 1 });
    return { atMs, proposal, verdict: rule.decision, why: null };
  }

  return (await lastProposals(journal, rule.backendId, last)).map(judge);
}

interface Found {
  atMs: number;
  proposal: Approval;
}

/** Each proposal once, as it was first seen (a restart journals again what still waits), oldest first. */
async function lastProposals(
  journal: Pick<JournalPort, 'search'>,
  backendId: string,
  last: number,
): Promise<Found[]> {
  const found = new Map<string, Found>();
  for await (const entries of searchPages(journal, { kinds: ['approval'], backendId }, MOST_PAGES)) {
    for (const entry of entries) {
      const proposal = readProposal(entry);
      if (proposal === null || (found.size >= last && !found.has(proposal.id))) continue;
      found.delete(proposal.id);
      found.set(proposal.id, { atMs: entry.atMs, proposal });
    }
    if (found.size >= last) break;
  }
  return [...found.values()].reverse();
}

function readProposal({ data }: JournalEntry): Approval | null {
  const parsed = approval.safeParse(parseJson(data)).data;
  return parsed?.status === 'pending' ? parsed : null;
}

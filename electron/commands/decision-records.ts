import { z } from 'zod';

import { approval } from '#shared/domain/approvals/approval.ts';
import { commandOrigin, commandOutcome } from '#shared/domain/command.ts';
import type { CommandRecord } from '#shared/domain/approvals/decision-record.ts';
import { settledAs } from '#shared/domain/approvals/decision-record.ts';
import { decisionRuleUse } from '#shared/domain/approvals/decision-rule.ts';
import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import { decimalString } from '#shared/decimal-string.ts';
import { parseJson } from '#shared/json.ts';

/** What the audit writes about a command, as far as it is read back: to count a day's decisions and to show their history. */
const line = z.object({
  act: z.string(),
  phase: z.enum(['intent', 'outcome', 'settled']),
  requestId: z.string(),
  origin: commandOrigin.optional(),
  params: z.record(z.string(), z.json()).optional(),
  proposal: approval.nullish(),
  practice: z.boolean().optional(),
  valueUsd: decimalString.nullish(),
  adds: z.boolean().optional(),
  rule: decisionRuleUse.nullish(),
  status: z.union([commandOutcome.shape.status, settledAs]).optional(),
  message: z.string().optional(),
  latencyMs: z.number().optional(),
});

/** Commands from journal entries in any order; newest first. What cannot be understood is left out. */
export function readCommandRecords(entries: readonly JournalEntry[]): CommandRecord[] {
  const records = new Map<string, CommandRecord>();
  for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) {
    const parsed = line.safeParse(parseJson(entry.data)).data;
    if (parsed === undefined || entry.backendId === null) continue;
    const known = records.get(parsed.requestId) ?? blank(parsed, entry.backendId, entry.atMs);
    if (known === null) continue;
    records.set(parsed.requestId, known);
    if (parsed.phase === 'intent') known.intended = true;
    const status = commandOutcome.shape.status.safeParse(parsed.status).data;
    const as = settledAs.safeParse(parsed.status).data;
    const message = parsed.message ?? '';
    if (parsed.phase === 'outcome' && status !== undefined)
      known.outcome = { status, message, latencyMs: parsed.latencyMs ?? null };
    if (parsed.phase === 'settled' && as !== undefined) known.settled = { as, message, atMs: entry.atMs };
  }
  return [...records.values()].sort((a, b) => b.askedAtMs - a.askedAtMs);
}

/** What a command's first entry tells; a fate without its beginning (before the range that was read) tells too little. */
function blank(parsed: z.infer<typeof line>, backendId: string, atMs: number): CommandRecord | null {
  if (parsed.phase === 'settled' || parsed.origin === undefined) return null;
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  return {
    requestId: parsed.requestId,
    backendId,
    act: parsed.act,
    askedAtMs: atMs - (parsed.phase === 'outcome' ? (parsed.latencyMs ?? 0) : 0),
    origin: parsed.origin,
    approvalId: text(parsed.params?.approvalId),
    reason: text(parsed.params?.reason),
    proposal: parsed.proposal ?? null,
    practice: parsed.practice ?? false,
    valueUsd: parsed.valueUsd ?? null,
    addsRisk: parsed.adds ?? true,
    rule: parsed.rule ?? null,
    intended: false,
    outcome: null,
    settled: null,
  };
}

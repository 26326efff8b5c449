import { create } from 'zustand';

import type { Approval, GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { CommandOutcome } from '#shared/domain/command.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, add } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { newRequestId, submitCommand } from '../../stores/commands.ts';
import { approvalKeyOf } from './approval-groups.ts';

export type BulkAct = 'approval.approve' | 'approval.decline';

/** One of several as the door sees it now. `null` checks: they could not be read, and are made when it is sent. */
export interface BulkRow {
  approval: Approval;
  checks: readonly GuardCheck[] | null;
}

export type BulkEnd =
  | { phase: 'sending' }
  | { phase: 'done'; outcome: CommandOutcome }
  /** The main process did not answer: it may have been sent. */
  | { phase: 'lost'; message: string };

interface BulkState {
  /** What became of each, by approval key; those that are not in it wait. */
  readonly ends: ReadonlyMap<string, BulkEnd>;
  readonly running: boolean;
  readonly stopped: boolean;
}

export const useBulk = create<BulkState>(() => ({ ends: new Map(), running: false, stopped: false }));

/** What the door would say of each, without acting. */
export const previewBulk = (approvals: readonly Approval[], act: BulkAct): Promise<BulkRow[]> =>
  Promise.all(
    approvals.map(async (approval): Promise<BulkRow> => {
      try {
        const params = { approvalId: approval.id };
        return {
          approval,
          checks: await request('command.check', { backendId: approval.backendId, act, params }),
        };
      } catch {
        return { approval, checks: null };
      }
    }),
  );

/** Without a look beforehand: declining is one step, and the door looks anyway. */
export const unchecked = (approvals: readonly Approval[]): BulkRow[] =>
  approvals.map((approval) => ({ approval, checks: null }));

export interface BulkSummary {
  /** Those that nothing blocks. */
  open: BulkRow[];
  blocked: { row: BulkRow; why: string }[];
  /** Each warning once, with how many it is about. */
  warnings: { id: string; label: string; count: number; details: string[] }[];
  totalUsd: DecimalString;
  /** How many of the open ones have a value that nobody knows. */
  unknown: number;
  perBackend: { backendId: string; count: number; usd: DecimalString }[];
}

/** The summary that comes before several are decided (A7). Pure. */
export function summarise(rows: readonly BulkRow[]): BulkSummary {
  const summary: BulkSummary = {
    open: [],
    blocked: [],
    warnings: [],
    totalUsd: '0',
    unknown: 0,
    perBackend: [],
  };
  for (const row of rows) {
    const blocks = row.checks?.filter(({ verdict }) => verdict === 'block') ?? [];
    if (blocks.length > 0) {
      summary.blocked.push({ row, why: blocks.map(({ detail }) => detail).join(' ') });
      continue;
    }
    summary.open.push(row);
    count(summary, row.approval);
    for (const warning of row.checks ?? []) if (warning.verdict === 'warn') noteWarning(summary, warning);
  }
  return summary;
}

function count(summary: BulkSummary, { backendId, valueUsd }: Approval): void {
  const usd = valueUsd === null ? '0' : absolute(valueUsd);
  if (valueUsd === null) summary.unknown += 1;
  summary.totalUsd = add(summary.totalUsd, usd);
  const known = summary.perBackend.find((one) => one.backendId === backendId);
  if (known === undefined) summary.perBackend.push({ backendId, count: 1, usd });
  else {
    known.count += 1;
    known.usd = add(known.usd, usd);
  }
}

function noteWarning(summary: BulkSummary, { detail, id, label }: GuardCheck): void {
  const known = summary.warnings.find((one) => one.id === id);
  if (known === undefined) summary.warnings.push({ id, label, count: 1, details: [detail] });
  else {
    known.count += 1;
    if (!known.details.includes(detail)) known.details.push(detail);
  }
}

/**
 * Decides one after the other, each a command of its own through the door, which looks at each again: a limit of the day
 * that the first ones used up stops the later ones. Resolves when all have an end, or after the one under way when stopped.
 */
export async function runBulk(
  rows: readonly BulkRow[],
  act: BulkAct,
  acceptedWarnings: readonly string[],
): Promise<void> {
  if (useBulk.getState().running) return;
  useBulk.setState({ ends: new Map(), running: true, stopped: false });
  for (const { approval } of rows) {
    if (useBulk.getState().stopped) break;
    const key = approvalKeyOf(approval);
    end(key, { phase: 'sending' });
    try {
      const outcome = await submitCommand({
        backendId: approval.backendId,
        act,
        origin: 'window',
        requestId: newRequestId(),
        acceptedWarnings: [...acceptedWarnings],
        params: { approvalId: approval.id },
      });
      end(key, { phase: 'done', outcome });
    } catch (error) {
      end(key, { phase: 'lost', message: describeError(error) });
    }
  }
  useBulk.setState({ running: false });
}

/** The one under way goes on to its end; no further one is sent. */
export const stopBulk = (): void => useBulk.setState({ stopped: true });

function end(key: string, one: BulkEnd): void {
  useBulk.setState(({ ends }) => ({ ends: new Map(ends).set(key, one) }));
}

/** What several came to, in one line that promises nothing back. */
export function bulkWords(act: BulkAct, ends: Iterable<BulkEnd>): string {
  const counts = { done: 0, unknown: 0, refused: 0, left: 0 };
  for (const one of ends) {
    if (one.phase === 'lost') counts.unknown += 1;
    if (one.phase !== 'done') continue;
    if (one.outcome.status === 'confirmed') counts.done += 1;
    else if (one.outcome.status === 'unconfirmed') counts.unknown += 1;
    else if (one.outcome.status === 'rejected') counts.refused += 1;
    else counts.left += 1;
  }
  const done = act === 'approval.approve' ? 'approved' : 'declined';
  const parts = [
    `${counts.done} ${done}`,
    counts.unknown === 0 ? null : t('{unknown} unknown, being checked', { unknown: counts.unknown }),
    counts.refused === 0 ? null : t('{refused} refused by the backend', { refused: counts.refused }),
    counts.left === 0 ? null : t('{left} not sent', { left: counts.left }),
  ];
  return t('{list}. What was sent cannot be taken back.', {
    list: parts.filter((part) => part !== null).join(', '),
  });
}

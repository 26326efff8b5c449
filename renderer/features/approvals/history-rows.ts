import type { Approval } from '#shared/domain/approval.ts';
import type { CommandOrigin } from '#shared/domain/command.ts';
import type { CommandRecord } from '#shared/domain/decision-record.ts';
import { entryKey } from '#shared/domain/desk.ts';

import type { Tone } from '../../ui/badge.tsx';
import { formatFixed } from '../../ui/format.ts';
import { statusWords } from './approval-words.ts';

/** One decision: asked for here, or told by its backend. */
export interface HistoryRow {
  key: string;
  atMs: number;
  backendId: string;
  approvalId: string;
  /** As it was when it was decided; `null` where nothing tells of it any more. */
  proposal: Approval | null;
  decision: { word: string; tone: Tone };
  who: string;
  from: string;
  latencyMs: number | null;
  record: CommandRecord | null;
}

const ORIGIN_WORDS: Record<CommandOrigin, string> = {
  window: 'Window',
  tray: 'Tray',
  notification: 'Notification',
  hotkey: 'Hotkey',
  palette: 'Palette',
  rule: 'Rule',
  limit: 'A limit of yours',
  assistant: 'Assistant',
  desk: 'The desk itself',
};

/** Every decision that is known of, the latest first: those asked for here with how they went, those of others as told. */
export function historyRows(records: readonly CommandRecord[], approvals: Iterable<Approval>): HistoryRow[] {
  const told = [...approvals].filter(({ status }) => status !== 'pending' && status !== 'unknown');
  const here = records.flatMap((record) =>
    record.approvalId === null ? [] : [rowOfRecord(record, record.approvalId)],
  );
  const sentHere = new Set(
    records
      .filter(({ intended }) => intended)
      .map((record) => entryKey(record.backendId, record.approvalId ?? '')),
  );
  const elsewhere = told
    .filter((approval) => !approval.decidedHere || !sentHere.has(entryKey(approval.backendId, approval.id)))
    .map(rowOfApproval);
  return [...here, ...elsewhere].sort((a, b) => b.atMs - a.atMs);
}

function rowOfRecord(record: CommandRecord, approvalId: string): HistoryRow {
  return {
    key: record.requestId,
    atMs: record.askedAtMs,
    backendId: record.backendId,
    approvalId,
    proposal: record.proposal,
    decision: decisionWords(record),
    who: record.rule === null ? 'You' : `Rule "${record.rule.name}"`,
    from: ORIGIN_WORDS[record.origin],
    latencyMs: record.outcome?.latencyMs ?? null,
    record,
  };
}

function rowOfApproval(approval: Approval): HistoryRow {
  const { word, tone } = statusWords[approval.status];
  return {
    key: `told/${entryKey(approval.backendId, approval.id)}`,
    atMs: approval.decidedAtMs ?? approval.receivedAtMs,
    backendId: approval.backendId,
    approvalId: approval.id,
    proposal: approval,
    decision: { word: approval.status === 'other' ? (approval.rawStatus ?? word) : word, tone },
    // One that is simply gone: nobody told the desk by whom.
    who: approval.decidedHere
      ? 'You'
      : (approval.decidedBy ?? (approval.status === 'gone' ? 'Not known' : 'Somebody else')),
    from: approval.decidedHere ? 'Here' : 'Elsewhere',
    latencyMs: null,
    record: null,
  };
}

const DONE: Readonly<Record<string, { word: string; tone: Tone }>> = {
  'approval.approve': { word: 'Approved', tone: 'ok' },
  'approval.decline': { word: 'Declined', tone: 'neutral' },
  'approval.execute': { word: 'Executed', tone: 'ok' },
};

/** What a command came to, with what was learned after its outcome (A5). */
export function decisionWords({ act, outcome, rule, settled }: CommandRecord): { word: string; tone: Tone } {
  const done = DONE[act] ?? { word: act, tone: 'neutral' as const };
  if (settled !== null) {
    switch (settled.as) {
      case 'confirmed':
        return done;
      case 'rejected':
        return { word: 'Did not happen', tone: 'danger' };
      case 'otherwise':
        return { word: 'Decided by another', tone: 'warn' };
      case 'unknown':
        return { word: 'Decision unknown', tone: 'warn' };
    }
  }
  switch (outcome?.status) {
    case 'confirmed':
      return done;
    case 'rejected':
      return { word: 'Refused', tone: 'danger' };
    case 'blocked':
      return rule === null ? { word: 'Not sent', tone: 'danger' } : { word: 'Left to you', tone: 'warn' };
    case 'needs-code':
      return { word: 'Code asked', tone: 'warn' };
    case 'unconfirmed':
      return { word: 'Unknown, checking', tone: 'warn' };
    case undefined:
      return { word: 'No outcome', tone: 'warn' };
  }
}

/** `340 ms`, `2.1 s`: how long a decision took. */
export function latencyWords(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${formatFixed(ms / 1_000, 1)} s`;
}

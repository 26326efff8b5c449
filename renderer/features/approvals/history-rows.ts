import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { CommandOrigin } from '#shared/domain/command.ts';
import type { CommandRecord } from '#shared/domain/approvals/decision-record.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { t } from '#shared/words.ts';

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
  window: t('Window'),
  tray: t('Tray'),
  notification: t('Notification'),
  hotkey: t('Hotkey'),
  palette: t('Palette'),
  rule: t('Rule'),
  limit: t('A limit of yours'),
  assistant: t('Assistant'),
  desk: t('The desk itself'),
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
    who: record.rule === null ? t('You') : t('Rule "{name}"', { name: record.rule.name }),
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
      ? t('You')
      : (approval.decidedBy ?? (approval.status === 'gone' ? t('Not known') : t('Somebody else'))),
    from: approval.decidedHere ? t('Here') : t('Elsewhere'),
    latencyMs: null,
    record: null,
  };
}

const DONE: Readonly<Record<string, { word: string; tone: Tone }>> = {
  'approval.approve': { word: t('Approved'), tone: 'ok' },
  'approval.decline': { word: t('Declined'), tone: 'neutral' },
  'approval.execute': { word: t('Executed'), tone: 'ok' },
};

/** What a command came to, with what was learned after its outcome (A5). */
export function decisionWords({ act, outcome, rule, settled }: CommandRecord): { word: string; tone: Tone } {
  const done = DONE[act] ?? { word: act, tone: 'neutral' as const };
  if (settled !== null) {
    switch (settled.as) {
      case 'confirmed':
        return done;
      case 'rejected':
        return { word: t('Did not happen'), tone: 'danger' };
      case 'otherwise':
        return { word: t('Decided by another'), tone: 'warn' };
      case 'unknown':
        return { word: t('Decision unknown'), tone: 'warn' };
    }
  }
  switch (outcome?.status) {
    case 'confirmed':
      return done;
    case 'rejected':
      return { word: t('Refused'), tone: 'danger' };
    case 'blocked':
      return rule === null
        ? { word: t('Not sent'), tone: 'danger' }
        : { word: t('Left to you'), tone: 'warn' };
    case 'needs-code':
      return { word: t('Code asked'), tone: 'warn' };
    case 'unconfirmed':
      return { word: t('Unknown, checking'), tone: 'warn' };
    case undefined:
      return { word: t('No outcome'), tone: 'warn' };
  }
}

/** `340 ms`, `2.1 s`: how long a decision took. */
export function latencyWords(ms: number): string {
  return ms < 1_000 ? t('{ms} ms', { ms: Math.round(ms) }) : `${formatFixed(ms / 1_000, 1)} s`;
}

import type { Activity } from '#shared/domain/bots/activity.ts';
import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { Follow } from '#shared/domain/bots/copy-trading.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { KillSwitch, PanicState } from '#shared/domain/panic/kill-switch.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { Run } from '#shared/domain/bots/model.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import type { VolumeSpike } from '#shared/domain/alerts/volume.ts';
import { t } from '#shared/words.ts';

import { byActor } from '../../ui/actor-name.ts';
import { amountWords, statusWords } from '../approvals/approval-words.ts';
import type { FeedItem } from './feed-item.ts';
import { haltWords, runWords, tradeWords } from './feed-words.ts';
import { sideWord } from '../../ui/side-words.ts';

/** What each thing of the desk means for the feed: no happening, one, or two (asked and decided, begun and ended). */

export const alertItems = (alert: Alert): FeedItem[] => {
  const key = entryKey(alert.backendId, alert.id);
  return [
    {
      key: `alert:${key}`,
      atMs: alert.receivedAtMs,
      kind: 'alert',
      backendId: alert.backendId,
      severity: alert.severity,
      symbol: alert.instrument,
      text: alert.message + (alert.count > 1 ? ` ${t('({count} times)', { count: alert.count })}` : ''),
      destination: { place: 'alerts', itemId: key },
    },
  ];
};

export const tradeItems = (trade: Trade): FeedItem[] => [
  {
    key: `trade:${entryKey(trade.backendId, trade.id)}`,
    // A trade read back after a restart was received now but happened then.
    atMs: trade.occurredAtMs ?? trade.receivedAtMs,
    kind: 'trade',
    backendId: trade.backendId,
    severity: trade.status === 'failed' ? 'high' : null,
    symbol: trade.instrument,
    text: tradeWords(trade),
    destination: { place: 'portfolio', itemId: trade.instrument },
  },
];

export function approvalItems(approval: Approval): FeedItem[] {
  const key = entryKey(approval.backendId, approval.id);
  const common = {
    kind: 'approval',
    backendId: approval.backendId,
    severity: null,
    symbol: approval.instrument,
    destination: { place: 'approvals', itemId: key },
  } as const;
  const what = `${sideWord(approval.side)} ${amountWords(approval)}`;
  const asked: FeedItem = {
    ...common,
    key: `proposed:${key}`,
    atMs: Math.min(approval.createdAtMs, approval.receivedAtMs),
    text: t('Proposed: {what}. {title}', { what, title: approval.title }),
  };
  if (approval.status === 'pending' || approval.status === 'unknown') return [asked];
  const by = approval.decidedHere ? ` ${t('by you')}` : byActor(approval.decidedBy);
  const decided: FeedItem = {
    ...common,
    key: `decided:${key}`,
    atMs: approval.decidedAtMs ?? approval.receivedAtMs,
    text: `${statusWords[approval.status].word}${by}: ${what}`,
  };
  return [decided, asked];
}

export function runItems(run: Run): FeedItem[] {
  const key = entryKey(run.backendId, run.id);
  const common = {
    kind: 'run',
    backendId: run.backendId,
    symbol: run.symbol,
    destination: { place: 'models', itemId: entryKey(run.backendId, run.modelId) },
  } as const;
  const items: FeedItem[] = [];
  const ended = run.status === 'completed' || run.status === 'failed' || run.status === 'stopped';
  // Without a zone its times cannot stand in a line of time with others; then its model's own words tell of it.
  if (ended && run.endedAtMs !== null) {
    const severity = run.status === 'failed' ? 'high' : null;
    items.push({ ...common, key: `ended:${key}`, atMs: run.endedAtMs, severity, text: runWords(run) });
  }
  if (run.startedAtMs !== null) {
    const text = runWords({ ...run, status: ended ? 'running' : run.status });
    items.push({ ...common, key: `begun:${key}`, atMs: run.startedAtMs, severity: null, text });
  }
  return items;
}

/** Words of backends for a step that is the beginning or the end of a run or of one of its days. */
const OF_A_RUN: ReadonlySet<string> = new Set(['session_start', 'session_complete', 'complete']);

export const activityItems = (activity: Activity): FeedItem[] => {
  const { backendId, subject, subjectName } = activity;
  return [
    {
      key: `activity:${entryKey(backendId, activity.id)}`,
      atMs: activity.occurredAtMs ?? activity.receivedAtMs,
      kind: OF_A_RUN.has(activity.kind) ? 'run' : 'model',
      backendId,
      severity: activity.severity,
      symbol: activity.symbol,
      text: subjectName === null ? activity.message : `${subjectName}: ${activity.message}`,
      destination: { place: 'models', itemId: subject === null ? null : entryKey(backendId, subject) },
    },
  ];
};

export const spikeItems = (spike: VolumeSpike): FeedItem[] => [
  {
    key: `spike:${entryKey(spike.backendId, spike.id)}`,
    atMs: spike.occurredAtMs,
    kind: 'spike',
    backendId: spike.backendId,
    severity: spike.kind === 'spike' ? 'medium' : 'low',
    symbol: spike.symbol,
    text: spike.message,
    destination: { place: 'alerts', itemId: null },
  },
];

export const followItems = (follow: Follow): FeedItem[] => [
  {
    key: `follow:${entryKey(follow.backendId, follow.id)}/${follow.state}`,
    atMs: follow.state === 'lost' || follow.state === 'stopping' ? follow.receivedAtMs : follow.sinceMs,
    kind: 'follow',
    backendId: follow.backendId,
    severity: follow.state === 'lost' ? 'high' : null,
    symbol: null,
    text: `${followWords[follow.state]} ${follow.traderName}${follow.note === null ? '' : `. ${follow.note}`}`,
    destination: { place: 'copy-trading', itemId: entryKey(follow.backendId, follow.id) },
  },
];

export function haltItems(halt: KillSwitch): FeedItem[] {
  if (halt.enabled === null || halt.changedAtMs === null) return [];
  return [
    {
      key: `halt:${halt.backendId}/${halt.changedAtMs}`,
      atMs: halt.changedAtMs,
      kind: 'halt',
      backendId: halt.backendId,
      severity: halt.enabled ? 'critical' : 'medium',
      symbol: null,
      text: haltWords(halt),
      destination: { place: 'deck', itemId: halt.backendId },
    },
  ];
}

export const panicItems = (panic: PanicState): FeedItem[] =>
  panic.kind === 'clear'
    ? []
    : [
        {
          key: `panic:${panic.id}`,
          atMs: panic.sinceMs,
          kind: 'halt',
          backendId: null,
          severity: 'critical',
          symbol: null,
          text: t('PANIC was pressed{what}: {count} backends are asked to halt', {
            what: panic.presses > 1 ? ` ${t('{presses} times', { presses: panic.presses })}` : '',
            count: panic.targets.length,
          }),
          destination: { place: 'deck', itemId: null },
        },
      ];

/** A link that is not well now. What was over before is in the journal. */
export function linkItems(link: LinkStatus): FeedItem[] {
  const { state } = link;
  if (state.kind === 'live' || state.kind === 'connecting' || state.cause.code === 'disabled') return [];
  return [
    {
      key: `link:${entryKey(link.backendId, link.linkId)}`,
      atMs: state.sinceMs,
      kind: 'link',
      backendId: link.backendId,
      severity: state.kind === 'stopped' ? 'high' : 'medium',
      symbol: null,
      text: `${link.label}: ${state.cause.message}`,
      destination: { place: 'settings', itemId: link.backendId },
    },
  ];
}

const followWords: Record<Follow['state'], string> = {
  following: t('Following'),
  unverified: t('Asked to follow, not proven:'),
  stopping: t('Asked to stop following'),
  lost: t('The backend no longer copies'),
};

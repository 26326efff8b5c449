import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { Destination } from '#shared/domain/attention/attention.ts';
import { quietBy, untilWords } from '#shared/domain/attention/attention-verdict.ts';
import {
  backendFreshness,
  canBeHalted,
  isPracticeOnly,
  needsPerson,
  panicSummary,
} from '#shared/domain/derive.ts';
import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Limits } from '#shared/domain/approvals/limits.ts';
import { approvalExpiresAtMs } from '#shared/domain/approvals/approval-expiry.ts';
import { reduceOnlyReason } from '#shared/domain/panic/reduce-only.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import { supersededKeys } from '#shared/domain/approvals/superseded.ts';
import { formatAge } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import type { DeskReader } from '../../desk/port.ts';

/** What the icon says at a glance, the gravest first. */
export type TrayIcon = 'killed' | 'needs-you' | 'stale' | 'practice' | 'calm';

/** What a click in the menu asks for. */
export type TrayAct =
  | { kind: 'panic' }
  | { kind: 'decide'; act: 'approval.approve' | 'approval.decline'; backendId: string; approvalId: string }
  | { kind: 'open'; destination: Destination | null }
  | { kind: 'sound'; on: boolean }
  | { kind: 'mute'; on: boolean }
  | { kind: 'quit' };

export type TrayItem =
  | { kind: 'act'; label: string; act: TrayAct }
  | { kind: 'text'; label: string }
  | { kind: 'submenu'; label: string; items: TrayItem[] }
  | { kind: 'check'; label: string; checked: boolean; act: TrayAct }
  | { kind: 'separator' };

export interface TrayModel {
  icon: TrayIcon;
  /** Nothing but what is critical makes itself heard now. */
  muted: boolean;
  tooltip: string;
  /** What the badge counts (L4). */
  needed: number;
  items: TrayItem[];
}

const MAX_APPROVALS = 5;
const MAX_TITLE_LENGTH = 60;
const AGE_STEP_MS = 10_000;
const OPEN_APPROVALS: Destination = { place: 'approvals', itemId: null };

/** The whole tray as data: what the icon shows and what the menu offers, from the desk as it stands. */
export function trayModel(
  desk: DeskReader,
  settings: Settings,
  kinds: readonly BackendKindDescriptor[],
  nowMs: number,
): TrayModel {
  const backends = values(desk, 'backends').filter((backend) => backend.enabled);
  const expiry = { nowMs, limits: settings.limits };
  const { attentionPolicy } = settings;
  const needs = needsPerson(
    {
      approvals: values(desk, 'approvals'),
      alerts: values(desk, 'alerts'),
      links: values(desk, 'links'),
      panic: desk.get('panic', 'panic'),
      watch: desk.get('watch', 'watch'),
    },
    { ...expiry, attention: attentionPolicy },
  );
  const quiet = quietBy(attentionPolicy, { nowMs });
  const lines = backends.map((backend) => backendLine(desk, backend, nowMs));
  const panic = panicSummary(desk.get('panic', 'panic'));
  const halted = values(desk, 'killSwitches').some((halt) => halt.enabled === true);
  const onlyPractice = isPracticeOnly(backends);

  return {
    icon: iconFor({
      killed: panic.latched || halted,
      needed: needs.total > 0,
      stale: lines.some((line) => line.stale),
      onlyPractice,
    }),
    muted: quiet !== null || !settings.attention.sound,
    tooltip: tooltip(needs.total, panic, onlyPractice, quiet),
    needed: needs.total,
    items: [
      panicItem(
        panic,
        backends.filter((backend) =>
          canBeHalted(
            kinds.find(({ kind }) => kind === backend.kind),
            backend,
          ),
        ),
      ),
      { kind: 'separator' },
      ...approvalItems(desk, expiry, kinds),
      ...lines.map((line): TrayItem => ({ kind: 'text', label: line.label })),
      { kind: 'separator' },
      ...muteItems(attentionPolicy.muteUntilMs, quiet, nowMs),
      {
        kind: 'check',
        label: t('Sound'),
        checked: settings.attention.sound,
        act: { kind: 'sound', on: !settings.attention.sound },
      },
      { kind: 'act', label: t('Open Quarterdeck'), act: { kind: 'open', destination: null } },
      { kind: 'act', label: t('Quit'), act: { kind: 'quit' } },
    ],
  };
}

function iconFor(state: {
  killed: boolean;
  needed: boolean;
  stale: boolean;
  onlyPractice: boolean;
}): TrayIcon {
  if (state.killed) return 'killed';
  if (state.needed) return 'needs-you';
  if (state.stale) return 'stale';
  return state.onlyPractice ? 'practice' : 'calm';
}

/** Two gestures: opening the submenu, and choosing the halt in it (K10). */
function panicItem(panic: ReturnType<typeof panicSummary>, backends: readonly BackendConfig[]): TrayItem {
  // Practice is only halted where nothing real is connected (K16).
  const real = backends.filter((backend) => !backend.practice);
  const targets = real.length > 0 ? real : backends;
  const halt: TrayItem = {
    kind: 'act',
    label: panic.latched ? t('Press again') : haltLabel(targets.length),
    act: { kind: 'panic' },
  };
  if (!panic.latched) return { kind: 'submenu', label: 'PANIC', items: [halt] };
  const { confirmed } = panic.counts;
  const all = confirmed + panic.open.length;
  const open = { kind: 'act', label: t('Open to resume'), act: { kind: 'open', destination: null } } as const;
  return {
    kind: 'submenu',
    label: t('PANIC is on: {confirmed} of {all, plural, one {# backend} other {# backends}} confirmed', {
      confirmed,
      all,
    }),
    items: [halt, open],
  };
}

/** Mute for an hour, or its end; and quiet hours while they hold. */
function muteItems(muteUntilMs: number | null, quiet: string | null, nowMs: number): TrayItem[] {
  const isMuted = muteUntilMs !== null && nowMs < muteUntilMs;
  const mute: TrayItem = isMuted
    ? {
        kind: 'act',
        label: t('Muted until {until}: unmute', { until: untilWords(muteUntilMs, nowMs) }),
        act: { kind: 'mute', on: false },
      }
    : { kind: 'act', label: t('Mute for an hour'), act: { kind: 'mute', on: true } };
  return quiet === null || isMuted ? [mute] : [{ kind: 'text', label: quiet }, mute];
}

const haltLabel = (count: number): string =>
  count === 0
    ? t('Halt everything now')
    : t('Halt {count, plural, one {# backend} other {# backends}} now', { count });

function approvalItems(
  desk: DeskReader,
  expiry: { nowMs: number; limits: Limits },
  kinds: readonly BackendKindDescriptor[],
): TrayItem[] {
  const all = values(desk, 'approvals');
  const superseded = supersededKeys(all, expiry.limits);
  const pending = all
    .filter((approval) => approval.status === 'pending')
    .filter((approval) => !superseded.has(entryKey(approval.backendId, approval.id)))
    .filter((approval) => approvalExpiresAtMs(approval, expiry.limits) > expiry.nowMs)
    .sort((a, b) => a.createdAtMs - b.createdAtMs);
  if (pending.length === 0) return [];
  const items = pending
    .slice(0, MAX_APPROVALS)
    .map((approval) => approvalItem(desk, approval, kinds, expiry.nowMs));
  const rest = pending.length - items.length;
  if (rest > 0)
    items.push({
      kind: 'act',
      label: t('{rest} more', { rest }),
      act: { kind: 'open', destination: OPEN_APPROVALS },
    });
  return [...items, { kind: 'separator' }];
}

function approvalItem(
  desk: DeskReader,
  approval: Approval,
  kinds: readonly BackendKindDescriptor[],
  nowMs: number,
): TrayItem {
  const backend = desk.get('backends', approval.backendId);
  const mark = backend?.practice === true ? `${t('PRACTICE')} · ` : '';
  const subject = { backendId: approval.backendId, approvalId: approval.id };
  const itemId = entryKey(approval.backendId, approval.id);
  const reduceOnly = backend === undefined ? null : whyReduceOnly(desk, backend, kinds, nowMs);
  const approve: TrayItem =
    reduceOnly === null
      ? { kind: 'act', label: t('Approve'), act: { kind: 'decide', act: 'approval.approve', ...subject } }
      : { kind: 'text', label: t('Approve: not now, {reduceOnly}', { reduceOnly }) };
  return {
    kind: 'submenu',
    label: `${mark}${oneLine(approval.title)}`,
    items: [
      {
        kind: 'act',
        label: t('Look at it'),
        act: { kind: 'open', destination: { place: 'approvals', itemId } },
      },
      approve,
      {
        kind: 'act',
        label: reduceOnly === null ? t('Decline') : t('Decline (lowers risk)'),
        act: { kind: 'decide', act: 'approval.decline', ...subject },
      },
    ],
  };
}

/** K3, A3: why only what lowers risk can be done, in words for a menu. */
function whyReduceOnly(
  desk: DeskReader,
  backend: BackendConfig,
  kinds: readonly BackendKindDescriptor[],
  nowMs: number,
): string | null {
  const kind = kinds.find((one) => one.kind === backend.kind);
  const panic = desk.get('panic', 'panic');
  const killSwitch = desk.get('killSwitches', backend.id);
  const links = values(desk, 'links');
  // A menu that changes every second cannot be read.
  const staleWords = (): string => t('data is stale');
  return reduceOnlyReason(backend, { kind, panic, killSwitch, links }, nowMs, { staleWords });
}

function backendLine(
  desk: DeskReader,
  backend: BackendConfig,
  nowMs: number,
): { label: string; stale: boolean } {
  const { stale, ageMs, worst } = backendFreshness(backend.id, values(desk, 'links'), nowMs);
  const mark = backend.practice ? `${t('PRACTICE')} · ` : '';
  // Ages in coarse steps, and none while fresh: a menu that changes every second cannot be read.
  const age =
    ageMs === null
      ? t('no data yet')
      : t('data {age} old', { age: formatAge(Math.floor(ageMs / AGE_STEP_MS) * AGE_STEP_MS) });
  const words = !stale
    ? t('live')
    : worst === null || worst.state.kind === 'live'
      ? t('STALE, {age}', { age })
      : t(
          '{state, select, connecting {connecting} live {live} stale {stale} waiting {waiting} stopped {stopped} other {{state}}}, {age}',
          { state: worst.state.kind, age },
        );
  return { label: `${mark}${oneLine(backend.name)}: ${words}`, stale };
}

function tooltip(
  needed: number,
  panic: ReturnType<typeof panicSummary>,
  onlyPractice: boolean,
  quiet: string | null,
): string {
  const parts = ['Quarterdeck'];
  if (panic.latched) parts.push(panic.allConfirmed ? t('PANIC confirmed') : t('PANIC, not all confirmed'));
  parts.push(
    needed === 0
      ? t('nothing needs you')
      : t('{needed, plural, one {# thing needs} other {# things need}} you', { needed }),
  );
  if (quiet !== null) parts.push(quiet.replace(/\.$/, ''));
  if (onlyPractice) parts.push(t('PRACTICE'));
  return parts.join(' · ');
}

/** A backend's text in a menu: one line, short, and without the ampersand that would mark a shortcut. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replaceAll('&', '&&');
  return line.length > MAX_TITLE_LENGTH ? `${line.slice(0, MAX_TITLE_LENGTH - 1)}…` : line;
}

function values<S extends Parameters<DeskReader['size']>[0]>(desk: DeskReader, slice: S) {
  return [...desk.entries(slice)].map(([, value]) => value);
}

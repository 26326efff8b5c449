import { describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '../time.ts';
import type { Alert } from './alerts/alert.ts';
import type { Approval } from './approvals/approval.ts';
import { limits } from './approvals/limits.ts';
import type { AttentionPolicySettings } from './attention/attention-policy.ts';
import { attentionPolicySettings } from './attention/attention-policy.ts';
import type { LinkStatus } from './backends/link.ts';
import { needsPerson, panicSummary } from './derive.ts';
import type { PanicState, PanicTarget } from './panic/kill-switch.ts';
import type { LimitPhase, WatchState } from './panic/watch.ts';
import { aLink, anAlert, anApproval, START_MS } from './testing/entries.ts';

const NOW_MS = START_MS;
const watchWith = (phase: LimitPhase): WatchState => ({
  practice: false,
  limits: [
    {
      id: 'day-loss-usd',
      kind: 'day-loss-usd',
      backendId: null,
      limit: '1',
      value: '2',
      sentence: '',
      blind: null,
      partly: null,
      phase,
      fired: null,
      unwatched: false,
    },
  ],
  heartbeat: {
    state: 'off',
    host: null,
    lastOkAtMs: null,
    failingSinceMs: null,
    trouble: null,
    deskTrouble: [],
  },
  awake: { held: false, why: '' },
});
const link = (backendId: string, given: Partial<LinkStatus> = {}): LinkStatus =>
  aLink({ backendId, staleAfterMs: MINUTE_MS, ...given });
const approval = (given: Partial<Approval> = {}): Approval =>
  anApproval({
    backendId: 'a',
    quantity: '1',
    priceThen: '80',
    title: '',
    reason: '',
    proposer: null,
    createdAtMs: NOW_MS,
    receivedAtMs: NOW_MS,
    groupKey: '',
    ...given,
  });
const alert = (given: Partial<Alert> = {}): Alert =>
  anAlert({
    backendId: 'a',
    kind: 'risk',
    severity: 'critical',
    rawSeverity: 'critical',
    message: '',
    groupKey: '',
    occurredAtMs: null,
    receivedAtMs: NOW_MS,
    ...given,
  });
const target = (state: PanicTarget['state'], reasserted = 0): PanicTarget => ({
  backendId: state,
  state,
  detail: '',
  requestedAtMs: NOW_MS,
  settledAtMs: null,
  reasserted,
});
const latched = (targets: PanicTarget[]): PanicState => ({
  kind: 'latched',
  id: 'x',
  sinceMs: NOW_MS,
  presses: 1,
  origin: 'window',
  durable: true,
  targets,
});

describe('L4 what needs the person', () => {
  it('counts pending proposals that can still be decided, severe open alerts, stopped links and open panic targets', () => {
    const needs = needsPerson(
      {
        approvals: [
          approval(),
          approval({ status: 'approved' }),
          approval({ expiresAtMs: NOW_MS }),
          approval({ id: 'expired', createdAtMs: NOW_MS - HOUR_MS, title: 'Another' }),
          approval({ id: 'replaced', createdAtMs: NOW_MS - MINUTE_MS }),
        ],
        alerts: [
          alert(),
          alert({ severity: 'high' }),
          alert({ severity: 'medium' }),
          alert({ acknowledgedAtMs: 1 }),
        ],
        links: [
          link('a'),
          link('b', { state: { kind: 'stopped', sinceMs: 0, cause: { code: 'credentials', message: '' } } }),
          link('c', { state: { kind: 'stopped', sinceMs: 0, cause: { code: 'disabled', message: '' } } }),
        ],
        panic: latched([target('confirmed'), target('offline')]),
        watch: watchWith('fired'),
      },
      { nowMs: NOW_MS, limits: limits.parse({}), attention: attentionPolicySettings.parse({}) },
    );
    expect(needs).toEqual({
      approvals: 1,
      alerts: 2,
      critical: 1,
      links: 1,
      panic: 1,
      limits: 0,
      total: 5,
    });
  });

  it('counts no alert that is snoozed, muted or of a row that the person switched off or set lower, until that ends', () => {
    const nothing = { approvals: [], links: [], panic: undefined, watch: undefined };
    const one = alert({ kind: 'whale', severity: 'high' });
    const { backendId } = one;
    const count = (change: Partial<AttentionPolicySettings>, nowMs = NOW_MS, alerts = [one]): number => {
      const attention = { ...attentionPolicySettings.parse({}), ...change };
      return needsPerson({ ...nothing, alerts }, { nowMs, limits: limits.parse({}), attention }).alerts;
    };
    const snoozes = [
      { group: `${backendId}/${one.groupKey}`, title: 'whale', severity: one.severity, untilMs: NOW_MS + 1 },
    ];
    expect(count({})).toBe(1);
    expect(count({ snoozes })).toBe(0);
    expect(count({ snoozes }, NOW_MS + 1)).toBe(1);
    expect(count({ snoozes }, NOW_MS, [{ ...one, severity: 'critical' }])).toBe(1);
    expect(count({ mutedKinds: [{ backendId, kind: 'whale', withCritical: false }] })).toBe(0);
    expect(count({ rows: { 'whale-trade': { mode: 'off' } } })).toBe(0);
    expect(count({ rows: { 'whale-trade': { severity: 'medium' } } })).toBe(0);
    expect(count({ rows: { 'whale-trade': { sound: null } } })).toBe(1);
    expect(count({}, NOW_MS, [alert({ kind: 'execution', severity: 'low' })])).toBe(0);
  });

  it('counts limits that were crossed once PANIC is over, and no others', () => {
    const count = (panic: PanicState, watch: WatchState): number => {
      const nothing = { approvals: [], alerts: [], links: [] };
      return needsPerson(
        { ...nothing, panic, watch },
        { nowMs: NOW_MS, limits: limits.parse({}), attention: attentionPolicySettings.parse({}) },
      ).total;
    };
    expect(count({ kind: 'clear' }, watchWith('fired'))).toBe(1);
    expect(count({ kind: 'clear' }, watchWith('warned'))).toBe(0);
    expect(count(latched([]), watchWith('fired'))).toBe(0);
  });
});

describe('K4 the panic as a whole', () => {
  it('is confirmed only when every backend is', () => {
    expect(panicSummary(latched([target('confirmed')])).allConfirmed).toBe(true);
    expect(panicSummary(latched([])).allConfirmed).toBe(false);
    // One that only watches has nothing to halt: it holds no banner open, and confirms nothing either.
    expect(panicSummary(latched([target('confirmed'), target('not-supported')]))).toMatchObject({
      allConfirmed: true,
      open: [],
    });
    expect(panicSummary(latched([target('not-supported')])).allConfirmed).toBe(false);
    expect(panicSummary(latched([target('confirmed', 2), target('unconfirmed', 1)]))).toMatchObject({
      latched: true,
      allConfirmed: false,
      open: [{ state: 'unconfirmed' }],
      counts: { confirmed: 1, unconfirmed: 1 },
      reasserted: 3,
    });
    expect(panicSummary(undefined).latched).toBe(false);
    expect(panicSummary({ kind: 'clear' }).latched).toBe(false);
  });
});

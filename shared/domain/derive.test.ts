import { describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import type { Alert } from './alerts/alert.ts';
import type { Approval } from './approvals/approval.ts';
import type { AttentionPolicySettings } from './attention/attention-policy.ts';
import { attentionPolicySettings } from './attention/attention-policy.ts';
import { exposures } from './portfolio/asset-exposure.ts';
import type { BackendConfig } from './backends/backend.ts';
import { backendFreshness, isLinkStale, needsPerson, panicSummary, profitAndLoss, totals } from './derive.ts';
import { startOfDay } from '../wall-time.ts';
import type { PanicState, PanicTarget } from './panic/kill-switch.ts';
import { limits } from './approvals/limits.ts';
import type { LinkStatus } from './backends/link.ts';
import type { EquityPoint, Holding, Portfolio } from './portfolio/portfolio.ts';
import type { LimitPhase, WatchState } from './panic/watch.ts';
import { aBackend, aHolding, aLink, aPortfolio, anAlert, anApproval } from './testing/entries.ts';

const NOW_MS = 1_800_000_000_000;

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

const backend = (id: string, given: Partial<BackendConfig> = {}): BackendConfig =>
  aBackend({ id, kind: 'any', name: id, address: 'http://127.0.0.1', colour: '#000000', ...given });
const portfolio = (backendId: string, totalUsd: string | null): Portfolio =>
  aPortfolio({ backendId, totalUsd, occurredAtMs: NOW_MS, receivedAtMs: NOW_MS });
const link = (backendId: string, given: Partial<LinkStatus> = {}): LinkStatus =>
  aLink({
    backendId,
    label: 'Live',
    state: { kind: 'live', sinceMs: 0 },
    receivedAtMs: NOW_MS,
    dataAtMs: NOW_MS,
    staleAfterMs: MINUTE_MS,
    received: 0,
    ...given,
  });
const holding = (given: Partial<Holding> = {}): Holding =>
  aHolding({
    backendId: 'a',
    quantity: '1',
    priceUsd: '100',
    valueUsd: '100',
    updatedAtMs: NOW_MS,
    ...given,
  });
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

describe('D4 staleness', () => {
  it('is about the age of data, not of the connection', () => {
    expect(isLinkStale(link('a', { dataAtMs: NOW_MS - MINUTE_MS }), NOW_MS)).toBe(false);
    expect(isLinkStale(link('a', { dataAtMs: NOW_MS - MINUTE_MS - 1, receivedAtMs: NOW_MS }), NOW_MS)).toBe(
      true,
    );
    expect(isLinkStale(link('a', { dataAtMs: null }), NOW_MS)).toBe(true);
    expect(isLinkStale(link('a', { state: { kind: 'connecting', sinceMs: 0, attempt: 1 } }), NOW_MS)).toBe(
      true,
    );
  });

  it('of a backend is that of its worst link, with the age of its oldest data', () => {
    const links = [
      link('a'),
      link('a', { linkId: 'prices', dataAtMs: NOW_MS - HOUR_MS }),
      link('b', { dataAtMs: null }),
    ];
    expect(backendFreshness('a', links, NOW_MS)).toMatchObject({
      stale: true,
      ageMs: HOUR_MS,
      worst: { linkId: 'prices' },
    });
    expect(backendFreshness('none', links, NOW_MS)).toEqual({ stale: true, ageMs: null, worst: null });
  });

  it('names the link with the oldest data where all are fresh, so that words and age agree', () => {
    const links = [link('a'), link('a', { linkId: 'polled', dataAtMs: NOW_MS - 20_000 })];
    expect(backendFreshness('a', links, NOW_MS)).toMatchObject({
      stale: false,
      ageMs: 20_000,
      worst: { linkId: 'polled' },
    });
  });
});

describe('totals', () => {
  it('never add practice money to real money', () => {
    const backends = [backend('a'), backend('b'), backend('p', { practice: true })];
    const portfolios = [portfolio('a', '0.1'), portfolio('b', '0.2'), portfolio('p', '1000000')];
    const { real, practice } = totals(backends, portfolios, [link('a'), link('b'), link('p')], NOW_MS);
    expect(real).toMatchObject({ totalUsd: '0.3', counted: ['a', 'b'], missing: [], stale: [] });
    expect(practice).toMatchObject({ totalUsd: '1000000', counted: ['p'] });
  });

  it('say what is missing and what is stale, and leave out what is switched off', () => {
    const backends = [backend('a'), backend('b'), backend('c'), backend('off', { enabled: false })];
    const portfolios = [portfolio('a', '5'), portfolio('b', null), portfolio('off', '99')];
    const { real, practice } = totals(backends, portfolios, [link('a', { dataAtMs: null })], NOW_MS);
    expect(real).toMatchObject({ totalUsd: '5', missing: ['b', 'c'], stale: ['a'] });
    expect(practice.totalUsd).toBeNull();
  });
});

describe('backends that show the same account', () => {
  const mirror = (id: string, given: Partial<BackendConfig> = {}): BackendConfig =>
    backend(id, { mirrorsAccount: true, ...given });
  const held = (backendId: string): Holding => holding({ backendId, asset: 'BTC', quantity: '2' });

  it('count it once: the mirror is named and not added, in totals and in exposures alike', () => {
    const backends = [
      backend('a'),
      mirror('hub'),
      backend('p', { practice: true }),
      mirror('p-hub', { practice: true }),
    ];
    const portfolios = ['a', 'hub', 'p', 'p-hub'].map((id) => portfolio(id, '100'));
    const { real, practice } = totals(backends, portfolios, [], NOW_MS);
    expect(real).toMatchObject({ totalUsd: '100', counted: ['a'], mirrored: ['hub'], missing: [] });
    expect(practice).toMatchObject({ totalUsd: '100', counted: ['p'], mirrored: ['p-hub'] });
    const exposed = exposures(['a', 'hub', 'p', 'p-hub'].map(held), backends);
    expect(exposed.real).toMatchObject([{ asset: 'BTC', quantity: '2' }]);
    expect(exposed.practice).toMatchObject([{ asset: 'BTC', quantity: '2' }]);
  });

  it('count a mirror where it is all that is switched on, whatever practice has', () => {
    const backends = [backend('a', { enabled: false }), mirror('hub'), backend('p', { practice: true })];
    const { real } = totals(backends, [portfolio('a', '5'), portfolio('hub', '100')], [], NOW_MS);
    expect(real).toMatchObject({ totalUsd: '100', counted: ['hub'], mirrored: [] });
    expect(exposures([held('a'), held('hub')], backends).real).toMatchObject([{ quantity: '2' }]);
  });

  it('say that nothing can be added where two mirrors may show one account', () => {
    const { real } = totals(
      [mirror('x'), mirror('y')],
      [portfolio('x', '1'), portfolio('y', '1')],
      [],
      NOW_MS,
    );
    expect(real).toMatchObject({ totalUsd: null, counted: [], mirrored: ['x', 'y'] });
  });
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
    expect(needs).toEqual({ approvals: 1, alerts: 2, links: 1, panic: 1, limits: 0, total: 5 });
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

describe('exposure per asset', () => {
  it('adds up over backends, greatest first, real and practice apart', () => {
    const holdings = [
      holding({ quantity: '0.1', valueUsd: '10' }),
      holding({ backendId: 'b', quantity: '0.2', valueUsd: '20' }),
      holding({ asset: 'ETH', quantity: '3', valueUsd: '70' }),
      holding({ asset: 'ODD', valueUsd: null, priceUsd: null }),
      holding({ backendId: 'p', valueUsd: '999' }),
      holding({ backendId: 'unknown' }),
    ];
    const result = exposures(holdings, [backend('a'), backend('b'), backend('p', { practice: true })]);
    expect(
      result.real.map(({ asset, quantity, valueUsd, sharePct }) => [asset, quantity, valueUsd, sharePct]),
    ).toEqual([
      ['ETH', '3', '70', '70'],
      ['BTC', '0.3', '30', '30'],
      ['ODD', '1', null, null],
    ]);
    expect(result.practice.map((exposure) => exposure.valueUsd)).toEqual(['999']);
  });
});

describe('profit and loss', () => {
  // An hour of the afternoon, so that "an hour ago" is the same day wherever the test runs.
  const noonMs = startOfDay(NOW_MS) + 15 * HOUR_MS;
  const point = (agoMs: number, totalUsd: string, given: Partial<EquityPoint> = {}): EquityPoint => ({
    backendId: 'a',
    atMs: noonMs - agoMs,
    totalUsd,
    depositUsd: null,
    ...given,
  });

  it('keeps deposits apart from profit', () => {
    const points = [
      point(20 * HOUR_MS, '100'),
      point(2 * HOUR_MS, '160', { depositUsd: '50' }),
      point(HOUR_MS, '165'),
    ];
    expect(profitAndLoss(points, noonMs).today).toEqual({
      profitUsd: '15',
      profitPct: '15',
      depositsUsd: '50',
      sinceMs: startOfDay(noonMs),
      partial: false,
    });
  });

  it('compares each backend with itself, in whatever order the points come', () => {
    const points = [
      point(HOUR_MS, '220', { backendId: 'b' }),
      point(HOUR_MS, '110'),
      point(20 * HOUR_MS, '200', { backendId: 'b' }),
      point(20 * HOUR_MS, '100'),
    ];
    expect(profitAndLoss(points, noonMs).today).toMatchObject({ profitUsd: '30', profitPct: '10' });
  });

  it('says when the record begins later than the period', () => {
    const points = [point(2 * HOUR_MS, '100'), point(HOUR_MS, '101')];
    expect(profitAndLoss(points, noonMs).days30).toMatchObject({
      profitUsd: '1',
      sinceMs: noonMs - 2 * HOUR_MS,
      partial: true,
    });
  });

  it('knows yesterday and the last days', () => {
    const points = [
      point(40 * DAY_MS, '50'),
      point(10 * DAY_MS, '60'),
      point(2 * DAY_MS, '90'),
      point(DAY_MS, '100'),
      point(HOUR_MS, '130'),
    ];
    const result = profitAndLoss(points, noonMs);
    expect(result.today.profitUsd).toBe('30');
    expect(result.yesterday.profitUsd).toBe('10');
    expect(result.days7.profitUsd).toBe('70');
    expect(result.days30.profitUsd).toBe('80');
  });

  it('is unknown, not zero, when nothing was recorded in the period', () => {
    expect(profitAndLoss([], noonMs).today).toEqual({
      profitUsd: null,
      profitPct: null,
      depositsUsd: '0',
      sinceMs: null,
      partial: false,
    });
    expect(profitAndLoss([point(3 * DAY_MS, '1')], noonMs).today.profitUsd).toBeNull();
    expect(profitAndLoss([point(-HOUR_MS, '1')], noonMs).today.profitUsd).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';

import type { Activity } from '#shared/domain/bots/activity.ts';
import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Run } from '#shared/domain/bots/model.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import type { VolumeSpike } from '#shared/domain/alerts/volume.ts';
import { HOUR_MS } from '#shared/time.ts';
import { aBackend, aTrade, anAlert } from '#shared/domain/testing/entries.ts';
import { aFeedEntry } from '#shared/domain/testing/feed-entries.ts';

import { emptyDeskState } from '../../stores/desk-state.ts';
import { makeApproval } from '../approvals/testing/make-approval.ts';
import type { FeedSlices } from './feed.ts';
import { createFeed } from './feed.ts';
import { feedMatcher, toJournalDraft, WHOLE_FEED } from './feed-filter.ts';

const NOW_MS = 1_800_000_000_000;
const all = () => true;

const backend = (id: string, rest: Partial<BackendConfig> = {}): BackendConfig =>
  aBackend({ id, kind: 'coinruler', name: id, address: 'http://127.0.0.1:1', ...rest });

const alert = (id: string, rest: Partial<Alert> = {}): Alert =>
  anAlert({
    backendId: 'one',
    id,
    kind: 'whale',
    severity: 'high',
    rawSeverity: 'high',
    message: 'A whale moved',
    groupKey: id,
    occurredAtMs: null,
    receivedAtMs: NOW_MS - 10,
    ...rest,
  });

const trade = (id: string, rest: Partial<Trade> = {}): Trade =>
  aTrade({
    backendId: 'one',
    id,
    instrument: 'BTC-USD',
    quantity: '1',
    status: 'filled',
    origin: null,
    occurredAtMs: null,
    receivedAtMs: NOW_MS - 20,
    ...rest,
  });

const step = (id: string, rest: Partial<Activity> = {}): Activity =>
  aFeedEntry('activity', {
    backendId: 'one',
    id,
    message: 'Looks at the news',
    receivedAtMs: NOW_MS - 5,
    ...rest,
  });

const run = (id: string, rest: Partial<Run> = {}): Run =>
  aFeedEntry('runs', {
    backendId: 'one',
    id,
    number: 3,
    status: 'completed',
    rawStatus: 'completed',
    mode: 'daily',
    symbol: 'AAPL',
    startedAtMs: NOW_MS - HOUR_MS,
    endedAtMs: NOW_MS - 30,
    trades: 4,
    returnPct: '1.2',
    progressPct: 100,
    receivedAtMs: NOW_MS,
    ...rest,
  });

const spike = (id: string, rest: Partial<VolumeSpike> = {}): VolumeSpike =>
  aFeedEntry('spikes', {
    backendId: 'one',
    id,
    symbol: 'LINKUSDT',
    asset: 'LINK',
    hourAtMs: NOW_MS - HOUR_MS,
    detectedAtMs: null,
    occurredAtMs: NOW_MS - 20,
    currentVolume: '7',
    previousVolume: '1',
    ratio: '7',
    message: 'LINK volume spike',
    receivedAtMs: NOW_MS - 20,
    ...rest,
  });

function desk(given: {
  backends?: BackendConfig[];
  alerts?: Alert[];
  trades?: Trade[];
  approvals?: ReturnType<typeof makeApproval>[];
  activity?: Activity[];
  runs?: Run[];
  spikes?: VolumeSpike[];
}): FeedSlices {
  const byKey = <T extends { backendId: string; id: string }>(entries: readonly T[] = []) =>
    new Map(entries.map((entry) => [entryKey(entry.backendId, entry.id), entry]));
  return {
    ...emptyDeskState().slices,
    backends: new Map((given.backends ?? [backend('one')]).map((one) => [one.id, one])),
    alerts: byKey(given.alerts),
    trades: byKey(given.trades),
    approvals: byKey(given.approvals),
    activity: byKey(given.activity),
    runs: byKey(given.runs),
    spikes: byKey(given.spikes),
  };
}

const keys = (items: readonly { key: string }[]) => items.map(({ key }) => key);

describe('the feed over all backends', () => {
  it('tells a spike once that is an alert as well, and one that is none', () => {
    const slices = desk({
      alerts: [alert('a', { message: 'LINK volume spike' })],
      spikes: [spike('1'), spike('2', { message: 'DOT volume spike' })],
    });
    expect(keys(createFeed(10)(slices, all))).toEqual(['alert:one/a', 'spike:one/2']);
    const spikesAlone = feedMatcher({ ...WHOLE_FEED, kinds: new Set(['spike'] as const) }, NOW_MS);
    expect(keys(createFeed(10)(slices, spikesAlone))).toEqual(['spike:one/1', 'spike:one/2']);
  });

  it('is one line of time over alerts, trades, decisions, runs and steps, newest first', () => {
    const slices = desk({
      alerts: [alert('a')],
      trades: [trade('t'), trade('old', { occurredAtMs: 1, receivedAtMs: NOW_MS })],
      approvals: [makeApproval({ id: 'd', backendId: 'one', status: 'declined', decidedAtMs: NOW_MS - 15 })],
      activity: [step('s')],
      runs: [run('r')],
    });
    const shown = keys(createFeed(6)(slices, all));
    expect(shown.slice(0, 5)).toEqual([
      'activity:one/s',
      'alert:one/a',
      'decided:one/d',
      'trade:one/t',
      'ended:one/r',
    ]);
    expect(shown).toHaveLength(6);
  });

  it('tells a step that is also a trade once', () => {
    const slices = desk({ trades: [trade('same')], activity: [step('same', { kind: 'trade' })] });
    expect(keys(createFeed(9)(slices, all))).toEqual(['trade:one/same']);
  });

  it('leaves out the fills of a backend that only mirrors an account beside others', () => {
    const backends = [backend('one'), backend('two'), backend('mirror', { mirrorsAccount: true })];
    const slices = desk({ backends, trades: [trade('t'), trade('t', { backendId: 'mirror' })] });
    expect(keys(createFeed(9)(slices, all))).toEqual(['trade:one/t']);
  });

  it('is the same array while nothing in it changed, and keeps the items of slices that did not change', () => {
    const feed = createFeed(9);
    const before = desk({ alerts: [alert('a')], trades: [trade('t')] });
    const first = feed(before, all);
    expect(feed({ ...before, links: new Map() }, all)).toBe(first);
    const more = {
      ...before,
      alerts: new Map(before.alerts).set('one/b', alert('b', { receivedAtMs: NOW_MS })),
    };
    const second = feed(more, all);
    expect(keys(second)).toEqual(['alert:one/b', 'alert:one/a', 'trade:one/t']);
    expect(second[2]).toBe(first[1]);
  });
});

describe('the filters of the feed', () => {
  const slices = desk({
    backends: [backend('one'), backend('two')],
    alerts: [alert('grave', { severity: 'critical', instrument: 'BTC' }), alert('two', { backendId: 'two' })],
    trades: [trade('t', { receivedAtMs: NOW_MS - 2 * HOUR_MS })],
    activity: [step('s')],
  });
  const shown = (filter: Partial<typeof WHOLE_FEED>) =>
    keys(createFeed(20)(slices, feedMatcher({ ...WHOLE_FEED, ...filter }, NOW_MS)));

  it('narrow by kind, backend, gravity, symbol, words and time', () => {
    expect(shown({ kinds: new Set(['trade']) })).toEqual(['trade:one/t']);
    expect(shown({ backendId: 'two' })).toEqual(['alert:two/two']);
    expect(shown({ severity: 'critical' })).toEqual(['alert:one/grave']);
    expect(shown({ symbol: 'btc/usd' })).toEqual(['trade:one/t']);
    expect(shown({ text: 'momentum NEWS' })).toEqual(['activity:one/s']);
    expect(shown({ span: '1h' })).not.toContain('trade:one/t');
  });

  it('are handed to the journal as they are', () => {
    const draft = toJournalDraft(
      {
        ...WHOLE_FEED,
        kinds: new Set(['halt', 'model']),
        severity: 'high',
        text: ' whale ',
        symbol: 'BTC',
        span: '24h',
      },
      new Date(2026, 0, 5, 12, 30).getTime(),
    );
    expect(draft).toMatchObject({
      text: 'whale',
      symbol: 'BTC',
      leastSeverity: 'high',
      fromDay: '2026-01-04',
      fromTime: '12:30',
      toDay: '',
      backendId: null,
    });
    expect([...draft.kinds]).toEqual(['kill-switch', 'panic', 'activity']);
  });
});

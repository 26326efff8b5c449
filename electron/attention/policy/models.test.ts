import { beforeEach, describe, expect, it } from 'vitest';

import type { DeskSlices } from '#shared/domain/desk.ts';
import type { Run } from '#shared/domain/bots/model.ts';

import { createDesk } from '../../desk/desk.ts';
import type { DeskPort } from '../../desk/port.ts';
import { aBackend, START_MS } from '#shared/domain/testing/entries.ts';
import { aFeedEntry, feedEvent } from '#shared/domain/testing/feed-entries.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Considered } from './considered.ts';
import { createManners } from './manners.ts';
import { createModelPolicy } from './models.ts';

let desk: DeskPort;
const manners = createManners(() => ({ rows: {}, overrides: [] }));
let told: Considered[];
let withdrawn: string[];
let seconds: number;

beforeEach(() => {
  desk = createDesk(silentLogger);
  told = [];
  withdrawn = [];
  seconds = 0;
  const policy = createModelPolicy(desk, START_MS, manners);
  desk.onPatches((patches, event) => {
    const result = policy(patches, event);
    told.push(...result.notices);
    withdrawn.push(...result.withdrawn);
  });
  desk.dispatch({
    type: 'backend-configured',
    config: aBackend({ kind: 'ai-trader', name: 'Lab', address: 'http://127.0.0.1:1', practice: true }),
  });
  desk.dispatch(feedEvent('models', [aFeedEntry('models', {})]));
});

const later = (): number => START_MS + (seconds += 1) * 1_000;
const runs = (...given: Partial<Run>[]): void =>
  desk.dispatch(
    feedEvent(
      'runs',
      given.map((run) => aFeedEntry('runs', { receivedAtMs: later(), ...run })),
      { complete: { scope: '7' } },
    ),
  );
const said = (given: Partial<DeskSlices['activity']>): void =>
  desk.dispatch(
    feedEvent('activity', [
      aFeedEntry('activity', { subject: '7', kind: 'trade', symbol: 'BTC', receivedAtMs: later(), ...given }),
    ]),
  );
const titles = (): string[] => told.map(({ notice }) => notice.title);

describe('the runs of a model', () => {
  it('that the first list holds are no news, whatever became of them', () => {
    runs({ id: '1', status: 'completed' }, { id: '2', status: 'failed' }, { id: '3', status: 'running' });
    expect(told).toEqual([]);
  });

  it('are told when they start and when they complete, each about the model', () => {
    runs({ id: '70' }, { id: '71', number: 2, status: 'queued' });
    expect(told).toEqual([]);
    runs({ id: '70' }, { id: '71', number: 2, status: 'running' });
    runs({ id: '70' }, { id: '71', number: 2, status: 'completed', returnPct: '1.234' });
    expect(titles()).toEqual([
      'PRACTICE · Momentum on Lab: run 2 started',
      'PRACTICE · Momentum on Lab: run 2 completed',
    ]);
    expect(told.map(({ notice }) => notice.severity)).toEqual(['low', 'medium']);
    expect(told[1]?.notice).toMatchObject({
      key: told[0]?.notice.key,
      body: 'intraday, BTC, return 1.23%',
      destination: { place: 'models', itemId: 'alpha/7' },
    });
  });

  it('the first of a model that had none is news once it is known to have had none', () => {
    runs({ id: '70', status: 'running', receivedAtMs: START_MS + 60_000 });
    expect(titles()).toEqual(['PRACTICE · Momentum on Lab: run 1 started']);
  });

  it('that began and ended between two reads are told as ended', () => {
    runs({ id: '70', status: 'completed' });
    expect(titles()).toEqual([]);
    runs({ id: '70', status: 'completed' }, { id: '71', number: 2, status: 'completed' });
    expect(titles()).toEqual(['PRACTICE · Momentum on Lab: run 2 completed']);
  });

  it('that fail are left to the alert of their backend, so that nothing is said twice', () => {
    runs({ status: 'running' });
    runs({ status: 'failed' });
    expect(told).toEqual([]);
  });

  it('that were deleted while they ran take their notice with them', () => {
    runs({ id: '70', status: 'running' });
    expect(withdrawn).toEqual([]);
    desk.dispatch(feedEvent('runs', [], { complete: { scope: '7' } }));
    expect(withdrawn).toEqual(['run/alpha/70']);
  });
});

describe('the trades of a model', () => {
  it('are of one family a model, so that a burst is one notice with a count', () => {
    said({ id: 'a', facts: [{ name: 'action', value: 'buy' }] });
    said({ id: 'b', facts: [{ name: 'action', value: 'sell' }] });
    expect(titles()).toEqual([
      'PRACTICE · Momentum on Lab: bought BTC',
      'PRACTICE · Momentum on Lab: sold BTC',
    ]);
    expect(new Set(told.map(({ family }) => family)).size).toBe(1);
    expect(told[0]).toMatchObject({ noun: 'trade', notice: { severity: 'low' } });
  });

  it('are told where they name a symbol, are of a model that is known, and are news', () => {
    said({ id: 'announced', symbol: null });
    said({ id: 'held', facts: [{ name: 'action', value: 'hold' }] });
    said({ id: 'stranger', subject: '99' });
    said({ id: 'thought', kind: 'thinking' });
    said({ id: 'old', receivedAtMs: START_MS - 1 });
    expect(told).toEqual([]);
  });
});

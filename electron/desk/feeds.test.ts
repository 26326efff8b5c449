import { beforeEach, describe, expect, it } from 'vitest';

import type { DeskPatch } from '#shared/domain/desk.ts';
import type { Prediction, Quote } from '#shared/domain/market/market.ts';
import { HOUR_MS } from '#shared/time.ts';

import { silentLogger } from '../lib/logger.ts';
import { FEED_ENTRIES_KEPT } from './bounds.ts';
import { createDesk } from './desk.ts';
import type { DeskPort } from './port.ts';
import { aFeedEntry, feedEvent } from '#shared/domain/testing/feed-entries.ts';
import { aPattern, aPrediction, aQuote, START_MS } from '#shared/domain/testing/entries.ts';

let desk: DeskPort;
let patches: DeskPatch[];
beforeEach(() => {
  desk = createDesk(silentLogger);
  patches = [];
  desk.onPatches((told) => void patches.push(...told));
});

const quotes = (...entries: Quote[]): void =>
  desk.dispatch({ type: 'feed', slice: 'quotes', backendId: 'alpha', entries });
const predictions = (...entries: Prediction[]): void =>
  desk.dispatch({ type: 'feed', slice: 'predictions', backendId: 'alpha', entries });

describe('what a backend feeds', () => {
  it('replaces what it names and leaves the rest as it is', () => {
    quotes(aQuote(), aQuote({ id: 'ETH', asset: 'ETH', price: '2000' }));
    quotes(aQuote({ price: '50001', receivedAtMs: START_MS + 1 }));
    expect(desk.get('quotes', 'alpha/BTC-USD')?.price).toBe('50001');
    expect(desk.get('quotes', 'alpha/ETH')?.price).toBe('2000');
    expect(patches).toHaveLength(3);
  });

  it('D3 is taken after the clock was set back by an hour', () => {
    quotes(aQuote());
    quotes(aQuote({ price: '50001', receivedAtMs: START_MS - HOUR_MS }));
    expect(desk.get('quotes', 'alpha/BTC-USD')?.price).toBe('50001');
  });

  it('keeps the slices apart', () => {
    quotes(aQuote({ id: 'x' }));
    desk.dispatch({ type: 'feed', slice: 'patterns', backendId: 'alpha', entries: [aPattern({ id: 'x' })] });
    expect(patches.map(({ slice }) => slice)).toEqual(['quotes', 'patterns']);
    expect(desk.get('patterns', 'alpha/x')?.name).toBe('double top');
  });

  it('is not taken where an entry claims to be another backend’s', () => {
    quotes(aQuote({ backendId: 'beta' }));
    expect(desk.size('quotes')).toBe(0);
  });

  it('D3 is ignored where it was received before what is known, within one event too', () => {
    quotes(aQuote({ receivedAtMs: START_MS + 5 }));
    quotes(aQuote({ price: '1', receivedAtMs: START_MS + 4 }));
    quotes(
      aQuote({ price: '3', receivedAtMs: START_MS + 9 }),
      aQuote({ price: '2', receivedAtMs: START_MS + 8 }),
    );
    expect(desk.get('quotes', 'alpha/BTC-USD')?.price).toBe('3');
    expect(patches).toHaveLength(2);
  });

  it('D4 the same price heard again is a fresh price, and the very same entry is nothing', () => {
    quotes(aQuote());
    quotes(aQuote());
    expect(patches).toHaveLength(1);
    quotes(aQuote({ receivedAtMs: START_MS + 1 }));
    expect(desk.get('quotes', 'alpha/BTC-USD')?.receivedAtMs).toBe(START_MS + 1);
  });

  it('D3 a prediction that is sent again was made once, when it was first heard', () => {
    predictions(aPrediction());
    predictions(aPrediction({ receivedAtMs: START_MS + 60_000 }));
    expect(patches).toHaveLength(1);
    expect(desk.get('predictions', 'alpha/m1')?.receivedAtMs).toBe(START_MS);
  });
});

describe('D7 bounds of a feed', () => {
  const kept = FEED_ENTRIES_KEPT.predictions.all;
  const numbered = (count: number, from = 0): Prediction[] =>
    Array.from({ length: count }, (_, index) =>
      aPrediction({ id: `m${from + index}`, receivedAtMs: START_MS + from + index }),
    );

  it('hold over many events, and the newest is there', () => {
    for (const entry of numbered(kept * 3)) {
      predictions(entry);
      expect(desk.size('predictions')).toBeLessThanOrEqual(kept);
    }
    expect(desk.get('predictions', `alpha/m${kept * 3 - 1}`)).toBeDefined();
    expect(desk.get('predictions', 'alpha/m0')).toBeUndefined();
  });

  it('hold over one event that names more than fits: the newest stay, and patches say what goes', () => {
    predictions(...numbered(kept));
    patches = [];
    predictions(...numbered(kept * 2, kept));
    expect(desk.size('predictions')).toBeLessThanOrEqual(kept);
    expect(desk.get('predictions', `alpha/m${kept * 3 - 1}`)).toBeDefined();
    expect(patches.filter(({ value }) => value === null)).toHaveLength(kept);
  });

  it('let go of what was not heard for longest, not of what was first heard', () => {
    quotes(aQuote({ id: 'first', receivedAtMs: START_MS }));
    for (let index = 1; index < FEED_ENTRIES_KEPT.quotes.all; index += 1) {
      quotes(aQuote({ id: `q${index}`, receivedAtMs: START_MS + index }));
    }
    quotes(aQuote({ id: 'first', receivedAtMs: START_MS + 10_000 }));
    quotes(aQuote({ id: 'one-more', receivedAtMs: START_MS + 10_001 }));
    expect(desk.get('quotes', 'alpha/first')).toBeDefined();
    expect(desk.get('quotes', 'alpha/q1')).toBeUndefined();
  });

  it('of one backend take nothing from another', () => {
    desk.dispatch({
      type: 'feed',
      slice: 'predictions',
      backendId: 'beta',
      entries: [aPrediction({ backendId: 'beta', receivedAtMs: START_MS - 1 })],
    });
    predictions(...numbered(kept + 1));
    expect(desk.get('predictions', 'beta/m1')).toBeDefined();
  });
});

describe('D3 a list that says it is complete', () => {
  const run = (id: string, modelId: string, receivedAtMs = START_MS) =>
    aFeedEntry('runs', { id, modelId, receivedAtMs });
  const ids = (): string[] => [...desk.entries('runs')].map(([, { id }]) => id);

  it('takes away what it does not name, of its own scope alone', () => {
    desk.dispatch(feedEvent('runs', [run('1', '7'), run('2', '7'), run('3', '8')]));
    desk.dispatch(feedEvent('runs', [run('2', '7')], { complete: { scope: '7' } }));
    expect(ids()).toEqual(['2', '3']);
    expect(patches.filter(({ value }) => value === null)).toEqual([
      { slice: 'runs', key: 'alpha/1', value: null },
    ]);
  });

  it('of everything takes away whatever it does not name, and nothing of another backend', () => {
    const other = { ...run('9', '7'), backendId: 'beta' };
    desk.dispatch(feedEvent('runs', [other], { backendId: 'beta' }));
    desk.dispatch(feedEvent('runs', [run('1', '7'), run('3', '8')]));
    desk.dispatch(feedEvent('runs', [], { complete: 'all' }));
    expect([...desk.entries('runs')].map(([key]) => key)).toEqual(['beta/9']);
  });

  it('follows an entry that moved to another scope', () => {
    desk.dispatch(feedEvent('runs', [run('1', '7')]));
    desk.dispatch(feedEvent('runs', [run('1', '8', START_MS + 1)]));
    desk.dispatch(feedEvent('runs', [], { complete: { scope: '7' } }));
    expect(ids()).toEqual(['1']);
  });
});

describe('D7 the bound of one scope', () => {
  const kept = FEED_ENTRIES_KEPT.activity.aScope ?? 0;
  const told = (subject: string, index: number) =>
    aFeedEntry('activity', { id: `${subject}-${index}`, subject, receivedAtMs: START_MS + index });
  const of = (wanted: string): number =>
    [...desk.entries('activity')].filter(([, { subject }]) => subject === wanted).length;

  it('holds for a model that talks much, and takes nothing from one that talks little', () => {
    desk.dispatch(feedEvent('activity', [told('quiet', 0)]));
    for (let index = 1; index <= kept * 3; index += 1) {
      desk.dispatch(feedEvent('activity', [told('loud', index)]));
      expect(of('loud')).toBeLessThanOrEqual(kept);
    }
    expect(of('quiet')).toBe(1);
    expect(desk.get('activity', `alpha/loud-${kept * 3}`)).toBeDefined();
  });
});

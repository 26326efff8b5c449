import { describe, expect, it } from 'vitest';

import type { DeskPatchBatch, DeskSnapshot } from '#shared/domain/desk.ts';
import { bySlice } from '#shared/domain/desk.ts';
import type { Holding } from '#shared/domain/portfolio/portfolio.ts';
import { aHolding } from '#shared/domain/testing/entries.ts';

import { emptyDeskState } from './desk-state.ts';
import { startDeskSync } from './desk-sync.ts';

describe('the window keeps equal to the desk', () => {
  it('listens before it asks for the snapshot, and applies what came in between exactly once', async () => {
    const desk = start();
    desk.push(4, '104');
    desk.push(5, '105');
    desk.push(6, '106');
    await desk.answer(5, '105');
    expect(desk.state().seq).toBe(6);
    expect(desk.price()).toBe('106');
    desk.push(6, 'a batch that was applied already');
    desk.push(7, '107');
    expect(desk.price()).toBe('107');
    expect(desk.asked()).toBe(1);
  });

  it('asks for a new snapshot when a number is missing, and shows the old state until it is there', async () => {
    const desk = start();
    await desk.answer(1, '101');
    desk.push(3, '103');
    desk.push(4, '104');
    expect(desk.price()).toBe('101');
    await desk.answer(3, '103');
    expect(desk.state().seq).toBe(4);
    expect(desk.price()).toBe('104');
    expect(desk.asked()).toBe(2);
  });

  it('asks once more when the batches that waited for a snapshot have a gap themselves', async () => {
    const desk = start();
    desk.push(3, '103');
    desk.push(5, '105');
    await desk.answer(2, '102');
    expect(desk.asked()).toBe(2);
    await desk.answer(5, '105');
    expect(desk.state().seq).toBe(5);
  });

  it('removes an entry on a null, and leaves untouched slices and entries the same objects', async () => {
    const desk = start();
    await desk.answer(1, '101');
    const before = desk.state();
    desk.send({ seq: 2, patches: [{ slice: 'holdings', key: 'one/ETH', value: holding('ETH', '3400') }] });
    const between = desk.state();
    expect(between.slices.holdings.get('one/BTC')).toBe(before.slices.holdings.get('one/BTC'));
    expect(between.slices.alerts).toBe(before.slices.alerts);
    desk.send({ seq: 3, patches: [{ slice: 'holdings', key: 'one/BTC', value: null }] });
    expect([...desk.state().slices.holdings.keys()]).toEqual(['one/ETH']);
    expect([...between.slices.holdings.keys()]).toEqual(['one/BTC', 'one/ETH']);
  });

  it('says why when the snapshot cannot be had, and takes nothing after it was disposed', async () => {
    const desk = start();
    await desk.fail('The desk did not answer.');
    expect(desk.state()).toMatchObject({ status: 'failed', trouble: 'The desk did not answer.' });
    desk.dispose();
    expect(desk.listeners()).toBe(0);
  });
});

function start() {
  let state = emptyDeskState();
  const listeners = new Set<(batch: DeskPatchBatch) => void>();
  const waiting: { resolve: (snapshot: DeskSnapshot) => void; reject: (error: Error) => void }[] = [];
  let asked = 0;
  let listenedFirst = false;
  const dispose = startDeskSync(
    {
      onPatches: (listener) => {
        listeners.add(listener);
        listenedFirst = asked === 0;
        return () => void listeners.delete(listener);
      },
      snapshot: () => {
        asked += 1;
        return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
      },
    },
    { get: () => state, set: (next) => void (state = next) },
    (error) => (error instanceof Error ? error.message : String(error)),
  );
  expect(listenedFirst).toBe(true);

  const send = (batch: DeskPatchBatch): void => {
    for (const listener of listeners) listener(batch);
  };
  return {
    dispose,
    send,
    state: () => state,
    asked: () => asked,
    listeners: () => listeners.size,
    price: () => state.slices.holdings.get('one/BTC')?.priceUsd,
    push: (seq: number, priceUsd: string) =>
      send({ seq, patches: [{ slice: 'holdings', key: 'one/BTC', value: holding('BTC', priceUsd) }] }),
    async answer(seq: number, priceUsd: string) {
      waiting.shift()?.resolve(snapshot(seq, priceUsd));
      await settle();
    },
    async fail(message: string) {
      waiting.shift()?.reject(new Error(message));
      await settle();
    },
  };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

const holding = (asset: string, priceUsd: string): Holding =>
  aHolding({ backendId: 'one', asset, quantity: '1', priceUsd, valueUsd: priceUsd, updatedAtMs: 1 });

const snapshot = (seq: number, priceUsd: string): DeskSnapshot => ({
  seq,
  slices: { ...bySlice<DeskSnapshot['slices']>(() => []), holdings: [['one/BTC', holding('BTC', priceUsd)]] },
});

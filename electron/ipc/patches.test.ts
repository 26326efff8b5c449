import { describe, expect, it } from 'vitest';

import type {
  DeskEvent,
  DeskPatch,
  DeskPatchBatch,
  DeskSlices,
  DeskSnapshot,
  SliceName,
} from '#shared/domain/desk.ts';
import { SLICE_NAMES } from '#shared/domain/desk.ts';
import { aHolding } from '#shared/domain/testing/entries.ts';

import type { DeskPort } from '../desk/port.ts';
import { createManualClock } from '../lib/clock.ts';
import { FRAME_MS, createPatchSender } from './patches.ts';

const event: DeskEvent = { type: 'backend-removed', backendId: 'any' };

describe('the patch sender', () => {
  it('sends nothing before the window has taken its snapshot', async () => {
    const { change, clock, sent } = start();
    change(holding('BTC', '1'));
    await clock.advance(1_000);
    expect(sent).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  it('coalesces per key and sends at most one message a frame', async () => {
    const { change, clock, sender, sent } = start();
    sender.snapshot();
    for (let price = 1; price <= 500; price += 1)
      change(holding('BTC', String(price)), holding('ETH', String(price)));
    expect(sent).toEqual([]);
    await clock.advance(FRAME_MS);
    expect(sent).toEqual([{ seq: 1, patches: [holding('BTC', '500'), holding('ETH', '500')] }]);

    await clock.advance(10 * FRAME_MS);
    expect(sent).toHaveLength(1);
  });

  it('keeps the entries of two slices with the same key apart', async () => {
    const { change, clock, sender, sent } = start();
    sender.snapshot();
    change(
      { slice: 'backends', key: 'main', value: null },
      { slice: 'portfolios', key: 'main', value: null },
    );
    await clock.advance(FRAME_MS);
    expect(sent[0]?.patches).toHaveLength(2);
  });

  it('sends approvals, kill switches and panic at once, every step of them and in order', () => {
    const { change, sender, sent } = start();
    sender.snapshot();
    change(holding('BTC', '1'), halt(false));
    change(halt(true));
    change({ slice: 'panic', key: 'panic', value: { kind: 'clear' } });
    expect(sent.map((batch) => batch.patches)).toEqual([
      [halt(false)],
      [halt(true)],
      [{ slice: 'panic', key: 'panic', value: { kind: 'clear' } }],
    ]);
  });

  it('numbers batches without a gap from the snapshot on, so that applying them ends in the same state', async () => {
    const { change, clock, sender, sent, state } = start();
    change(holding('BTC', '1'));
    const snapshot = sender.snapshot();
    for (let step = 0; step < 200; step += 1) {
      change(holding(`A${step % 7}`, String(step)));
      if (step % 5 === 0) change(halt(step % 2 === 0));
      if (step % 3 === 0) await clock.advance(FRAME_MS);
    }
    await clock.advance(FRAME_MS);
    expect(sent.map((batch) => batch.seq)).toEqual(sent.map((_batch, index) => snapshot.seq + 1 + index));
    expect(replay(snapshot, sent)).toEqual(state());
  });

  it('keeps the numbers unbroken over a second snapshot, whoever asked for it', async () => {
    const { change, clock, sender, sent, state } = start();
    const first = sender.snapshot();
    change(holding('BTC', '1'));
    const second = sender.snapshot();
    expect(second.slices.holdings).toHaveLength(1);
    await clock.advance(FRAME_MS);
    expect(sent.map((batch) => batch.seq)).toEqual([first.seq + 1]);
    expect(replay(first, sent)).toEqual(state());
    expect(replay(second, sent)).toEqual(state());
  });

  it('stops when the window is gone, keeps nothing for it, and starts again with its next snapshot', async () => {
    const { change, clock, sender, sent, setWindow } = start();
    sender.snapshot();
    setWindow(false);
    change(halt(true));
    change(holding('BTC', '1'));
    expect(clock.pending()).toBe(0);
    expect(sent).toEqual([]);

    setWindow(true);
    const snapshot = sender.snapshot();
    change(halt(false));
    expect(sent).toEqual([{ seq: snapshot.seq + 1, patches: [halt(false)] }]);
  });

  it('leaves a gap for a window that hung while something changed, so that it asks for a snapshot', async () => {
    const { change, clock, sender, sent } = start();
    const { seq } = sender.snapshot();
    sender.pause();
    for (let step = 0; step < 1_000; step += 1) change(holding('BTC', String(step)), halt(true));
    await clock.advance(60_000);
    expect(sent).toEqual([]);
    sender.resume();
    expect(sent).toEqual([{ seq: seq + 2, patches: [] }]);
  });

  it('leaves no gap when nothing changed while the window hung', () => {
    const { change, sender, sent } = start();
    const { seq } = sender.snapshot();
    sender.pause();
    sender.resume();
    change(halt(true));
    expect(sent.map((batch) => batch.seq)).toEqual([seq + 1]);
  });

  it('leaves nothing running behind when it is disposed', () => {
    const { change, clock, sender } = start();
    sender.snapshot();
    change(holding('BTC', '1'));
    sender.dispose();
    change(holding('BTC', '2'));
    expect(clock.pending()).toBe(0);
  });
});

function holding(asset: string, priceUsd: string): DeskPatch {
  const value = aHolding({
    backendId: 'main',
    asset,
    quantity: '1',
    priceUsd,
    valueUsd: priceUsd,
    updatedAtMs: 1,
  });
  return { slice: 'holdings', key: `main/${asset}`, value };
}

function halt(enabled: boolean): DeskPatch {
  const value = { backendId: 'main', enabled, reason: null, setBy: null, changedAtMs: null, readAtMs: 1 };
  return { slice: 'killSwitches', key: 'main', value };
}

type State = Map<string, unknown>;

function apply(state: State, patch: DeskPatch): void {
  if (patch.value === null) state.delete(`${patch.slice} ${patch.key}`);
  else state.set(`${patch.slice} ${patch.key}`, patch.value);
}

function replay(snapshot: DeskSnapshot, batches: readonly DeskPatchBatch[]): State {
  const state: State = new Map();
  for (const slice of SLICE_NAMES)
    for (const [key, value] of snapshot.slices[slice]) state.set(`${slice} ${key}`, value);
  for (const batch of batches) for (const patch of batch.patches) apply(state, patch);
  return state;
}

/** A desk that is only its patches, and a window that keeps what it is sent. */
function start() {
  const clock = createManualClock();
  const state: State = new Map();
  const sent: DeskPatchBatch[] = [];
  let hasWindow = true;
  let listener: Parameters<DeskPort['onPatches']>[0] = () => {};
  const entriesOf = <S extends SliceName>(slice: S): [string, DeskSlices[S]][] =>
    [...state]
      .filter(([key]) => key.startsWith(`${slice} `))
      .map(([key, value]) => [key.slice(slice.length + 1), value as DeskSlices[S]]);
  const sender = createPatchSender({
    desk: {
      onPatches(given) {
        listener = given;
        return () => (listener = () => {});
      },
      snapshot: () => ({
        slices: Object.fromEntries(
          SLICE_NAMES.map((slice) => [slice, entriesOf(slice)]),
        ) as DeskSnapshot['slices'],
      }),
    },
    frameClock: clock,
    send(batch) {
      if (hasWindow) sent.push(batch);
      return hasWindow;
    },
  });
  const change = (...patches: DeskPatch[]): void => {
    for (const patch of patches) apply(state, patch);
    listener(patches, event);
  };
  return {
    change,
    clock,
    sender,
    sent,
    state: () => state,
    setWindow: (present: boolean) => void (hasWindow = present),
  };
}

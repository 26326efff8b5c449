import { describe, expect, it } from 'vitest';

import type { DeskPatch, DeskPatchBatch } from '#shared/domain/desk.ts';

import type { DeskPort } from '../desk/port.ts';
import { createManualClock } from '../lib/clock.ts';
import { createPatchHub } from './patch-hub.ts';
import { FRAME_MS } from './patches.ts';

const halt = (enabled: boolean): DeskPatch => ({
  slice: 'killSwitches',
  key: 'bot',
  value: { backendId: 'bot', enabled, reason: null, setBy: null, changedAtMs: null, readAtMs: 1 },
});

/** What it was that changed matters to nobody here. */
const NO_EVENT = { type: 'alert-acknowledged', alertKey: 'none', atMs: 0 } as const;

function bench() {
  const clock = createManualClock();
  const listeners = new Set<Parameters<DeskPort['onPatches']>[0]>();
  const sent: { windowId: number; batch: DeskPatchBatch }[] = [];
  const hub = createPatchHub({
    desk: {
      onPatches(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      snapshot: () => ({ atMs: 0, slices: {} as never }),
    },
    frameClock: clock,
    send: (windowId, batch) => sent.push({ windowId, batch }) > 0,
  });
  return {
    hub,
    clock,
    listeners,
    change: (enabled: boolean) => listeners.forEach((listener) => listener([halt(enabled)], NO_EVENT)),
    seqOf: (windowId: number) =>
      sent.filter((one) => one.windowId === windowId).map(({ batch }) => batch.seq),
  };
}

describe('the patches of several windows', () => {
  it('have a sequence for each window, that begins with its own snapshot', () => {
    const { hub, change, seqOf } = bench();
    expect(hub.snapshot(1).seq).toBe(0);
    change(true);
    change(false);
    expect(hub.snapshot(2).seq).toBe(0);
    change(true);
    expect(seqOf(1)).toEqual([1, 2, 3]);
    expect(seqOf(2)).toEqual([1]);
  });

  it('D7 an unseen window is sent nothing, and leaves no timer, until it is seen; then a gap makes it ask', async () => {
    const { hub, clock, change, seqOf } = bench();
    hub.snapshot(1);
    hub.snapshot(2);
    hub.pause(2, 'unseen');
    change(true);
    change(false);
    expect(seqOf(2)).toEqual([]);
    await clock.advance(10 * FRAME_MS);
    expect(seqOf(1)).toEqual([1, 2]);
    hub.resume(2, 'unseen');
    expect(seqOf(2)).toEqual([2]);
    expect(hub.snapshot(2).seq).toBe(2);
    change(true);
    expect(seqOf(2)).toEqual([2, 3]);
  });

  it('a window that asks while nobody sees it gets its snapshot and no more', () => {
    const { hub, change, seqOf } = bench();
    hub.pause(1, 'unseen');
    expect(hub.snapshot(1).seq).toBe(0);
    change(true);
    expect(seqOf(1)).toEqual([]);
  });

  it('K4 what changed while nobody saw a window is not forgotten because something in it asked meanwhile', () => {
    const { hub, change, seqOf } = bench();
    hub.snapshot(1);
    hub.pause(1, 'unseen');
    change(true);
    hub.snapshot(1);
    hub.resume(1, 'unseen');
    expect(seqOf(1)).toEqual([2]);
  });

  it('a window that hangs and is unseen is sent something again when it is neither', () => {
    const { hub, change, seqOf } = bench();
    hub.snapshot(1);
    hub.pause(1, 'unseen');
    hub.pause(1, 'hung');
    hub.resume(1, 'unseen');
    change(true);
    expect(seqOf(1)).toEqual([]);
    hub.resume(1, 'hung');
    expect(seqOf(1)).toEqual([2]);
  });

  it('D7 a window that is gone costs nothing: it listens to the desk no more', () => {
    const { hub, listeners } = bench();
    hub.snapshot(1);
    hub.snapshot(2);
    expect(listeners.size).toBe(2);
    hub.forget(1);
    expect(listeners.size).toBe(1);
    hub.dispose();
    expect(listeners.size).toBe(0);
  });
});

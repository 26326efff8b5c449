import { EventEmitter } from 'node:events';

import { beforeEach, describe, expect, it } from 'vitest';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { watchHang } from './watch-hang.ts';

let clock: ManualClock;
let window: ReturnType<typeof createWindow>;
let told: boolean[];

/** A window without a screen: its events are all that matters here. */
function createWindow() {
  let ended = 0;
  const webContents = Object.assign(new EventEmitter(), {
    id: 7,
    forcefullyCrashRenderer() {
      ended += 1;
      webContents.emit('render-process-gone');
    },
  });
  return Object.assign(new EventEmitter(), { webContents, isDestroyed: () => false, ended: () => ended });
}

beforeEach(() => {
  clock = createManualClock();
  window = createWindow();
  told = [];
  watchHang(window, {
    name: 'desk',
    realClock: clock,
    log: silentLogger,
    onHang(windowId, hung) {
      expect(windowId).toBe(7);
      told.push(hung);
    },
  });
});

describe('D7 a page that hangs', () => {
  it('is told once, ended after ten seconds, and then is one that hangs no more', async () => {
    window.emit('unresponsive');
    await clock.advance(9_000);
    window.emit('unresponsive');
    expect(told).toEqual([true]);
    expect(window.ended()).toBe(0);
    await clock.advance(1_000);
    expect(window.ended()).toBe(1);
    expect(told).toEqual([true, false]);
  });

  it.each(['responsive', 'closed'])('that is %s in time is not ended', async (event) => {
    window.emit('unresponsive');
    window.emit(event);
    expect(told).toEqual([true, false]);
    await clock.advance(60_000);
    expect(window.ended()).toBe(0);
    expect(clock.pending()).toBe(0);
  });

  it('for the second time is found again', async () => {
    window.emit('unresponsive');
    await clock.advance(10_000);
    window.emit('unresponsive');
    await clock.advance(10_000);
    expect(window.ended()).toBe(2);
    expect(told).toEqual([true, false, true, false]);
  });
});

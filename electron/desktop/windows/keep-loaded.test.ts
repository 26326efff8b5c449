import { EventEmitter } from 'node:events';

import { beforeEach, describe, expect, it } from 'vitest';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { keepLoaded } from './keep-loaded.ts';

let clock: ManualClock;
let window: ReturnType<typeof createWindow>;
let told: string[];

/** A window without a screen: its events are all that matters here. */
function createWindow() {
  let reloads = 0;
  let isGone = false;
  const webContents = Object.assign(new EventEmitter(), { reload: () => (reloads += 1) });
  return {
    webContents,
    isDestroyed: () => isGone,
    close: () => (isGone = true),
    reloads: () => reloads,
    crash: (reason = 'crashed') => webContents.emit('render-process-gone', {}, { reason }),
    failToLoad: (isMainFrame = true) =>
      webContents.emit('did-fail-load', {}, -2, 'ERR_FAILED', 'app://quarterdeck/', isMainFrame),
  };
}

beforeEach(() => {
  clock = createManualClock();
  window = createWindow();
  told = [];
});
const keep = (giveUp?: () => void): void =>
  keepLoaded(window, clock, {
    onFailure: (words) => told.push(words),
    ...(giveUp === undefined ? {} : { giveUp }),
  });

describe('D7 the page of any window', () => {
  it.each([
    ['crashed', () => window.crash(), 'stopped working (crashed)'],
    ['could not be loaded', () => window.failToLoad(), 'could not be loaded (-2)'],
  ])('that %s is loaded again, after the event and not in it', async (_name, fail, words) => {
    keep();
    fail();
    expect(window.reloads()).toBe(0);
    await clock.advance(0);
    expect(window.reloads()).toBe(1);
    expect(told).toEqual([expect.stringContaining(words)]);
  });

  it('that ended as it was asked to, or only a part of which could not be loaded, is left alone', async () => {
    keep();
    window.crash('clean-exit');
    window.failToLoad(false);
    await clock.advance(60_000);
    expect(window.reloads()).toBe(0);
  });

  it('that fails again and again is tried every ten seconds, for ever', async () => {
    keep();
    for (let round = 1; round <= 6; round += 1) {
      window.failToLoad();
      await clock.advance(0);
      expect(window.reloads()).toBe(Math.min(round, 3));
    }
    await clock.advance(10_000);
    expect(window.reloads()).toBe(6);
  });

  it('that fails again and again is given up where its place shows elsewhere, and not for failures of an hour ago', async () => {
    let givenUp = 0;
    keep(() => (givenUp += 1));
    for (let round = 0; round < 3; round += 1) window.failToLoad();
    await clock.advance(3_600_000);
    window.crash();
    await clock.advance(0);
    expect([window.reloads(), givenUp]).toEqual([4, 0]);
    for (let round = 0; round < 3; round += 1) window.crash();
    await clock.advance(0);
    expect([window.reloads(), givenUp]).toEqual([6, 1]);
  });

  it('is not touched once the window is closed', async () => {
    keep();
    window.crash();
    window.close();
    await clock.advance(60_000);
    expect(window.reloads()).toBe(0);
  });
});

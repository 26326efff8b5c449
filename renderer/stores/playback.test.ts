// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { PlaybackState } from '#shared/domain/journal/playback.ts';

import { nowMs } from './clock.ts';
import { connectPlayback } from './playback.ts';

const BEGAN_MS = 1_000_000;
const REAL_MS = 9_000_000;
let push: (state: PlaybackState) => void;
let disconnect: () => void;

beforeEach(() => {
  vi.useFakeTimers({ now: REAL_MS });
  vi.stubGlobal('quarterdeck', {
    request: () => new Promise(() => undefined),
    on: (_name: string, listener: typeof push) => {
      push = listener;
      return () => undefined;
    },
  });
  disconnect = connectPlayback();
});

afterEach(() => {
  disconnect();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const played = (given: Partial<PlaybackState>): PlaybackState => ({
  stretch: { fromMs: BEGAN_MS, toMs: BEGAN_MS + 900_000 },
  positionMs: BEGAN_MS,
  atRealMs: Date.now(),
  playing: true,
  speed: 600,
  jumps: 1,
  gap: null,
  trouble: null,
  panicNow: false,
  ...given,
});

it('the time of the past runs between two tellings, and waits for the desk where no news comes: it names no time that does not show', () => {
  push(played({}));
  vi.advanceTimersByTime(200);
  expect(nowMs()).toBe(BEGAN_MS + 120_000);
  vi.advanceTimersByTime(60_000);
  expect(nowMs()).toBe(BEGAN_MS + 300_000);
  push(played({ positionMs: BEGAN_MS + 240_000 }));
  expect(nowMs()).toBe(BEGAN_MS + 240_000);
});

it('the time of the past never goes beyond the end of the stretch', () => {
  push(played({ positionMs: BEGAN_MS + 890_000 }));
  vi.advanceTimersByTime(400);
  expect(nowMs()).toBe(BEGAN_MS + 900_000);
});

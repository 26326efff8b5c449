import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  isReachable,
  placeOnDisplays,
  readOpenPlaces,
  readWindowState,
  writeOpenPlaces,
  writeWindowState,
} from './window-state.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const bounds = { x: 40, y: 30, width: 1200, height: 800 };

describe('the place of the window', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'window-state-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is found again after a restart', () => {
    const file = join(folder, 'below', 'window.json');
    writeWindowState(file, { bounds, maximized: true });
    expect(readWindowState(file)).toEqual({ bounds, maximized: true });
  });

  it.each([
    ['{'],
    ['null'],
    ['{"bounds":{"x":0,"y":0,"width":10,"height":10},"maximized":false}'],
    ['{"bounds":{"x":1e99}}'],
  ])('is forgotten when the file holds %s', (text) => {
    const file = join(folder, 'window.json');
    writeFileSync(file, text);
    expect(readWindowState(file)).toBeNull();
  });

  it('is forgotten, without harm, where nothing can be written', () => {
    const file = join(folder, 'occupied', 'window.json');
    writeFileSync(join(folder, 'occupied'), 'a file where a folder should be');
    writeWindowState(file, { bounds, maximized: false });
    expect(readWindowState(file)).toBeNull();
  });

  it('is only used where a person can take the window by its title bar', () => {
    expect(isReachable(bounds, [screen])).toBe(true);
    expect(isReachable({ ...bounds, x: -1_100 }, [screen])).toBe(false);
    expect(isReachable({ ...bounds, y: -400 }, [screen])).toBe(false);
    expect(isReachable({ ...bounds, y: 1_070 }, [screen])).toBe(false);
    expect(isReachable({ ...bounds, x: 2_000 }, [screen])).toBe(false);
    expect(isReachable({ ...bounds, x: 2_000 }, [screen, { ...screen, x: 1920 }])).toBe(true);
    expect(isReachable(bounds, [])).toBe(false);
  });

  it('is on its own screen again, wherever that stands by now, and nowhere when that screen is gone', () => {
    const laptop = { id: 1, workArea: screen };
    const second = { id: 2, workArea: { ...screen, x: 1_920 } };
    const there = { ...bounds, x: 2_000 };
    const state = { bounds: there, maximized: false, display: second };
    expect(placeOnDisplays(state, [laptop, second])).toEqual(there);
    const toTheLeft = { id: 2, workArea: { ...screen, x: -1_920, y: 200 } };
    expect(placeOnDisplays(state, [laptop, toTheLeft])).toEqual({ ...there, x: -1_840, y: bounds.y + 200 });
    expect(placeOnDisplays(state, [laptop])).toBeNull();
    // Another screen in the same spot will do, and so will a file that tells of no screen.
    expect(placeOnDisplays(state, [laptop, { ...second, id: 3 }])).toEqual(there);
    expect(placeOnDisplays({ bounds: there, maximized: false }, [laptop, second])).toEqual(there);
    expect(placeOnDisplays({ bounds: there, maximized: false }, [laptop])).toBeNull();
  });

  it('knows which places had windows of their own, each once, and none from a file that is something else', () => {
    const file = join(folder, 'open-places.json');
    expect(readOpenPlaces(file)).toEqual([]);
    writeOpenPlaces(file, ['market', 'approvals']);
    expect(readOpenPlaces(file)).toEqual(['market', 'approvals']);
    for (const [text, places] of [
      ['["market","market"]', ['market']],
      ['["../evil"]', []],
      ['{"market":true}', []],
      ['["mar', []],
    ] as const) {
      writeFileSync(file, text);
      expect(readOpenPlaces(file), text).toEqual(places);
    }
  });
});

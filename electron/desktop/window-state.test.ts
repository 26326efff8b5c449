import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { isReachable, readWindowState, writeWindowState } from './window-state.ts';

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
});

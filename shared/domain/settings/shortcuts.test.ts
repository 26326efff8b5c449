import { describe, expect, it } from 'vitest';

import { chordOf, DEFAULT_KEYS, FIXED_KEYS, keysNow, shortcutSettings } from './shortcuts.ts';

const press = (key: string, code: string, held: string[] = []) => ({
  key,
  code,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('cmd'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
});

describe('the keys of a press', () => {
  it.each([
    [press('k', 'KeyK', ['ctrl']), 'Mod+K'],
    [press('K', 'KeyK', ['cmd', 'shift']), 'Mod+Shift+K'],
    [press('j', 'KeyJ'), 'J'],
    [press('?', 'Slash', ['shift']), '?'],
    [press('?', 'Minus', ['shift']), '?'],
    [press('&', 'Digit1', ['ctrl']), 'Mod+1'],
    [press('1', 'Digit1', ['ctrl']), 'Mod+1'],
    [press(',', 'Comma', ['ctrl']), 'Mod+,'],
    [press('F6', 'F6'), 'F6'],
    [press('З', 'KeyP', ['ctrl', 'shift']), 'Mod+Shift+P'],
    [press('λ', 'KeyL', ['cmd']), 'Mod+L'],
    [press('a', 'KeyQ', ['ctrl']), 'Mod+A'],
  ])('are named alike on any keyboard: %o', (given, keys) => {
    expect(chordOf(given)).toBe(keys);
  });

  it.each(['Control', 'Shift', 'Enter', 'Escape', 'Tab', ' ', 'Dead', 'Process', 'ß', '\u0000'])(
    'are none for %j',
    (key) => expect(chordOf(press(key, ''))).toBeNull(),
  );
});

describe('the keys as they are now', () => {
  it('are the defaults, with what a person changed or took away', () => {
    expect(keysNow({})).toEqual(DEFAULT_KEYS);
    expect(keysNow({ palette: 'Mod+P', 'approvals.decline': null })).toMatchObject({
      palette: 'Mod+P',
      'approvals.decline': null,
      'approvals.next': 'J',
    });
  });

  it('go to one thing only, whatever a file says', () => {
    const now = keysNow({ 'place.deck': 'J', 'approvals.next': 'J' });
    expect([now['place.deck'], now['approvals.next']]).toEqual(['J', null]);
    const all = Object.values(keysNow({ mute: 'Mod+K', 'approvals.arm': 'D' })).filter(
      (keys) => keys !== null,
    );
    expect(new Set(all).size).toBe(all.length);
  });

  it('by default are none of those that are fixed, PANIC least of all', () => {
    const fixed = new Set(Object.keys(FIXED_KEYS));
    expect(Object.values(DEFAULT_KEYS).filter((keys) => keys !== null && fixed.has(keys))).toEqual([]);
  });

  it.each([
    { keys: { palette: 'Enter' } },
    { keys: { 'panic.press': 'P' } },
    { keys: { palette: 7 } },
    { keys: [] },
  ])('refuse what is none: %j', (stored) => expect(shortcutSettings.safeParse(stored).success).toBe(false));
});

import { describe, expect, it } from 'vitest';

import { acceleratorInWords, acceleratorOf, isAccelerator } from './accelerator.ts';
import { PANIC_HOTKEYS } from './settings.ts';

const press = (code: string, held = '') => ({
  code,
  ctrlKey: held.includes('c'),
  metaKey: held.includes('m'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
});

describe('keys for every program', () => {
  it.each(['CommandOrControl+Shift+F12', 'Alt+Space', 'CommandOrControl+Alt+Shift+9', ...PANIC_HOTKEYS])(
    '%s may be chosen',
    (keys) => expect(isAccelerator(keys)).toBe(true),
  );

  it.each([
    ['', 'nothing'],
    ['Q', 'a letter that is typed'],
    ['Shift+Q', 'a capital letter'],
    ['F12', 'a key that other programs live from'],
    ['Shift+Alt+Q', 'another order, which would be the same keys under two names'],
    ['Alt+Alt+Q', 'a modifier twice'],
    ['Alt+', 'no key'],
    ['Alt+Q+R', 'two keys'],
    ['Super+Q', 'a modifier that belongs to the desktop'],
    ['CommandOrControl+MediaPlay', 'a key that not every keyboard has'],
    ['commandorcontrol+q', 'other spelling'],
    ['Alt+F25', 'a key that does not exist'],
  ])('%j may not: %s', (keys) => expect(isAccelerator(keys)).toBe(false));

  it('are read from a press by their place on the keyboard', () => {
    expect(acceleratorOf(press('KeyQ', 'cs'))).toBe('CommandOrControl+Shift+Q');
    expect(acceleratorOf(press('Digit1', 'ma'))).toBe('CommandOrControl+Alt+1');
    expect(acceleratorOf(press('ArrowUp', 'a'))).toBe('Alt+Up');
    expect(acceleratorOf(press('ShiftLeft', 'cs'))).toBeNull();
    expect(acceleratorOf(press('KeyQ', 's'))).toBeNull();
  });

  it('are said as they stand on the keyboard', () => {
    expect(acceleratorInWords('CommandOrControl+Shift+Q', false)).toBe('Ctrl + Shift + Q');
    expect(acceleratorInWords('CommandOrControl+Shift+Q', true)).toBe('Cmd + Shift + Q');
  });
});

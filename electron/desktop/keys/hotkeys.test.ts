import { beforeEach, describe, expect, it } from 'vitest';

import type { Settings } from '#shared/domain/settings/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';

import { createHotkeys, hotkeyLimit } from './hotkeys.ts';
import { startShowHotkey } from './show-hotkey.ts';

const A = 'CommandOrControl+Shift+F12';
const B = 'CommandOrControl+Alt+Shift+P';

let system: Map<string, () => void>;
let elsewhere: Set<string>;
let hotkeys: ReturnType<typeof createHotkeys>;
let pressed: string[];

beforeEach(() => {
  system = new Map();
  elsewhere = new Set();
  pressed = [];
  hotkeys = createHotkeys({
    register(keys, onPress) {
      if (keys === 'nonsense') throw new Error('conversion failure');
      if (elsewhere.has(keys) || system.has(keys)) return false;
      system.set(keys, onPress);
      return true;
    },
    unregister: (keys) => void system.delete(keys),
  });
});

const onPress = (name: string) => () => void pressed.push(name);

describe('keys that work in every program', () => {
  it('are taken and given back', () => {
    expect(hotkeys.of('show').register(A, onPress('show'))).toBe(true);
    expect(hotkeys.states().show).toEqual({ kind: 'works', keys: A });
    system.get(A)?.();
    expect(pressed).toEqual(['show']);
    hotkeys.of('show').unregister(A);
    expect([...system]).toEqual([]);
    expect(hotkeys.states().show).toEqual({ kind: 'none' });
  });

  it('K10 the same keys wanted twice are PANIC’s, whoever came first, and the other one is told', () => {
    hotkeys.of('show').register(A, onPress('show'));
    expect(hotkeys.of('panic').register(A, onPress('panic'))).toBe(true);
    system.get(A)?.();
    expect(pressed).toEqual(['panic']);
    expect(hotkeys.states().show).toEqual({ kind: 'refused', keys: A, why: 'used-twice' });
  });

  it('go to the one that was refused as soon as PANIC gives them up', () => {
    hotkeys.of('panic').register(A, onPress('panic'));
    hotkeys.of('show').register(A, onPress('show'));
    hotkeys.of('panic').unregister(A);
    expect(hotkeys.states()).toEqual({ panic: { kind: 'none' }, show: { kind: 'works', keys: A } });
    system.get(A)?.();
    expect(pressed).toEqual(['show']);
  });

  it('that another program has, or that the system does not know, are refused in so many words', () => {
    elsewhere.add(A);
    expect(hotkeys.of('panic').register(A, onPress('panic'))).toBe(false);
    expect(hotkeys.of('show').register('nonsense', onPress('show'))).toBe(false);
    expect(hotkeys.states()).toEqual({
      panic: { kind: 'refused', keys: A, why: 'another-program' },
      show: { kind: 'refused', keys: 'nonsense', why: 'another-program' },
    });
  });

  it('say under Wayland that they may do nothing, and what works instead', () => {
    expect(hotkeyLimit({ XDG_SESSION_TYPE: 'wayland' })).toMatch(/Wayland.*quarterdeck:\/\/deck/s);
    expect(hotkeyLimit({ XDG_SESSION_TYPE: 'x11' })).toBeNull();
    expect(hotkeyLimit({})).toBeNull();
  });
});

it('the keys for showing the window follow the settings until they are no longer wanted', () => {
  let change: (settings: Settings) => void = () => {};
  const withKeys = (showHotkey: string | null) => settingsSchema.parse({ desktop: { showHotkey } });
  const stop = startShowHotkey({
    shortcuts: hotkeys.of('show'),
    settings: {
      get: () => withKeys(A),
      onChange(listener) {
        change = listener;
        return () => void pressed.push('stopped listening');
      },
    },
    toggle: onPress('toggle'),
  });
  system.get(A)?.();
  change(withKeys(B));
  expect([...system.keys()]).toEqual([B]);
  change(withKeys(null));
  expect([...system.keys()]).toEqual([]);
  change(withKeys(B));
  stop();
  expect([...system.keys()]).toEqual([]);
  expect(pressed).toEqual(['toggle', 'stopped listening']);
});

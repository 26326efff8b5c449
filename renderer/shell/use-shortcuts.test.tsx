// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { ShortcutKeys } from '#shared/domain/settings/shortcuts.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';

import { useSettingsStore } from '../stores/settings.ts';
import { openPlace, useUi } from '../stores/ui.ts';
import { useShortcuts } from './use-shortcuts.ts';

let root: Root;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  useSettingsStore.setState({ settings: null, trouble: null });
  openPlace('deck');
  root = createRoot(document.body);
  act(() => root.render(<Keys />));
});

afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
});

it('a key pressed before the settings are read means what the person set, once they are', () => {
  press('5');
  expect(useUi.getState().place).toBe('deck');
  read({ 'place.alerts': 'Mod+5', 'place.models': null });
  expect(useUi.getState().place).toBe('alerts');
});

it('an early press counts once, however often the settings change', () => {
  press('5');
  read({});
  expect(useUi.getState().place).toBe('models');
  openPlace('deck');
  read({});
  expect(useUi.getState().place).toBe('deck');
});

it('settings that cannot be read leave the keys that come with the desk', () => {
  act(() => useSettingsStore.setState({ trouble: 'The disk is gone.' }));
  press('5');
  expect(useUi.getState().place).toBe('models');
});

function Keys() {
  useShortcuts();
  return null;
}

function read(keys: ShortcutKeys): void {
  act(() => useSettingsStore.setState({ settings: settingsSchema.parse({ shortcuts: { keys } }) }));
}

function press(key: string): void {
  act(() => void window.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true })));
}

import { useMemo } from 'react';

import type { ShortcutName } from '#shared/domain/settings/shortcuts.ts';
import { chordOf, keysNow, SHORTCUT_NAMES } from '#shared/domain/settings/shortcuts.ts';

import { useSettingsStore } from './settings.ts';

/** The keys of everything that has some, as the person set them. */
export function useShortcutKeys(): Record<ShortcutName, string | null> {
  const changed = useSettingsStore((state) => state.settings?.shortcuts.keys);
  return useMemo(() => keysNow(changed ?? {}), [changed]);
}

/**
 * Whether the person's own keys are known. Until then a press may not be taken for what the keys mean by default: it may mean something
 * else to this person. Settings that cannot be read leave the default ones.
 */
export function areKeysKnown(): boolean {
  const { settings, trouble } = useSettingsStore.getState();
  return settings !== null || trouble !== null;
}

/** Calls when the person's keys are known, and at each change of the settings from then on. Returns the disposer. */
export const whenKeysKnown = (listener: () => void): (() => void) =>
  useSettingsStore.subscribe(() => {
    if (areKeysKnown()) listener();
  });

/**
 * What a press is for, if it is a shortcut that counts now: none does before the keys are known, and plain letters do not while something
 * is typed or a dialog lies over the place.
 */
export function shortcutOf(event: KeyboardEvent): ShortcutName | null {
  const keys = chordOf(event);
  if (keys === null || event.repeat || !areKeysKnown()) return null;
  const isPlain = !/^(?:Mod|Alt)\+/.test(keys);
  if (isPlain && (isTyping(event.target) || document.querySelector('[role="dialog"]') !== null)) return null;
  const now = keysNow(useSettingsStore.getState().settings?.shortcuts.keys ?? {});
  return SHORTCUT_NAMES.find((name) => now[name] === keys) ?? null;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);

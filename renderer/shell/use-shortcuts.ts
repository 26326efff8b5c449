import { useLayoutEffect, useRef } from 'react';

import type { ShortcutName } from '#shared/domain/settings/shortcuts.ts';
import { chordOf, PANIC_KEYS } from '#shared/domain/settings/shortcuts.ts';

import { toggleMuted } from '../stores/mute.ts';
import { areKeysKnown, shortcutOf, whenKeysKnown } from '../stores/shortcuts.ts';
import { openPlace, setCheatSheetOpen, setPaletteOpen, setPanicOpen, useUi } from '../stores/ui.ts';
import { focusPlace } from '../ui/focus-place.ts';
import { useWindowKeys } from '../ui/use-window-keys.ts';
import { places } from './places.ts';
import { focusNextRegion } from './regions.ts';

/** The keys that work everywhere in the window; those of a place are the place's own. */
export function useShortcuts(): void {
  /** Presses of a person who is faster than their settings. */
  const early = useRef<KeyboardEvent[]>([]);
  useWindowKeys((event) => {
    if (takeFixed(chordOf(event)) || take(shortcutOf(event))) event.preventDefault();
    else if (!areKeysKnown()) early.current.push(event);
  });
  useLayoutEffect(
    () =>
      whenKeysKnown(() => {
        for (const event of early.current.splice(0)) take(shortcutOf(event));
      }),
    [],
  );
}

function takeFixed(keys: string | null): boolean {
  switch (keys) {
    case PANIC_KEYS:
      // The second press is the dialog's: it listens for the same keys while it is open.
      if (!useUi.getState().panicOpen) setPanicOpen(true, 'hotkey');
      return true;
    case 'Mod+,':
      openPlace('settings');
      focusPlace();
      return true;
    case 'F6':
      focusNextRegion(1);
      return true;
    case 'Shift+F6':
      focusNextRegion(-1);
      return true;
    default:
      return false;
  }
}

function take(name: ShortcutName | null): boolean {
  if (name === null) return false;
  if (name === 'palette') setPaletteOpen(!useUi.getState().paletteOpen);
  else if (name === 'cheat-sheet') setCheatSheetOpen(true);
  else if (name === 'mute') void toggleMuted();
  else {
    const info = places.find(({ place }) => name === `place.${place}`);
    if (info === undefined) return false;
    openPlace(info.place);
    focusPlace();
  }
  return true;
}

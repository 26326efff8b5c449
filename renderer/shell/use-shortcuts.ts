import { useEffect } from 'react';

import { openPlace, setPaletteOpen, setPanicOpen, useUi } from '../stores/ui.ts';
import { focusPlace } from '../ui/focus-place.ts';
import { places } from './places.ts';
import { focusNextRegion } from './regions.ts';

/** The keys that work everywhere in the window. `Mod` is Ctrl, or Cmd on a Mac. */
export function useShortcuts(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key === 'F6') {
        event.preventDefault();
        focusNextRegion(event.shiftKey ? -1 : 1);
        return;
      }
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === 'k' && !event.shiftKey) {
        event.preventDefault();
        setPaletteOpen(!useUi.getState().paletteOpen);
      } else if (key === 'p' && event.shiftKey) {
        // The second press is the dialog's: it listens for the same keys while it is open.
        event.preventDefault();
        if (!useUi.getState().panicOpen) setPanicOpen(true, 'hotkey');
      } else {
        const place = places.find((one) => one.shortcut === key);
        if (place === undefined || event.shiftKey) return;
        event.preventDefault();
        openPlace(place.place);
        focusPlace();
      }
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

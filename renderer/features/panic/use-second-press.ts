import { chordOf, PANIC_KEYS } from '#shared/domain/settings/shortcuts.ts';

import { useWindowKeys } from '../../ui/use-window-keys.ts';

/** The keys of PANIC pressed again while its question is open are the second press (K10). */
export function useSecondPress(open: boolean, press: () => void): void {
  useWindowKeys((event) => {
    if (chordOf(event) !== PANIC_KEYS || event.repeat) return;
    event.preventDefault();
    press();
  }, open);
}

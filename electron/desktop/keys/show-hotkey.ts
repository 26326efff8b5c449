import type { Disposer } from '../../lib/disposables.ts';
import type { SettingsPort } from '../../settings/port.ts';
import type { SystemShortcuts } from './hotkeys.ts';

export interface ShowHotkeyParts {
  shortcuts: SystemShortcuts;
  settings: Pick<SettingsPort, 'get' | 'onChange'>;
  /** Shows the window, or hides it when it is in front. */
  toggle(): void;
}

/** Shows and hides the window by keys that work in every program, where the person has chosen some. */
export function startShowHotkey({ shortcuts, settings, toggle }: ShowHotkeyParts): Disposer {
  let current: string | null = null;

  function choose(wanted: string | null): void {
    if (wanted === current) return;
    if (current !== null) shortcuts.unregister(current);
    current = wanted;
    // Refused keys stay wanted: they are taken as soon as PANIC gives them up. The settings show how it stands.
    if (wanted !== null) shortcuts.register(wanted, toggle);
  }

  choose(settings.get().desktop.showHotkey);
  const stopListening = settings.onChange(({ desktop }) => choose(desktop.showHotkey));
  return () => {
    stopListening();
    choose(null);
  };
}

import type { PanicHotkey } from '#shared/domain/settings/settings.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { PanicControl } from '../../commands/port.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { SettingsPort } from '../../settings/port.ts';

/** The second press counts within this. */
const ARMED_MS = 5 * SECOND_MS;

export interface PanicHotkeyParts {
  /** The system's shortcuts; `register` answers false where another program has the keys. */
  shortcuts: {
    register(keys: PanicHotkey, onPress: () => void): boolean;
    unregister(keys: PanicHotkey): void;
  };
  settings: Pick<SettingsPort, 'get' | 'onChange'>;
  panic: Pick<PanicControl, 'press'>;
  /** The machine's: a person's two presses are not a matter of the desk's clock. */
  realClock: Clock;
  /** Shows the question in the window, or takes it away. */
  ask(open: boolean): void;
  onRefused(keys: PanicHotkey): void;
}

/** PANIC in two presses of keys that work in every program, where the person has chosen some (K10). */
export function startPanicHotkey(parts: PanicHotkeyParts): Disposer {
  const { settings, shortcuts, realClock } = parts;
  let current: PanicHotkey | null = null;
  let armedUntilMs = -Infinity;

  function onPress(): void {
    if (realClock.now() <= armedUntilMs) {
      armedUntilMs = -Infinity;
      parts.panic.press('hotkey');
      parts.ask(false);
      return;
    }
    armedUntilMs = realClock.now() + ARMED_MS;
    parts.ask(true);
  }

  function choose(wanted: PanicHotkey | null): void {
    if (wanted === current) return;
    if (current !== null) shortcuts.unregister(current);
    current = wanted;
    armedUntilMs = -Infinity;
    if (wanted !== null && !shortcuts.register(wanted, onPress)) {
      current = null;
      parts.onRefused(wanted);
    }
  }

  choose(settings.get().panic.hotkey);
  const stopListening = settings.onChange(({ panic }) => choose(panic.hotkey));
  return () => {
    stopListening();
    choose(null);
  };
}

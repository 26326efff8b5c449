import type { HotkeyName, HotkeyState } from '#shared/domain/settings/desktop.ts';

/** The system's shortcuts; `register` answers false where another program has the keys. */
export interface SystemShortcuts {
  register(keys: string, onPress: () => void): boolean;
  unregister(keys: string): void;
}

/** Who comes first where the same keys are wanted twice: nothing may take PANIC's. */
const BY_RIGHT: readonly HotkeyName[] = ['panic', 'show'];

export interface Hotkeys {
  /** One owner's view of the system's shortcuts. */
  of(name: HotkeyName): SystemShortcuts;
  states(): Record<HotkeyName, HotkeyState>;
}

/** Keeps apart who has which keys, so that two wishes for the same ones end in words and not in silence. */
export function createHotkeys(system: SystemShortcuts): Hotkeys {
  const wanted = new Map<HotkeyName, { keys: string; onPress: () => void }>();
  const states: Record<HotkeyName, HotkeyState> = { panic: { kind: 'none' }, show: { kind: 'none' } };

  function settle(): void {
    const free = (name: HotkeyName, keys: string): boolean =>
      BY_RIGHT.slice(0, BY_RIGHT.indexOf(name)).every((other) => wanted.get(other)?.keys !== keys);
    // First whatever has to be given back, then what may be taken.
    for (const name of BY_RIGHT) {
      const state = states[name];
      const wish = wanted.get(name);
      if (state.kind !== 'works' || (state.keys === wish?.keys && free(name, state.keys))) continue;
      system.unregister(state.keys);
      states[name] = { kind: 'none' };
    }
    for (const name of BY_RIGHT) {
      const wish = wanted.get(name);
      if (wish === undefined) states[name] = { kind: 'none' };
      else if (states[name].kind !== 'works') states[name] = take(wish, free(name, wish.keys));
    }
  }

  function take(wish: { keys: string; onPress: () => void }, isFree: boolean): HotkeyState {
    const { keys, onPress } = wish;
    if (!isFree) return { kind: 'refused', keys, why: 'used-twice' };
    return registers(keys, onPress)
      ? { kind: 'works', keys }
      : { kind: 'refused', keys, why: 'another-program' };
  }

  /** What the system does not know as keys it refuses by throwing. */
  function registers(keys: string, onPress: () => void): boolean {
    try {
      return system.register(keys, onPress);
    } catch {
      return false;
    }
  }

  return {
    of: (name) => ({
      register(keys, onPress) {
        wanted.set(name, { keys, onPress });
        settle();
        return states[name].kind === 'works';
      },
      unregister(keys) {
        if (wanted.get(name)?.keys !== keys) return;
        wanted.delete(name);
        settle();
      },
    }),
    states: () => ({ ...states }),
  };
}

/** Why keys that the system took may do nothing all the same: where programs get them from a portal, if it likes. */
export function hotkeyLimit(env: Readonly<Record<string, string | undefined>>): string | null {
  if (env.XDG_SESSION_TYPE !== 'wayland') return null;
  return (
    'This is a Wayland session: the desktop decides whether a program gets keys while another one is in front, and does not ' +
    'always say so. Try them once. What works everywhere is a key of the system’s own settings with the command ' +
    '“quarterdeck quarterdeck://deck”; it shows the window.'
  );
}

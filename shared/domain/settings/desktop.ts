import { z } from 'zod';

import { accelerator } from './accelerator.ts';

/** How the desk lives among other programs. */
export const desktopSettings = z.object({
  /** Keys that show the window, or hide it when it is in front, from any program. */
  showHotkey: accelerator.nullable().default(null),
});

/** Looking for updates. Off until a person wants it: no call is made before. */
export const updateSettings = z.object({
  /** `daily` looks once a day and says what it found; nothing is fetched or installed by itself. */
  check: z.enum(['off', 'daily']).default('off'),
  channel: z.enum(['latest', 'beta']).default('latest'),
});

export type UpdateSettings = z.infer<typeof updateSettings>;
export type UpdateChannel = UpdateSettings['channel'];

export type HotkeyName = 'panic' | 'show';

/** What became of keys that were chosen. */
export type HotkeyState =
  | { kind: 'none' }
  | { kind: 'works'; keys: string }
  | { kind: 'refused'; keys: string; why: 'another-program' | 'used-twice' };

/** How the desk stands on this computer's desktop, as far as the system tells. */
export interface DesktopStatus {
  hotkeys: Record<HotkeyName, HotkeyState>;
  /** Why keys that are registered may do nothing all the same, in words; null where they work. */
  hotkeyLimit: string | null;
  /** Whether somebody shows tray icons; without one, closing the window ends the desk. */
  hasTray: boolean;
  login: LoginStart;
}

/** Whether the system starts the desk at login. The system is asked, since the person may also change it there. */
export type LoginStart = { kind: 'on' | 'off' } | { kind: 'unavailable'; why: string };
/**
 * Where updating stands. Nothing goes on from one to the next without the person, except `checking` and `downloading`. Once it
 * is `ready`, some systems install it with the next quit whatever is said (`always`).
 */
export type UpdateState =
  | { kind: 'unavailable'; why: string }
  | { kind: 'idle' }
  | { kind: 'checking' }
  | { kind: 'up-to-date'; checkedAtMs: number }
  | { kind: 'available'; update: Update }
  | { kind: 'downloading'; update: Update; percent: number }
  | { kind: 'ready'; update: Update; atQuit: 'yes' | 'no' | 'always' }
  | { kind: 'failed'; message: string; update: Update | null };

export interface Update {
  version: string;
  /** Plain text, as released; empty where nothing was said. */
  notes: string;
  releasedAtMs: number | null;
  sizeBytes: number | null;
}

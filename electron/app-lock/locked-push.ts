import type { Settings } from '#shared/domain/settings/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';
import type { DeskPushes, PushName } from '#shared/ipc/contract.ts';

import type { LockGuard } from './port.ts';

type Push = <N extends PushName>(name: N, payload: DeskPushes[N]) => boolean;

/** What a window is told that may show nothing of the desk. Notices are veiled before they come here. */
const ALWAYS: ReadonlySet<PushName> = new Set<PushName>([
  'attention.notice',
  'attention.play-sound',
  'lock.changed',
  'quit.question',
  'settings.changed',
  'window.ask-panic',
]);

/** Passes on to the window what it may hold now. What it may not is answered as if there were no window. */
export function lockedPush(push: Push, guard: Pick<LockGuard, 'showsDesk'>): Push {
  return (name, payload) => {
    if (guard.showsDesk()) return push(name, payload);
    if (!ALWAYS.has(name)) return false;
    return name === 'settings.changed'
      ? push('settings.changed', lockedSettings(payload as Settings))
      : push(name, payload);
  };
}

/** How the window looks and how it is locked, and nothing of what is connected: everything else as out of the box. */
export const lockedSettings = ({ appearance, attention, security }: Settings): Settings =>
  settingsSchema.parse({ appearance, attention, security });

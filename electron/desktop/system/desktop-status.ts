import type { LoginStart } from '#shared/domain/settings/desktop.ts';

import type { Hotkeys } from '../keys/hotkeys.ts';
import type { LoginStartPort } from '../lifecycle/login-start.ts';
import type { DesktopPort } from '../port.ts';

export interface DesktopStatusParts {
  hotkeys: Pick<Hotkeys, 'states'>;
  hotkeyLimit: string | null;
  hasTray(): Promise<boolean>;
  /** Or why the system cannot start the desk, in words. */
  login: { port: LoginStartPort } | { why: string };
}

/** Tells how the desk stands among other programs, asked anew each time: most of it changes behind the desk's back. */
export function createDesktopStatus(parts: DesktopStatusParts): DesktopPort {
  const { login } = parts;
  const loginNow = (): LoginStart =>
    'why' in login ? { kind: 'unavailable', why: login.why } : login.port.read();
  return {
    status: async () => ({
      hotkeys: parts.hotkeys.states(),
      hotkeyLimit: parts.hotkeyLimit,
      hasTray: await parts.hasTray(),
      login: loginNow(),
    }),
    startAtLogin(on) {
      if ('why' in login) throw new Error(login.why);
      login.port.set(on);
    },
  };
}

import type { DesktopPort } from '../desktop/port.ts';
import type { UpdatesPort } from '../updates/port.ts';
import type { RequestHandlers } from './router.ts';

export interface DesktopHandlerParts {
  desktop: DesktopPort;
  updates: UpdatesPort;
}

type DesktopRequest = Extract<keyof RequestHandlers, `desktop.${string}` | `updates.${string}`>;

/** What the window asks about this computer and changes on it. */
export function createDesktopHandlers({
  desktop,
  updates,
}: DesktopHandlerParts): Pick<RequestHandlers, DesktopRequest> {
  return {
    'desktop.status': () => desktop.status(),
    'desktop.start-at-login': ({ on }) => {
      desktop.startAtLogin(on);
      return desktop.status();
    },
    'updates.state': () => updates.state(),
    'updates.check': () => updates.check(),
    'updates.download': () => updates.download(),
    'updates.cancel': () => updates.cancel(),
    'updates.install': ({ when }) => updates.install(when),
  };
}

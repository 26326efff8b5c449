import type { DesktopPort } from '../desktop/port.ts';
import type { RequestHandlers } from './router.ts';

export interface DesktopHandlerParts {
  desktop: DesktopPort;
}

/** What the window asks about this computer and changes on it. */
export function createDesktopHandlers({
  desktop,
}: DesktopHandlerParts): Pick<RequestHandlers, 'desktop.status' | 'desktop.start-at-login'> {
  return {
    'desktop.status': () => desktop.status(),
    'desktop.start-at-login': ({ on }) => {
      desktop.startAtLogin(on);
      return desktop.status();
    },
  };
}

import type { DesktopStatus } from '#shared/domain/settings/desktop.ts';

/** How the desk lives on this computer, as far as the window may ask and change it. */
export interface DesktopPort {
  status(): Promise<DesktopStatus>;
  /** Throws with words where the system refuses. */
  startAtLogin(on: boolean): void;
}

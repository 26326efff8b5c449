import type { SettingsFilePort } from '../settings-file/port.ts';
import type { RequestHandlers } from './router.ts';

/** What the window may ask of settings as a file. */
export function createSettingsFileHandlers(
  file: SettingsFilePort,
): Pick<RequestHandlers, Extract<keyof RequestHandlers, `settings-file.${string}`>> {
  return {
    'settings-file.export': () => file.export(),
    'settings-file.open': () => file.open(),
    'settings-file.apply': ({ importId, careful }) => file.apply(importId, careful),
    'settings-file.undo': () => file.undo(),
    'settings-file.last': () => file.last(),
  };
}

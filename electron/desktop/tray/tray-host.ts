import { execFile } from 'node:child_process';

const QUESTION = [
  '--session',
  '--print-reply=literal',
  '--reply-timeout=1000',
  '--dest=org.freedesktop.DBus',
  '/org/freedesktop/DBus',
  'org.freedesktop.DBus.NameHasOwner',
  'string:org.kde.StatusNotifierWatcher',
];

/**
 * Whether a tray icon is really seen by anybody. On Linux a desktop may show none, and Electron does not tell; hiding the
 * window behind such an icon would leave a person without a way back, so what cannot be asked counts as no.
 */
export function hasTrayHost(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return Promise.resolve(true);
  return new Promise((resolve) => {
    execFile('dbus-send', QUESTION, { timeout: 2_000 }, (error, stdout) =>
      resolve(error === null && stdout.includes('true')),
    );
  });
}

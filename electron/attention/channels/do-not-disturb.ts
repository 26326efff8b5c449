import { execFile } from 'node:child_process';

const QUESTION = [
  '--session',
  '--print-reply=literal',
  '--reply-timeout=1000',
  '--dest=org.freedesktop.Notifications',
  '/org/freedesktop/Notifications',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.freedesktop.Notifications',
  'string:Inhibited',
];

/**
 * Whether the system holds notifications back; `null` where that cannot be asked: on Linux a server that does not have the
 * property `Inhibited` (GNOME's), and macOS and Windows, which tell programs nothing through Electron.
 */
export function isDoNotDisturb(platform: NodeJS.Platform): Promise<boolean | null> {
  if (platform !== 'linux') return Promise.resolve(null);
  return new Promise((resolve) => {
    execFile('dbus-send', QUESTION, { timeout: 2_000 }, (error, stdout) => {
      if (error !== null) resolve(null);
      else resolve(/\btrue\b/.test(stdout) ? true : /\bfalse\b/.test(stdout) ? false : null);
    });
  });
}

import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';

import { app, Notification } from 'electron';

import type { SystemProbes } from '../../diagnostics/port.ts';
import type { SoundPage } from '../windows/sound-page.ts';

const SERVICE = 'org.freedesktop.Notifications';

/** What the self-check asks of the system. `played` is told what became of a sound by its id. */
export function createSystemProbes(
  soundPage: Pick<SoundPage, 'play'>,
  onPlayed: (playId: string, listener: (error: string | null) => void) => void,
): SystemProbes {
  let plays = 0;
  return {
    async notificationTrouble() {
      if (!Notification.isSupported()) return 'This system shows no notifications.';
      if (process.platform !== 'linux' || (await hasService())) return null;
      return 'No program on this desktop shows notifications.';
    },
    soundTrouble: () =>
      new Promise((resolve) => {
        const playId = `self-check-${(plays += 1)}`;
        onPlayed(playId, resolve);
        if (!soundPage.play({ playId, sound: 'clear', volume: 0 }))
          resolve('the page that plays is not there.');
      }),
    async crashDumps() {
      const names = await readdir(app.getPath('crashDumps'), { recursive: true }).catch((): string[] => []);
      return names.filter((name) => name.endsWith('.dmp')).length;
    },
  };
}

/** Whether somebody shows notifications, or would be started to. */
async function hasService(): Promise<boolean> {
  const [running, startable] = await Promise.all([ask('ListNames'), ask('ListActivatableNames')]);
  return running.includes(SERVICE) || startable.includes(SERVICE);
}

const ask = (question: string): Promise<string> =>
  new Promise((resolve) => {
    const words = [
      '--session',
      '--print-reply=literal',
      '--reply-timeout=1000',
      '--dest=org.freedesktop.DBus',
    ];
    const call = ['/org/freedesktop/DBus', `org.freedesktop.DBus.${question}`];
    execFile('dbus-send', [...words, ...call], { timeout: 2_000 }, (error, stdout) =>
      resolve(error === null ? stdout : ''),
    );
  });

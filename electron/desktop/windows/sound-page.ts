import { BrowserWindow } from 'electron';

import type { SoundName } from '#shared/domain/attention/attention.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { Logger } from '../../lib/logger.ts';
import { SOUND_PAGE } from './app-page.ts';

export interface SoundPage {
  /** Plays once the page is there; `answer` is told `null` when it does, or why not. */
  play(request: { playId: string; sound: SoundName; volume: number }): boolean;
  dispose: Disposer;
}

/** It is only kept while it may be needed again soon. */
const KEPT_MS = 120_000;

/**
 * A page that nobody sees and that plays sounds where the desk's window cannot: gone, crashed or hung. It is made when it
 * is needed, has no preload script and so no way to ask anything.
 */
export function createSoundPage(parts: {
  realClock: Clock;
  log: Logger;
  answer(playId: string, error: string | null): void;
}): SoundPage {
  const { realClock, log, answer } = parts;
  let page: { window: BrowserWindow; loaded: Promise<void> } | null = null;
  let cancel: Disposer = () => {};

  function open(): { window: BrowserWindow; loaded: Promise<void> } {
    if (page !== null && !page.window.isDestroyed() && !page.window.webContents.isCrashed()) return page;
    page?.window.destroy();
    const window = new BrowserWindow({
      show: false,
      skipTaskbar: true,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        backgroundThrottling: false,
        // A sound announces what nobody clicked.
        autoplayPolicy: 'no-user-gesture-required',
      },
    });
    page = { window, loaded: window.loadURL(SOUND_PAGE) };
    return page;
  }

  function close(): void {
    cancel();
    if (page !== null && !page.window.isDestroyed()) page.window.destroy();
    page = null;
  }

  async function playIn({ playId, sound, volume }: Parameters<SoundPage['play']>[0]): Promise<void> {
    try {
      const { window, loaded } = open();
      cancel();
      cancel = realClock.after(KEPT_MS, close);
      await loaded.catch((error: unknown) => {
        // The next sound gets a page of its own: this one would never be there.
        if (page?.window === window) close();
        throw error;
      });
      await window.webContents.executeJavaScript(`playSound(${JSON.stringify(sound)}, ${volume})`);
      answer(playId, null);
    } catch (error) {
      log.warn('a sound was not played without the window', { sound });
      answer(playId, error instanceof Error ? error.message.slice(0, 300) : 'It could not be played.');
    }
  }

  return {
    play(request) {
      void playIn(request);
      return true;
    },
    dispose: close,
  };
}

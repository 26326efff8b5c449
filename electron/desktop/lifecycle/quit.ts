import { app } from 'electron';

import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';

/** Closing takes at most this long; what is not done by then is already safe on disk, or was never acknowledged. */
const QUIT_LIMIT_MS = 8_000;

export interface QuitParts {
  log: Logger;
  realClock: Clock;
  /** At once, so that the window is gone while the rest is closed. */
  before(): void;
  /** One after the other, each whatever became of the one before. */
  steps: readonly (() => void | Promise<void>)[];
}

/** Holds the end of the application back until everything is closed in order, once, and within a limit. */
export function quitInOrder({ log, realClock, before, steps }: QuitParts): void {
  let state: 'running' | 'closing' | 'closed' = 'running';

  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    before();
    realClock.after(QUIT_LIMIT_MS, () => end('closing took too long'));
    void close().then(() => end('closed'));
  });

  async function close(): Promise<void> {
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        log.error('a part did not close', { error });
      }
    }
  }

  function end(words: string): void {
    if (state === 'closed') return;
    state = 'closed';
    log.info(`${words}, the application ends`);
    app.quit();
  }
}

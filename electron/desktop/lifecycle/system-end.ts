import type { BrowserWindow } from 'electron';
import { app, powerMonitor } from 'electron';

import type { Disposer } from '../../lib/disposables.ts';

/**
 * The system shuts down or the person logs out: there is no time for a question. `told` writes down what goes on, and
 * the desk closes in order at once.
 */
export function onSystemEnd(told: () => void): Disposer {
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    told();
    app.quit();
  };
  const onWindow = (_event: unknown, window: BrowserWindow): void => {
    // Windows tells it by the window alone.
    window.on('session-end', end);
  };
  powerMonitor.on('shutdown', end);
  app.on('browser-window-created', onWindow);
  return () => {
    powerMonitor.off('shutdown', end);
    app.off('browser-window-created', onWindow);
  };
}

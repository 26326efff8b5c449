import { describeError, request } from '../bridge.ts';

const MAX_LENGTH = 4_000;

/** Hands an error of the window to the main process, which keeps it in its log. Never fails itself. */
export function reportError(error: unknown): void {
  const stack = error instanceof Error ? error.stack : undefined;
  const message = (stack ?? describeError(error)).slice(0, MAX_LENGTH);
  request('app.report-error', { message }).catch(() => {
    // The main process cannot be told; there is no one else to tell.
  });
}

/** Catches what no one caught, for the whole life of the page. */
export function reportUncaughtErrors(): void {
  window.addEventListener('error', (event) => reportError(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => reportError(event.reason));
}

import type { Clock } from '../../lib/clock.ts';

/** A driver that calls nothing, or comes later, holds the start up no longer. */
const ATTACHES_WITHIN_MS = 1_500;

/** What Playwright calls in the main process once it has attached. */
const CALLED_WHEN_ATTACHED = '__playwright_run';

interface DriverParts {
  commandLine: { hasSwitch(name: string): boolean };
  /** Where Node's inspector listens: only through it the main process can be called. */
  inspectorUrl: string | undefined;
  /** Where the driver looks for what it calls. */
  scope: object;
  clock: Pick<Clock, 'after'>;
}

/**
 * Resolves when a window may open: at once, unless both the page's and the main process's debugging ports were asked for. A driver
 * that attaches while a page is on its way is never told that it arrived, and gives up (9 of 60 starts on a busy machine). Given the
 * path of an Electron, Playwright does not hold it back by itself; where something else does, there is nothing to wait for.
 */
export function driverAttached({ commandLine, inspectorUrl, scope, clock }: DriverParts): Promise<void> {
  const mayCall = commandLine.hasSwitch('remote-debugging-port') && inspectorUrl !== undefined;
  const isHeldElsewhere = Reflect.has(scope, CALLED_WHEN_ATTACHED);
  if (!mayCall || isHeldElsewhere) return Promise.resolve();
  const attached: PromiseWithResolvers<void> = Promise.withResolvers();
  Reflect.set(scope, CALLED_WHEN_ATTACHED, attached.resolve);
  clock.after(ATTACHES_WITHIN_MS, attached.resolve);
  return attached.promise;
}

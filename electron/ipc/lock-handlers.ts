import type { AppLock } from '../app-lock/port.ts';
import type { RequestHandlers } from './router.ts';

/** What the window may ask of the lock. */
export function createLockHandlers(
  lock: AppLock,
): Pick<RequestHandlers, Extract<keyof RequestHandlers, `lock.${string}`>> {
  return {
    'lock.status': () => lock.status(),
    'lock.now': () => lock.lock('by hand'),
    'lock.unlock': ({ text }) => lock.unlock(text),
    'lock.set': ({ opensBy, text, current }) => lock.set(opensBy, text, current),
    'lock.remove': ({ current }) => lock.remove(current),
  };
}

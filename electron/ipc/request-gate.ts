import type { Envelope } from '#shared/ipc/contract.ts';

import type { Router } from './router.ts';

export interface RequestGate {
  /** Answers what the router answers, which may not be there yet. */
  router: Router;
  /** From now on requests pass, those that waited first and in the order in which they came. */
  open(router: Router): void;
}

/** More than any honest window asks before it draws; past it a page that floods is told so. PANIC is never turned away. */
const MOST_WAITING = 256;

/** Lets a window ask before the desk is there that answers it. Nothing is judged here: every request passes the router. */
export function createRequestGate(): RequestGate {
  const there = Promise.withResolvers<Router>();
  let opened: Router | null = null;
  let waiting = 0;

  return {
    async router(sender, name, params) {
      if (opened !== null) return opened(sender, name, params);
      if (waiting >= MOST_WAITING && name !== 'panic.press') return TOO_MANY;
      waiting += 1;
      return (await there.promise)(sender, name, params);
    },
    open(router) {
      opened = router;
      there.resolve(router);
    },
  };
}

const TOO_MANY: Envelope<never> = {
  ok: false,
  error: { code: 'unavailable', message: 'The window asks too much at once.' },
};

import { DAY_MS, HOUR_MS, SECOND_MS } from '#shared/time.ts';

import type { HttpAnswer, HttpPort } from '../../connections/port.ts';
import { HttpFailure } from '../../connections/port.ts';
import type { Clock } from '../../lib/clock.ts';
import { startElapsed } from '../../lib/elapsed.ts';
import type { AskOptions } from './ask-options.ts';
import { understood } from './answers.ts';
import { lifeMsOf, wireError, wireLogin } from './protocol.ts';

/** §7.5: the server checks no signature, so none is made. This one says so to whoever reads the server's log. */
export const SIGNATURE = 'none: this server does not check signatures, and Quarterdeck sends no real one';

/** The sign-in of one wallet. Its token lives in memory alone, and proves nothing. */
export interface Session {
  /** A token that is good for a while, signing in where there is none. Rejects with `HttpFailure`. */
  token(options: AskOptions): Promise<string>;
  /**
   * Signs in anew at the next need: the user behind the token is gone after a restart of the server (§2). With a token, only where it
   * is still that one: many requests may have been refused with it, and one sign-in is enough for them.
   */
  forget(refused?: string): void;
  /** Whether a 401 is about the token; some calls say it whatever the token (§7.3). */
  isStale(answer: HttpAnswer): boolean;
}

/** Replaced this long before it ends (§2: after 24 h). */
const AHEAD_MS = HOUR_MS;

const MISSING = 'No wallet is given: it is set in Settings, with this backend.';

export function createSession(api: HttpPort, wallet: string | null, clock: Clock): Session {
  let known: { token: string; age: () => number; lifeMs: number } | null = null;
  let signingIn: { token: Promise<string>; isPanic: boolean } | null = null;
  let generation = 0;

  async function signIn({ priority, timeoutMs, signal }: AskOptions): Promise<string> {
    if (wallet === null) throw new HttpFailure({ code: 'credentials', message: MISSING }, false);
    const mine = generation;
    const age = startElapsed(clock);
    const answer = await api.request({
      method: 'POST',
      path: '/api/auth/login',
      body: { walletAddress: wallet, signature: SIGNATURE },
      priority,
      timeoutMs: timeoutMs ?? 10 * SECOND_MS,
      ...(signal === undefined ? {} : { signal }),
    });
    const { token } = understood(answer, wireLogin, '/auth/login');
    const lifeMs = Math.min(lifeMsOf(token, clock.now()) ?? DAY_MS, DAY_MS);
    if (mine === generation) known = { token, age, lifeMs };
    return token;
  }

  return {
    token(options) {
      // One that ends at once is used once all the same: whether it is good is for the server to say.
      if (known !== null && known.age() < known.lifeMs - AHEAD_MS) return Promise.resolve(known.token);
      const isPanic = options.priority === 'panic';
      // PANIC does not wait for a sign-in that waits for room under the limit.
      if (signingIn !== null && (signingIn.isPanic || !isPanic)) return signingIn.token;
      const token = signIn(options).finally(() => {
        if (signingIn?.token === token) signingIn = null;
      });
      signingIn = { token, isPanic };
      return token;
    },
    forget(refused) {
      if (refused !== undefined && known?.token !== refused) return;
      generation += 1;
      known = null;
      signingIn = null;
    },
    isStale: ({ kind, body }) =>
      kind !== 'json' || wireError.safeParse(body).data?.error !== 'User not authenticated',
  };
}

import { HOUR_MS, SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import { plainText } from '../../lib/clean.ts';
import { startElapsed } from '../../lib/elapsed.ts';
import type { BackendContext } from '../port.ts';
import type { Client } from './client.ts';
import { sessionWords } from './client.ts';
import { EMAIL_SECRET, PASSWORD_SECRET } from './names.ts';
import { wireSignedIn } from './protocol.ts';

/** Its token ends after 24 h and cannot be renewed (§3): a new one is got before that, from the same device. */
const RENEW_AFTER_MS = 23 * HOUR_MS;

const DEVICE_ID = 'deviceId';

interface SignedIn {
  token: string;
  sessionId: string;
  userId: string;
  email: string;
  tier: string;
  /** Milliseconds since it was asked for. */
  age: () => number;
}

/** The one session of this desk on one VolSpike. Its token is held in memory only. */
export interface Session {
  current(): SignedIn | null;
  /** The token to ask with; signs in where there is none. Rejects once the session was ended from outside, until `restart`. */
  token(): Promise<string>;
  /** The session is over for this reason. Nothing signs in again by itself, which would end somebody else's session in turn. */
  end(message: string): void;
  /** As `end`, where it is this very session that the server names; answers whether it was. */
  endIf(sessionId: string, reason: string | undefined): boolean;
  /** As `end`, where it is still the session of this token; answers whether there is none any more. */
  endOf(token: string | null, message: string): boolean;
  /** A person wants to sign in again. */
  restart(): void;
}

/** `publicClient` carries no token. `newDeviceId` is used once; then the id is remembered, so that each start is the same device. */
export function createSession(
  context: Pick<BackendContext, 'secret' | 'memory' | 'clock'>,
  publicClient: Client,
  newDeviceId: () => string,
): Session {
  let signedIn: SignedIn | null = null;
  let ended: string | null = null;
  let signingIn: Promise<SignedIn> | null = null;
  let fallbackId: string | null = null;

  async function deviceId(): Promise<string> {
    const unreadable = Symbol('unreadable');
    const known = await context.memory.recall(DEVICE_ID).catch(() => unreadable);
    if (typeof known === 'string' && known !== '') return known;
    const made = (fallbackId ??= newDeviceId());
    // What is kept stays as it is: it may be read again by the next start.
    if (known === unreadable) return made;
    // Where it cannot be kept, the next start is another device: no reason not to sign in.
    await context.memory.remember(DEVICE_ID, made).catch(() => undefined);
    return made;
  }

  async function signIn(): Promise<SignedIn> {
    const [email, password] = await Promise.all([
      context.secret(EMAIL_SECRET),
      context.secret(PASSWORD_SECRET),
    ]);
    if (email === null || password === null) throw credentials('No e-mail and password are given.');
    const body = { email: email.trim(), password, deviceId: await deviceId() };
    const options = { priority: 'read', timeoutMs: 15 * SECOND_MS } as const;
    const age = startElapsed(context.clock);
    const { token, sessionId, user } = await publicClient
      .ask('/api/auth/signin', body, wireSignedIn, options)
      .catch((error: unknown) => {
        throw asRefusal(error);
      });
    return {
      token,
      sessionId,
      userId: user.id,
      email: user.email ?? email.trim(),
      tier: plainText(user.tier, 20),
      age,
    };
  }

  /** Read through a function: what changed during a wait is invisible to the compiler's narrowing. */
  const endedWords = (): string | null => ended;

  async function ensure(): Promise<SignedIn> {
    if (ended !== null) throw credentials(ended);
    if (signedIn !== null && signedIn.age() < RENEW_AFTER_MS) return signedIn;
    signingIn ??= signIn()
      .then((made) => {
        if (ended === null) signedIn = made;
        return made;
      })
      .finally(() => (signingIn = null));
    const made = await signingIn;
    const endedMeanwhile = endedWords();
    if (endedMeanwhile !== null) throw credentials(endedMeanwhile);
    return made;
  }

  function end(message: string): void {
    signedIn = null;
    ended = message;
  }

  /** While a new session is made the end of the old one is no news: the new one may be what ended it. */
  const isRenewing = (): boolean => signingIn !== null;

  return {
    current: () => signedIn,
    token: async () => (await ensure()).token,
    end,
    endIf(sessionId, reason) {
      if (isRenewing() || signedIn?.sessionId !== sessionId) return false;
      end(sessionWords(reason));
      return true;
    },
    endOf(token, message) {
      if (ended !== null) return true;
      if (isRenewing() || signedIn?.token !== token) return false;
      end(message);
      return true;
    },
    restart() {
      ended = null;
    },
  };
}

const credentials = (message: string): HttpFailure =>
  new HttpFailure({ code: 'credentials', message }, false);

/** Refused for what the account is, or for how it was typed: the same again would be refused again. */
function asRefusal(error: unknown): unknown {
  const isFinal =
    error instanceof HttpFailure &&
    error.sent &&
    (error.linkCause.code === 'refused' || error.message.startsWith('VolSpike did not accept this.'));
  return isFinal ? credentials(error.message) : error;
}

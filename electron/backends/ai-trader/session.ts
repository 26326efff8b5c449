import type { z } from 'zod';

import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { HttpPort } from '../../connections/port.ts';
import { plainText } from '../../lib/clean.ts';
import { redact } from '../../lib/redact.ts';
import { tokenClaims } from '../kit/token-claims.ts';
import type { BackendContext } from '../port.ts';
import { EMAIL_SECRET, PASSWORD_SECRET } from './secrets.ts';
import { detailOf } from './trouble.ts';
import { wireClaims, wireSignIn } from './protocol.ts';

/** A token is renewed when this little of its life is left, and never before half of it is over. */
const RENEW_AHEAD_MS = 2 * MINUTE_MS;
/** What the hosted sign-in gives by default (§2); for a token that does not say. */
const DEFAULT_LIFE_MS = HOUR_MS;
const SIGN_IN_WITHIN_MS = 8 * SECOND_MS;

/** The token of one account, in memory alone. Whoever waits for a sign-in that is under way shares it. */
export interface Session {
  /** Rejects with an `HttpFailure`: `credentials` when the account is refused, and then without asking again until `retry`. */
  token(): Promise<string>;
  /** The server did not take this token: the next caller signs in anew. */
  rejected(token: string): void;
  /** A person asks for another attempt with an account that was refused. */
  retry(): void;
}

/** `http` carries no credentials of its own. */
export function createSession(context: Pick<BackendContext, 'clock' | 'secret'>, http: HttpPort): Session {
  let current: { token: string; renewAtMs: number } | null = null;
  let signingIn: Promise<string> | null = null;
  let refusal: HttpFailure | null = null;

  async function signIn(): Promise<string> {
    const email = (await secret(EMAIL_SECRET)).trim();
    const password = await secret(PASSWORD_SECRET);
    if (email === '' || password === '') throw refused(SIGN_IN_MISSING, false);
    const answer = await http.request({
      method: 'POST',
      path: '/api/auth/login',
      body: { email, password },
      timeoutMs: SIGN_IN_WITHIN_MS,
      priority: 'panic',
    });
    const { status } = answer;
    if (status >= 200 && status < 300) {
      const parsed = answer.kind === 'json' ? wireSignIn.safeParse(answer.body) : null;
      if (parsed?.success !== true)
        throw failed('bad-answer', 'Signing in was answered by something that is not AI-Trader.');
      const token = parsed.data.access_token;
      current = { token, renewAtMs: context.clock.now() + lifeBeforeRenewal(token, context.clock.now()) };
      return token;
    }
    throw signInFailure(status, wordsWithout([email, password], detailOf(answer)));
  }

  async function secret(name: string): Promise<string> {
    try {
      return (await context.secret(name)) ?? '';
    } catch {
      throw refused('The e-mail address and password could not be read here.', false);
    }
  }

  return {
    token() {
      if (current !== null && context.clock.now() < current.renewAtMs) return Promise.resolve(current.token);
      if (refusal !== null) return Promise.reject(refusal);
      signingIn ??= signIn()
        .catch((error: unknown) => {
          if (error instanceof HttpFailure && error.linkCause.code === 'credentials') refusal = error;
          throw error;
        })
        .finally(() => (signingIn = null));
      return signingIn;
    },
    rejected(token) {
      if (current?.token === token) current = null;
    },
    retry() {
      refusal = null;
    },
  };
}

/**
 * How long a token serves. Its own issuing time counts, where it has one, so that a server's clock that differs from
 * ours does no harm. Nothing is verified: only the server can.
 */
function lifeBeforeRenewal(token: string, nowMs: number): number {
  const { exp, iat } = claimsOf(token);
  const saidMs =
    typeof exp === 'number' ? exp * SECOND_MS - (typeof iat === 'number' ? iat * SECOND_MS : nowMs) : NaN;
  const lifeMs = Number.isFinite(saidMs) && saidMs > 0 ? saidMs : DEFAULT_LIFE_MS;
  return lifeMs - Math.min(RENEW_AHEAD_MS, lifeMs / 2);
}

function claimsOf(token: string): z.infer<typeof wireClaims> {
  return wireClaims.safeParse(tokenClaims(token)).data ?? {};
}

const SIGN_IN_MISSING = 'No e-mail address and password are known here. Type them in Settings.';

/** Any failure behind the sign-in comes as 401 (§2): these words tell of the server's own trouble, which passes. */
const PASSING =
  /time[d -]*out|connect|unreachable|resolution|temporar|unavailable|gateway|network|\b(?:429|5\d\d)\b|rate limit|too many|\bseconds?\b|ssl|errno|name or service|expecting value|internal|unexpected|database error|peer/i;

function signInFailure(status: number, said: string): HttpFailure {
  const quote = said === '' ? '' : ` It says: “${said}”`;
  if (status === 401 && !PASSING.test(said))
    return refused(`AI-Trader refused the sign-in. Check e-mail address and password in Settings.${quote}`);
  if (status === 422 || status === 403)
    return refused(
      `AI-Trader did not accept this e-mail address and password. Check them in Settings.${quote}`,
    );
  if (status === 404 || status === 405)
    return failed('bad-answer', 'Nothing there knows how to sign in: it may not be AI-Trader.');
  return failed('server-error', `Signing in at AI-Trader failed (${status}).${quote}`);
}

const refused = (message: string, sent = true): HttpFailure =>
  new HttpFailure({ code: 'credentials', message }, sent);
const failed = (code: 'bad-answer' | 'server-error', message: string): HttpFailure =>
  new HttpFailure({ code, message }, true);

/** A refusal may repeat what was typed (a 422 does). */
function wordsWithout(secrets: readonly string[], said: string): string {
  const without = secrets.reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), said);
  return plainText(redact(without), 200);
}

import { createHmac, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import { parseJson } from '#shared/json.ts';
import { DAY_MS, SECOND_MS } from '#shared/time.ts';

import type { Volspike } from './context.ts';
import { keep, nowIso } from './context.ts';
import type { Session } from './documents.ts';
import { TIERS } from './tiers.ts';

/** Why a session ended, as the server says it (sheet, section 3). */
export const END_WORDS: Readonly<Record<string, string>> = {
  new_login: 'Session ended: You signed in on another device',
  session_limit: 'Session ended: You reached the limit of devices',
  user_revoked: 'Session ended: You signed out this device',
  admin_revoked: 'Session ended: An administrator signed you out',
  session_expired: 'Session expired: Please sign in again',
  expired: 'Session expired: Please sign in again',
  session_not_found: 'Session not found: Please sign in again',
  validation_error: 'Session could not be checked: Please sign in again',
  legacy_token: 'Session expired: Please sign in again',
};

/** Who a token stands for. `sessionId` only where it was proven by a real one. */
type Bearer =
  { kind: 'user'; sessionId: string | null } | { kind: 'invalid'; reason: string } | { kind: 'unknown-user' };

export interface Accounts {
  /** A session for this device; others end where the tier allows no more. */
  signIn(deviceId: string): { token: string; session: Session };
  read(token: string): Bearer;
  /** `null` while the session lives, else why it does not. */
  endOf(sessionId: string): string | null;
  end(sessions: readonly Session[], reason: string): void;
  living(): Session[];
}

/** `ended` is told for each session that ended, after it is saved. */
export function createAccounts(desk: Volspike, ended: (session: Session, reason: string) => void): Accounts {
  const { clock, state, unit } = desk;
  const sign = (text: string): string =>
    createHmac('sha256', state.tokenSecret).update(text).digest('base64url');

  function end(sessions: readonly Session[], reason: string): void {
    unit.commit(() => {
      for (const session of sessions) session.endedAs = reason;
    });
    for (const session of sessions) ended(session, reason);
  }

  function endOf(sessionId: string): string | null {
    const session = state.sessions.find(({ id }) => id === sessionId);
    return session === undefined ? 'session_not_found' : session.endedAs;
  }

  const living = (): Session[] => state.sessions.filter(({ endedAs }) => endedAs === null);

  function readJwt(token: string): Bearer {
    const [head, body, signature, ...rest] = token.split('.');
    if (head === undefined || body === undefined || signature === undefined || rest.length > 0)
      return { kind: 'invalid', reason: 'validation_error' };
    if (!isSame(signature, sign(`${head}.${body}`))) return { kind: 'invalid', reason: 'validation_error' };
    const parsed = claims.safeParse(decode(body));
    if (!parsed.success) return { kind: 'invalid', reason: 'legacy_token' };
    const { sub, sessionId, exp } = parsed.data;
    if (exp * SECOND_MS <= clock.now()) return { kind: 'invalid', reason: 'expired' };
    if (sub !== state.user.id) return { kind: 'unknown-user' };
    const reason = endOf(sessionId);
    return reason === null ? { kind: 'user', sessionId } : { kind: 'invalid', reason };
  }

  return {
    end,
    endOf,
    living,
    signIn(deviceId) {
      const { devices } = TIERS[state.user.tier];
      const same = living().find((session) => session.deviceId === deviceId);
      // What is over is signed out before the new one begins, the one used longest ago first.
      const others = living().filter((session) => session !== same);
      end(
        others.slice(0, Math.max(0, others.length + 1 - devices)),
        devices === 1 ? 'new_login' : 'session_limit',
      );
      const session = same ?? {
        id: desk.newId(),
        deviceId,
        createdAt: nowIso(desk),
        lastActivityAt: nowIso(desk),
        endedAs: null,
      };
      unit.commit(() => {
        session.lastActivityAt = nowIso(desk);
        if (same === undefined) keep(state.sessions, session, SESSIONS_KEPT);
      });
      const iat = Math.floor(clock.now() / SECOND_MS);
      const body = { sub: state.user.id, sessionId: session.id, iat, exp: iat + DAY_MS / SECOND_MS };
      const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(body)}`;
      return { token: `${text}.${sign(text)}`, session };
    },
    read(token) {
      if (token.includes('.')) return readJwt(token);
      // Taken without any proof, as on the reference server (sheet, section 3).
      const id = /^mock-token-(.+)-\d+$/.exec(token)?.[1] ?? token;
      return id === state.user.id ? { kind: 'user', sessionId: null } : { kind: 'unknown-user' };
    },
  };
}

const claims = z.object({ sub: z.string(), sessionId: z.string(), exp: z.number() });

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const decode = (text: string): unknown => parseJson(Buffer.from(text, 'base64url').toString('utf8'));

const SESSIONS_KEPT = 50;

import { z } from 'zod';

import type { Accounts } from './accounts.ts';
import { userRoutes } from './bearer.ts';
import type { Volspike } from './context.ts';
import { nowIso } from './context.ts';
import type { Route } from './http-server.ts';
import { failure, ok } from './http-server.ts';
import { TIERS } from './tiers.ts';

/** Sign-in and sessions (sheet, section 3). */
export function authRoutes(desk: Volspike, accounts: Accounts): Route[] {
  const { state } = desk;
  const own = userRoutes(accounts);
  const user = () => ({
    id: state.user.id,
    email: state.user.email,
    tier: state.user.tier,
    emailVerified: VERIFIED_AT,
    refreshInterval: 900,
    theme: 'dark',
    role: 'USER',
    status: 'ACTIVE',
    twoFactorEnabled: false,
  });
  const proven = { proven: true };

  return [
    {
      method: 'POST',
      path: '/api/auth/signin',
      run({ body }) {
        const parsed = signIn.safeParse(body);
        if (!parsed.success) return failure(400, 'Invalid request');
        const { email, password, deviceId } = parsed.data;
        if (email !== state.user.email) return failure(401, 'Invalid credentials');
        if (password !== state.user.password) return failure(401, 'Invalid email or password');
        // Without an id of its own every sign-in is a new device.
        const { token, session } = accounts.signIn(deviceId ?? desk.newId());
        return ok({ token, sessionId: session.id, user: user() });
      },
    },
    own('GET', '/api/auth/me', () => ok({ user: { ...user(), passwordChangedAt: null } }), proven),
    own('GET', '/api/auth/ping', () => ok({ ok: true, user: { ...user(), lastActiveAt: nowIso(desk) } })),
    own('GET', '/api/auth/sessions', ({ sessionId }) =>
      ok({
        sessions: accounts.living().map(({ id, deviceId, createdAt, lastActivityAt }) => ({
          id,
          deviceId,
          deviceName: 'Unknown Device',
          ipAddress: 'unknown',
          lastActivityAt,
          createdAt,
          isCurrent: id === sessionId,
        })),
        maxSessions: TIERS[state.user.tier].devices,
        tier: state.user.tier,
      }),
    ),
    own('POST', '/api/auth/sessions/:id/revoke', ({ params: [id] }) => {
      const session = accounts.living().find((one) => one.id === id);
      if (session === undefined) return failure(404, 'Session not found');
      accounts.end([session], 'user_revoked');
      return ok({ success: true });
    }),
    {
      method: 'GET',
      path: '/api/auth/sessions/validate',
      run({ headers }) {
        const token = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
        if (token === undefined) return ok({ valid: false, reason: 'session_not_found' });
        const bearer = accounts.read(token);
        if (bearer.kind === 'unknown-user') return ok({ valid: false, reason: 'session_not_found' });
        const userId = state.user.id;
        if (bearer.kind === 'invalid') return ok({ valid: false, reason: bearer.reason, userId });
        return ok({ valid: true, userId, ...(bearer.sessionId === null ? { legacy: true } : {}) });
      },
    },
  ];
}

const signIn = z.object({
  email: z.email(),
  password: z.string().min(6),
  deviceId: z.string().min(1).max(128).optional(),
});
const VERIFIED_AT = '2026-01-01T00:00:00.000Z';

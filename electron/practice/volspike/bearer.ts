import type { Accounts } from './accounts.ts';
import { END_WORDS } from './accounts.ts';
import type { Answer, Route, WireRequest } from './http-server.ts';
import { failure } from './http-server.ts';

interface UserRequest extends WireRequest {
  /** `null` where the token proves nothing: a bare id, a mock token. */
  sessionId: string | null;
}

/** Makes routes that ask for a bearer. `proven` refuses a bare id as `/auth/me` does (sheet, section 3). */
export function userRoutes(
  accounts: Accounts,
): (
  method: string,
  path: string,
  run: (request: UserRequest) => Answer,
  options?: { proven: boolean },
) => Route {
  return (method, path, run, options = { proven: false }) => ({
    method,
    path,
    run(request) {
      const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined) return failure(401, 'Missing or invalid authorization header');
      const bearer = accounts.read(token);
      if (options.proven && !token.includes('.')) return sessionFailure('legacy_token');
      switch (bearer.kind) {
        case 'invalid':
          return sessionFailure(bearer.reason);
        case 'unknown-user':
          return failure(404, 'User not found');
        case 'user':
          return run({ ...request, sessionId: bearer.sessionId });
      }
    },
  });
}

const sessionFailure = (reason: string): Answer =>
  failure(401, END_WORDS[reason] ?? 'Session ended', { code: 'SESSION_INVALID', reason });

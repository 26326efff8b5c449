import { z } from 'zod';

import { backendId } from '../domain/backends/backend.ts';
import { request } from './request.ts';

/** How a backend stands with the service that its owner signs in with. No token is part of it. */
export interface SignInStatus {
  /** `ended`: the session ran out and could not be renewed; what it gave stays until the person signs out. */
  state: 'signed-out' | 'under-way' | 'signed-in' | 'ended' | 'locked';
  name: string | null;
  expiresAtMs: number | null;
}

export interface SignInAnswer {
  ok: boolean;
  message: string;
}

export const signInRequests = {
  'sign-in.status': request<SignInStatus>()(z.object({ backendId })),
  /** Opens the system's browser; answers when the person came back, gave up, or did not come back in time. */
  'sign-in.start': request<SignInAnswer>()(z.object({ backendId })),
  'sign-in.cancel': request<null>()(z.object({})),
  'sign-in.sign-out': request<SignInAnswer>()(z.object({ backendId })),
} as const;

import { z } from 'zod';

import { SECOND_MS } from '#shared/time.ts';

import type { ConnectionsPort, HttpAnswer } from '../connections/port.ts';
import { HttpFailure } from '../connections/port.ts';

const tokens = z.object({
  access_token: z.string().min(1).max(2_000),
  refresh_token: z.string().min(1).max(2_000),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.number().int().min(1).max(31_536_000),
  scope: z.string(),
});
const user = z.object({ id: z.string().regex(/^\d{15,22}$/), username: z.string().max(100) });
const oauthError = z.object({ error: z.string().max(100) });

export interface DiscordTokens {
  accessToken: string;
  refreshToken: string;
  expiresInMs: number;
}

/** What Discord refused for good, such as a code that was used or a session that was withdrawn. */
export class DiscordRefusal extends Error {
  override readonly name = 'DiscordRefusal';
}

/** Discord's OAuth 2 as a public client: no secret, so every request names the client, and PKCE proves who asked. */
export interface DiscordClient {
  authorizeUrl(asked: { clientId: string; redirectUri: string; state: string; challenge: string }): string;
  exchange(given: {
    clientId: string;
    redirectUri: string;
    code: string;
    verifier: string;
  }): Promise<DiscordTokens>;
  refresh(given: { clientId: string; refreshToken: string }): Promise<DiscordTokens>;
  user(accessToken: string): Promise<{ id: string; name: string }>;
  revoke(given: { clientId: string; token: string }): Promise<void>;
}

export const DISCORD_ADDRESS = 'https://discord.com';

const TIMEOUT_MS = 10 * SECOND_MS;
const SCOPE = 'identify';

/** `base` is Discord's own address; a test gives its own server on loopback. */
export function createDiscordClient(connections: Pick<ConnectionsPort, 'http'>, base: string): DiscordClient {
  async function ask(
    request: { method: 'GET' | 'POST'; path: string; form?: Record<string, string> },
    accessToken?: string,
  ): Promise<HttpAnswer> {
    const http = connections.http({
      baseUrl: base,
      allowPlainHttp: false,
      ...(accessToken === undefined
        ? {}
        : { credentials: () => Promise.resolve({ Authorization: `Bearer ${accessToken}` }) }),
    });
    try {
      return await http.request({ ...request, timeoutMs: TIMEOUT_MS, priority: 'read' });
    } catch (error) {
      if (error instanceof HttpFailure)
        throw new Error(`Discord cannot be asked: ${error.message}`, { cause: error });
      throw error;
    } finally {
      http.dispose();
    }
  }

  async function tokensFor(form: Record<string, string>): Promise<DiscordTokens> {
    const answer = await ask({ method: 'POST', path: '/api/v10/oauth2/token', form });
    if (answer.status === 400 || answer.status === 401) {
      const said = answer.kind === 'json' ? oauthError.safeParse(answer.body).data?.error : undefined;
      throw new DiscordRefusal(`Discord refused it${said === undefined ? '' : ` (${plainWord(said)})`}.`);
    }
    const parsed = tokens.safeParse(bodyOf(answer));
    if (!parsed.success) throw new Error('Discord answered something unexpected.');
    const {
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: seconds,
      scope,
    } = parsed.data;
    if (!scope.split(' ').includes(SCOPE))
      throw new DiscordRefusal('Discord did not allow it to say who you are.');
    return { accessToken, refreshToken, expiresInMs: seconds * SECOND_MS };
  }

  return {
    authorizeUrl({ clientId, redirectUri, state, challenge }) {
      const url = new URL('/oauth2/authorize', base);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        scope: SCOPE,
        redirect_uri: redirectUri,
        state,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        prompt: 'consent',
      }).toString();
      return url.href;
    },
    exchange: ({ clientId, redirectUri, code, verifier }) =>
      tokensFor({
        grant_type: 'authorization_code',
        client_id: clientId,
        redirect_uri: redirectUri,
        code,
        code_verifier: verifier,
      }),
    refresh: ({ clientId, refreshToken }) =>
      tokensFor({ grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken }),
    async user(accessToken) {
      const parsed = user.safeParse(
        bodyOf(await ask({ method: 'GET', path: '/api/v10/users/@me' }, accessToken)),
      );
      if (!parsed.success) throw new Error('Discord did not say who you are.');
      return { id: parsed.data.id, name: parsed.data.username };
    },
    async revoke({ clientId, token }) {
      const form = { client_id: clientId, token, token_type_hint: 'refresh_token' };
      const answer = await ask({ method: 'POST', path: '/api/v10/oauth2/token/revoke', form });
      if (answer.status >= 300) throw new Error(`Discord answered ${answer.status}.`);
    },
  };
}

const bodyOf = (answer: HttpAnswer): unknown =>
  answer.kind === 'json' && answer.status >= 200 && answer.status < 300 ? answer.body : null;

/** A server's word is shown only where it is one of the sort that the specification has (RFC 6749, 5.2). */
const plainWord = (text: string): string =>
  /^[a-z_]{1,40}$/.test(text) ? text : 'no reason that can be shown';

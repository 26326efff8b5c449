import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An authorization server on loopback that is as strict as the specification lets it be, and counts what it gives out. */
export interface OauthServer {
  base: string;
  /** Who is logged in there. */
  user: { id: string; username: string };
  /** What the person does on its page. */
  decision: 'allow' | 'deny';
  expiresInS: number;
  /** Refuses every renewal, as after the person withdrew the session. */
  withdrawn: boolean;
  /** The codes that were given out, oldest first. */
  codes: readonly string[];
  revoked: readonly string[];
  /** Every access and refresh token that was ever given out. */
  tokens: readonly string[];
  /** Why a request for a token was refused, oldest first. */
  refusals: readonly string[];
  close(): Promise<void>;
}

export const CLIENT_ID = '112233445566778899';

interface Grant {
  challenge: string;
  redirectUri: string;
  used: boolean;
}

export async function startOauthServer(registeredRedirect: string): Promise<OauthServer> {
  const grants = new Map<string, Grant>();
  const access = new Set<string>();
  const refresh = new Set<string>();
  const codes: string[] = [];
  const revoked: string[] = [];
  const issued: string[] = [];
  const refusals: string[] = [];
  const newToken = (): string => randomBytes(24).toString('base64url');

  const state = {
    user: { id: '987654321098765432', username: 'owner' },
    decision: 'allow' as 'allow' | 'deny',
    expiresInS: 604_800,
    withdrawn: false,
  };

  const server = createServer((request, response) => void serve(request, response));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<ServerResponse> {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const form = new URLSearchParams(await bodyOf(request));
    switch (`${request.method ?? ''} ${url.pathname}`) {
      case 'GET /oauth2/authorize':
        return authorize(url.searchParams, response);
      case 'POST /api/v10/oauth2/token':
        return token(form, response);
      case 'POST /api/v10/oauth2/token/revoke':
        revoked.push(form.get('token') ?? '');
        refresh.delete(form.get('token') ?? '');
        return json(response, 200, {});
      case 'GET /api/v10/users/@me': {
        const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
        return access.has(bearer) ? json(response, 200, state.user) : json(response, 401, { message: '401' });
      }
      default:
        return json(response, 404, {});
    }
  }

  /** The person's click on its page is the redirect that it answers. */
  function authorize(query: URLSearchParams, response: ServerResponse): ServerResponse {
    const redirect = query.get('redirect_uri') ?? '';
    const isWhole =
      query.get('response_type') === 'code' &&
      query.get('client_id') === CLIENT_ID &&
      query.get('scope') === 'identify' &&
      query.get('code_challenge_method') === 'S256' &&
      /^[\w-]{43}$/.test(query.get('code_challenge') ?? '') &&
      (query.get('state') ?? '').length >= 32;
    if (redirect !== registeredRedirect || !isWhole) return json(response, 400, { error: 'invalid_request' });
    const back = new URL(redirect);
    back.searchParams.set('state', query.get('state') ?? '');
    if (state.decision === 'deny') back.searchParams.set('error', 'access_denied');
    else {
      const code = newToken();
      codes.push(code);
      grants.set(code, { challenge: query.get('code_challenge') ?? '', redirectUri: redirect, used: false });
      back.searchParams.set('code', code);
    }
    return response.writeHead(302, { Location: back.href }).end();
  }

  function token(form: URLSearchParams, response: ServerResponse): ServerResponse {
    const refuse = (why: string): ServerResponse => {
      refusals.push(why);
      return json(response, 400, { error: 'invalid_grant' });
    };
    if (form.get('client_id') !== CLIENT_ID || form.has('client_secret')) return refuse('client');
    if (form.get('grant_type') === 'refresh_token') {
      const old = form.get('refresh_token') ?? '';
      if (state.withdrawn || !refresh.delete(old)) return refuse('refresh token');
      return give(response);
    }
    const grant = grants.get(form.get('code') ?? '');
    if (grant === undefined) return refuse('unknown code');
    if (grant.used) return refuse('used code');
    grant.used = true;
    if (form.get('redirect_uri') !== grant.redirectUri) return refuse('redirect');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    return challenge === grant.challenge ? give(response) : refuse('verifier');
  }

  function give(response: ServerResponse): ServerResponse {
    const [accessToken, refreshToken] = [newToken(), newToken()];
    issued.push(accessToken, refreshToken);
    access.add(accessToken);
    refresh.add(refreshToken);
    return json(response, 200, {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: state.expiresInS,
      scope: 'identify',
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    base: `http://127.0.0.1:${port}`,
    codes,
    revoked,
    tokens: issued,
    refusals,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function json(response: ServerResponse, status: number, body: object): ServerResponse {
  return response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

import type { LinkCause } from '#shared/domain/backends/link.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { HttpPort, SocketIoChannel, Transport } from '../../connections/port.ts';
import type { BackendContext } from '../port.ts';
import { IDENTITY_OPTION, TIER_OPTION } from './names.ts';
import type { Session } from './session.ts';
import { readTier } from './tiers.ts';

/** The server pings every 25 s (§5): two of those missed, and a little. */
export const SILENCE_MS = 55 * SECOND_MS;

/** §5: what a refused connection says where it is for who one is. */
const CREDENTIAL_WORDS = ['Authentication required', 'Invalid token', 'Session invalid'] as const;

const GUEST = 'guest';

export const tierOf = ({ config }: Pick<BackendContext, 'config'>) => readTier(config.options?.[TIER_OPTION]);

/** Who the socket is opened as; a guest where nothing is set. */
export const identityOf = ({ config }: Pick<BackendContext, 'config'>): string =>
  config.options?.[IDENTITY_OPTION]?.trim() || GUEST;

/**
 * The live link. A JWT is not accepted by it (§5), so it is never sent there. `sentSessionId` is the session that the present
 * connection was opened with, if any.
 */
export function openSocket(
  context: BackendContext,
  session: Session | null,
): { channel: SocketIoChannel; sentSessionId: () => string | null } {
  const { config, connections } = context;
  const identity = identityOf(context);
  let sessionId: string | null = null;
  const channel = connections.socketIo({
    baseUrl: config.address,
    handshake() {
      sessionId = session === null ? null : sessionOf(session, identity);
      const isId = identity !== GUEST && !identity.includes('@');
      return Promise.resolve({
        auth: { token: identity, ...(sessionId === null ? {} : { sessionId }) },
        ...(isId ? { query: { method: 'id' } } : {}),
      });
    },
    credentialWords: CREDENTIAL_WORDS,
    allowPlainHttp: config.allowPlainHttp,
  });
  const transport: Transport = (events) =>
    channel.transport({
      ...events,
      closed: (cause, retryAfterMs) => events.closed(aboutIdentity(cause), retryAfterMs),
    });
  return { channel: { ...channel, transport }, sentSessionId: () => sessionId };
}

/**
 * Who one is is said in the connect packet only: a 401 or 403 before that is about something else, such as a gateway, and may pass.
 */
function aboutIdentity(cause: LinkCause): LinkCause {
  const words = cause.message.toLowerCase();
  const isOfIdentity = CREDENTIAL_WORDS.some((part) => words.includes(part.toLowerCase()));
  return cause.code === 'credentials' && !isOfIdentity ? { ...cause, code: 'refused' } : cause;
}

/** The session belongs to the account: it says nothing about another identity. */
function sessionOf(session: Session, identity: string): string | null {
  const current = session.current();
  const isOurs = current !== null && (current.userId === identity || current.email === identity);
  return isOurs ? current.sessionId : null;
}

/** Two ports, so that a token goes only where one is asked for. */
export function openHttp(
  context: BackendContext,
  token: () => string | null,
): Record<'open' | 'account', HttpPort> {
  const { config, connections } = context;
  const options = {
    baseUrl: config.address.replace(/^ws(?=s?:)/i, 'http'),
    allowPlainHttp: config.allowPlainHttp,
  };
  return {
    open: connections.http(options),
    account: connections.http({
      ...options,
      credentials() {
        const held = token();
        return Promise.resolve(held === null ? {} : { Authorization: `Bearer ${held}` });
      },
    }),
  };
}

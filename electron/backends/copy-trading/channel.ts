import { SECOND_MS } from '#shared/time.ts';

import type { SocketIoChannel, Transport } from '../../connections/port.ts';
import type { Clock } from '../../lib/clock.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { BackendContext } from '../port.ts';
import { baseOf } from './http.ts';
import { readEvent } from './protocol.ts';
import type { Session } from './session.ts';

/** The two servers of the kind (§1). `null` until it is found out. */
export type Dialect = 'plain' | 'realtime';

/** A pong comes at once; without one in this time it is the plain server (§1). */
export const PONG_WITHIN_MS = 3 * SECOND_MS;

/**
 * The one connection. The token is optional (§2): a server that does not take it makes a guest of us without a word, so signing in
 * that fails must not keep the connection from opening.
 */
export function openChannel(
  { config, connections }: BackendContext,
  session: Session,
  wallet: string | null,
): SocketIoChannel {
  return connections.socketIo({
    baseUrl: baseOf(config.address),
    credentialWords: [],
    allowPlainHttp: config.allowPlainHttp,
    async handshake() {
      if (wallet === null) return {};
      const token = await session.token({ priority: 'background' }).catch(() => null);
      return { auth: { walletAddress: wallet, ...(token === null ? {} : { token }) } };
    },
  });
}

/** Asks each new connection which server it is. A pong that comes late still counts. */
export function withDialect(
  channel: SocketIoChannel,
  clock: Clock,
  onDialect: (dialect: Dialect | null) => void,
): Transport {
  return (events) => {
    const scope = new Disposables();
    let known: Dialect | null = null;

    function decide(dialect: Dialect): void {
      if (known === dialect || scope.disposed) return;
      known = dialect;
      onDialect(dialect);
    }

    onDialect(null);
    scope.add(
      channel.transport({
        ...events,
        opened() {
          channel.emit('ping', {});
          scope.add(clock.after(PONG_WITHIN_MS, () => decide(known ?? 'plain')));
          events.opened();
        },
        message(text) {
          if (text.startsWith('["pong"') && readEvent(text)?.name === 'pong') decide('realtime');
          events.message(text);
        },
        closed(cause, retryAfterMs) {
          scope.dispose();
          onDialect(null);
          events.closed(cause, retryAfterMs);
        },
      }),
    );
    return () => scope.dispose();
  };
}

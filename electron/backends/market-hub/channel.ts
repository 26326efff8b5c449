import { formatAge, SECOND_MS } from '#shared/time.ts';

import type { Transport, WebSocketChannel } from '../../connections/port.ts';
import type { Clock } from '../../lib/clock.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { BackendContext } from '../port.ts';
import { wireHeartbeat } from './protocol.ts';
import { readFrame } from './read-frame.ts';

/** Only JSON objects may be sent: anything else ends the connection (§7.7). */
export const PING = JSON.stringify({ type: 'ping' });

const PING_EVERY_MS = 30 * SECOND_MS;
const ANSWER_WITHIN_MS = 10 * SECOND_MS;
/** The welcome is sent at once (§3). */
export const WELCOME_WITHIN_MS = 10 * SECOND_MS;

/** The one connection to a hub: no credentials, the path as the address has it (§1: any), and a ping in the hub's own words. */
export function openChannel({ config, connections }: BackendContext): WebSocketChannel {
  const { origin, pathname, search } = new URL(config.address);
  return connections.websocket({
    baseUrl: origin,
    path: pathname + search,
    allowPlainHttp: config.allowPlainHttp,
    ping: { text: PING, everyMs: PING_EVERY_MS, answerWithinMs: ANSWER_WITHIN_MS, isAnswer: isPong },
  });
}

/** The answer to a ping; the heartbeat that goes to everybody has the same name and is none (§7.5). */
export function isPong(text: string): boolean {
  const frame = readFrame(text)?.frame;
  return frame?.type === 'heartbeat' && wireHeartbeat.safeParse(frame.data).data?.message === 'pong';
}

export const isWelcome = (text: string): boolean => readFrame(text)?.frame.type === 'system_status';

const MISFIT =
  'It closed before its welcome, as a hub does that runs with a release of its WebSocket library that it was not written for.';

/**
 * Counts a connection as opened when the hub has welcomed it. One that is closed before has failed, so that each such
 * attempt waits longer than the one before instead of coming round at once (§7.11).
 */
export function afterWelcome(transport: Transport, clock: Clock): Transport {
  return (events) => {
    const scope = new Disposables();
    let welcomed = false;

    function onSocketOpened(): void {
      scope.add(
        clock.after(WELCOME_WITHIN_MS, () => {
          if (welcomed) return;
          scope.dispose();
          const message = `The hub has not sent its welcome for ${formatAge(WELCOME_WITHIN_MS)}.`;
          events.closed({ code: 'timeout', message });
        }),
      );
    }

    scope.add(
      transport({
        ...events,
        opened: onSocketOpened,
        message(text) {
          if (!welcomed && isWelcome(text)) {
            welcomed = true;
            events.opened();
          }
          events.message(text);
        },
        closed(cause, retryAfterMs) {
          scope.dispose();
          const isMisfit = !welcomed && cause.code === 'server-error';
          const message = isMisfit ? `${cause.message} ${MISFIT}` : cause.message;
          events.closed({ ...cause, message }, retryAfterMs);
        },
      }),
    );
    return () => scope.dispose();
  };
}

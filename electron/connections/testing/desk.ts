import type { LinkStatus } from '#shared/domain/backends/link.ts';

import type { ManualClock } from '../../lib/clock.ts';
import type { ConnectionsPort, Link, LinkOptions, MessageVerdict, Transport } from '../port.ts';
import { createRecorder } from './recorder.ts';
import type { Recorder } from './recorder.ts';

/** A supervised link over a transport under test, with what it said. */
export interface Desk {
  link: Link;
  messages: Recorder<string>;
  statuses: Recorder<LinkStatus>;
  /** The next status from now on whose state is of this kind. */
  next(kind: LinkStatus['state']['kind']): Promise<LinkStatus>;
  /** Waits for a loss, then moves the clock to the next attempt. Answers the code of the cause. */
  retry(clock: ManualClock): Promise<string>;
}

export function startDesk(
  connections: ConnectionsPort,
  transport: Transport,
  overrides: Partial<LinkOptions> = {},
): Desk {
  const messages = createRecorder<string>();
  const statuses = createRecorder<LinkStatus>();
  const link = connections.link({
    backendId: 'bot',
    linkId: 'live',
    label: 'Live events',
    transport,
    silenceMs: 65_000,
    staleAfterMs: 90_000,
    onOpened: async () => undefined,
    onMessage(text): MessageVerdict {
      messages.add(text);
      return { kind: 'data' };
    },
    onStatus: (status) => statuses.add(status),
    ...overrides,
  });
  const next = (kind: LinkStatus['state']['kind']): Promise<LinkStatus> => {
    const past = new Set(statuses.all);
    return statuses.until((status) => !past.has(status) && status.state.kind === kind);
  };
  return {
    link,
    messages,
    statuses,
    next,
    async retry(clock) {
      const isWaiting = link.status().state.kind === 'waiting';
      const status = isWaiting ? link.status() : await next('waiting');
      if (status.state.kind !== 'waiting') throw new Error('not waiting');
      await clock.advance(status.state.nextAttemptAtMs - clock.now());
      return status.state.cause.code;
    },
  };
}

/** The code of the cause, or nothing where the state has none. */
export const codeOf = ({ state }: LinkStatus): string => ('cause' in state ? state.cause.code : '');

import type { LinkStatus } from '#shared/domain/link.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Link, MessageVerdict } from '../../connections/port.ts';
import type { BackendContext } from '../port.ts';
import type { Client } from './client.ts';
import type { Intake } from './intake.ts';
import { createPollTransport } from './poll-transport.ts';
import { wireSpikeList } from './protocol.ts';
import type { Tier } from './tiers.ts';

/** As the reference consumer asks (§5); guests no faster. */
const POLL_EVERY_MS = 15 * SECOND_MS;

export interface Polling {
  /** The live link is down: ask instead. */
  start(): void;
  /** It stands again. */
  stop(): void;
  wake(): void;
  dispose(): void;
}

export const listPath = (tier: Tier): string => `/api/volume-alerts?tier=${tier.id}`;

/** Stands in for the live link while that is down, as a link of its own that says so. */
export function createPolling(parts: {
  context: BackendContext;
  client: Client;
  intake: Intake;
  tier: Tier;
  emitStatus: (status: LinkStatus) => void;
}): Polling {
  const { context, client, intake, tier, emitStatus } = parts;
  let link: Link | null = null;

  async function ask(signal: AbortSignal): Promise<string> {
    const options = { priority: 'background', signal } as const;
    const { alerts } = await client.read(listPath(tier), wireSpikeList, options);
    return JSON.stringify(alerts);
  }

  function onMessage(text: string): MessageVerdict {
    const list: unknown = JSON.parse(text);
    const unreadable = intake.spikes(Array.isArray(list) ? list : []);
    if (unreadable === 0) return { kind: 'data' };
    link?.noteData();
    return { kind: 'rejected', reason: `${unreadable} alerts of the list cannot be read` };
  }

  return {
    start() {
      link ??= context.connections.link({
        backendId: context.config.id,
        linkId: 'polling',
        label: 'Polling, while live alerts are down',
        transport: createPollTransport(context.clock, POLL_EVERY_MS, ask),
        silenceMs: 4 * POLL_EVERY_MS,
        staleAfterMs: tier.staleAfterMs,
        onOpened: () => Promise.resolve(),
        onMessage,
        onStatus: emitStatus,
      });
    },
    stop() {
      if (link === null) return;
      const status = link.status();
      link.dispose();
      link = null;
      const cause = { code: 'disabled', message: 'At rest: live alerts come again.' } as const;
      emitStatus({ ...status, state: { kind: 'stopped', sinceMs: context.clock.now(), cause } });
    },
    wake: () => link?.reopen(),
    dispose() {
      link?.dispose();
      link = null;
    },
  };
}

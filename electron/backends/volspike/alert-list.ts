import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { Link, MessageVerdict } from '../../connections/port.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { BackendContext } from '../port.ts';
import type { AskOptions, Client } from './client.ts';
import type { Intake } from './intake.ts';
import { createPollTransport } from '../kit/poll-transport.ts';
import { wireSpikeList } from './protocol.ts';
import { untilNextReadingMs } from './tiers.ts';
import type { Tier } from './tiers.ts';

/** As the reference consumer asks (§5); guests no faster. */
const POLL_EVERY_MS = 15 * SECOND_MS;

/**
 * The list of alerts over REST. While the live link stands it is read at its opening and after each mark of the tier. Where that
 * fails, or the live link is down, a link of its own asks for it until it is there, and says why it is not.
 */
export interface AlertList {
  /** Rejects with `HttpFailure`. */
  read(options: AskOptions): Promise<void>;
  /** Never rejects: a list that cannot be read is no reason to close a socket that brings alerts. */
  readOnOpening(): Promise<void>;
  liveStands(): void;
  liveIsDown(): void;
  wake(): void;
  dispose: Disposer;
}

export const listPath = (tier: Tier): string => `/api/volume-alerts?tier=${tier.id}`;

/** `onRead` is told of each reading while the live link is being opened or stands: what it shows is as fresh as that. */
export function createAlertList(parts: {
  context: BackendContext;
  client: Client;
  intake: Intake;
  tier: Tier;
  emitStatus: (status: LinkStatus) => void;
  onRead: () => void;
}): AlertList {
  const { context, client, intake, tier, emitStatus, onRead } = parts;
  const { clock, log, config } = context;
  const scope = new Disposables();
  const stopping = new AbortController();
  scope.add(() => stopping.abort());
  let link: Link | null = null;
  let live: 'down' | 'opening' | 'standing' = 'down';
  /** A reading is due: since the live link opened (nothing is replayed, §7.6), or since one failed. */
  let isDue = true;

  async function ask(options: AskOptions): Promise<unknown[]> {
    try {
      const signal = AbortSignal.any([stopping.signal, ...(options.signal ? [options.signal] : [])]);
      return (await client.read(listPath(tier), wireSpikeList, { ...options, signal })).alerts;
    } catch (error) {
      throw asTrouble(error);
    }
  }

  function take(alerts: readonly unknown[]): number {
    const unreadable = intake.spikes(alerts);
    if (unreadable > 0) log.warn('alerts of the list cannot be read', { backendId: config.id, unreadable });
    isDue = false;
    if (live !== 'down') onRead();
    if (live === 'standing') rest();
    return unreadable;
  }

  async function read(options: AskOptions): Promise<void> {
    const alerts = await ask(options);
    if (!scope.disposed) take(alerts);
  }

  function onMessage(text: string): MessageVerdict {
    const list: unknown = JSON.parse(text);
    const unreadable = take(Array.isArray(list) ? list : []);
    if (unreadable > 0) link?.noteData();
    return unreadable === 0
      ? { kind: 'data' }
      : { kind: 'rejected', reason: `${unreadable} alerts of the list cannot be read` };
  }

  function poll(): void {
    if (scope.disposed) return;
    link ??= context.connections.link({
      backendId: config.id,
      linkId: 'polling',
      label: 'Polling of the list',
      transport: createPollTransport(clock, POLL_EVERY_MS, async (signal) =>
        JSON.stringify(await ask({ priority: 'background', signal })),
      ),
      silenceMs: 4 * POLL_EVERY_MS,
      staleAfterMs: tier.staleAfterMs,
      onOpened: () => Promise.resolve(),
      onMessage,
      onStatus: emitStatus,
    });
  }

  function askOn(): void {
    isDue = true;
    poll();
  }

  function rest(): void {
    if (link === null) return;
    const status = link.status();
    link.dispose();
    link = null;
    const cause = { code: 'disabled', message: 'At rest: live alerts come, and the list was read.' } as const;
    emitStatus({ ...status, state: { kind: 'stopped', sinceMs: clock.now(), cause } });
  }

  /** After each mark the list has what the socket should have brought; a late timer there skips a whole mark (§5). */
  function planReading(): void {
    if (scope.disposed) return;
    stopReading = clock.after(untilNextReadingMs(tier, clock.now()), () => {
      if (live === 'standing') read({ priority: 'background' }).catch(askOn);
      planReading();
    });
  }
  let stopReading = (): void => undefined;
  scope.add(() => stopReading());
  scope.add(() => link?.dispose());
  planReading();

  return {
    read,
    async readOnOpening() {
      live = 'opening';
      isDue = true;
      // It stays due, and is polled as soon as the socket stands or is down.
      await read({ priority: 'read' }).catch(() => undefined);
    },
    liveStands() {
      live = 'standing';
      if (isDue) poll();
      else rest();
    },
    liveIsDown() {
      live = 'down';
      poll();
    },
    wake: () => link?.reopen(),
    dispose: () => scope.dispose(),
  };
}

/** The list takes no sign-in (§3): one that is asked for all the same is none that a person could give, so it is tried again. */
function asTrouble(error: unknown): unknown {
  if (!(error instanceof HttpFailure) || error.linkCause.code !== 'credentials') return error;
  const message = 'The list of alerts is refused for want of a sign-in, which VolSpike does not take for it.';
  return new HttpFailure({ code: 'refused', message }, error.sent, error.retryAfterMs);
}

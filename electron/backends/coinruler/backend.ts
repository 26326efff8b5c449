import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Link } from '../../connections/port.ts';
import { HttpFailure } from '../../connections/port.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { Backend, BackendContext } from '../port.ts';
import { createActs } from './acts.ts';
import type { Tools } from './act-definition.ts';
import { createChat } from './chat.ts';
import { createClient, isDatabaseAbsent } from './client.ts';
import { takeEvent } from './events.ts';
import { openHttp } from './http.ts';
import { checkOwner } from './owner-check.ts';
import { createPanic } from './panic.ts';
import { mapAlert } from './alerts.ts';
import type { WireSnapshot } from './protocol.ts';
import { runRead } from './reads.ts';
import { createRecent } from './recent.ts';
import type { AskWith } from './rereads.ts';
import { createRereads } from './rereads.ts';
import { createSingleFlight } from './single-flight.ts';
import { createTrackers } from './trackers.ts';

/** A comment comes every 30 s; nothing at all for this long means that the stream is dead (§7.13). */
const SILENCE_MS = 65 * SECOND_MS;

/** The server renews the portfolio every 5 minutes: two of those missed, and one minute. */
const STALE_AFTER_MS = 11 * MINUTE_MS;

/** Kill switch and approvals are re-read this often, portfolio and executions every second time: 6 requests of 60 a minute. */
const REREAD_EVERY_MS = 30 * SECOND_MS;

/** One connected CoinRuler. */
export function createBackend(context: BackendContext): Backend {
  const { config, clock, log, connections } = context;
  const disposables = new Disposables();
  const stopping = new AbortController();
  const http = openHttp(context);
  disposables.add(() => http.dispose());
  const client = createClient(http);
  const emit: BackendContext['emit'] = (event) => {
    if (!disposables.disposed) context.emit(event);
  };
  const trackers = createTrackers({ backendId: config.id, now: () => clock.now(), emit });
  const rereads = createRereads(client, trackers, () => clock.now());
  const tools: Tools = { client, clock, rereads, trackers, sentAt: createRecent(200) };
  const background: AskWith = { priority: 'background', signal: stopping.signal };
  let link: Link | null = null;
  let isLive = false;
  let isOwnerChecked = false;
  let rereadCount = 0;

  /**
   * Reads everything that a person sees. The kill switch comes before the rest, because it is the reading that fails
   * without a database, where others answer empty lists (§7.9): nothing read after it can be empty for that reason.
   */
  async function readAll(ask: AskWith, isEverything: boolean): Promise<void> {
    await rereads.killSwitch(ask);
    if (isEverything) await Promise.all([rereads.portfolio(ask), rereads.executions(ask)]);
    // Last, because a proposal's value is told by what is held.
    await rereads.approvals(ask);
    link?.noteData();
  }

  async function onOpened(): Promise<void> {
    const ask: AskWith = { priority: 'read', signal: stopping.signal };
    await rereads.health(ask);
    await readAll(ask, true);
    await checkOwnerOnce(ask);
  }

  /** Reads are open, so a wrong owner id would show only when PANIC is refused: it is looked at when the link first opens. */
  async function checkOwnerOnce(ask: AskWith): Promise<void> {
    if (isOwnerChecked || (await context.secret('ownerId')) === null) return;
    const check = await checkOwner(client, ask);
    if (check.kind === 'refused')
      throw new HttpFailure({ code: 'credentials', message: check.message }, true);
    isOwnerChecked = check.kind !== 'unclear';
    if (check.kind !== 'not-configured') return;
    const alert = { type: 'owner-protection', severity: 'high', message: check.message, timestamp: null };
    emit({ type: 'alert', alert: mapAlert(alert, { backendId: config.id, receivedAtMs: clock.now() }) });
  }

  const reread = createSingleFlight(() => {
    rereadCount += 1;
    return readAll(background, rereadCount % 2 === 0);
  }, onRereadFailed);
  const rereadApprovals = createSingleFlight(() => rereads.approvals(background), onRereadFailed);
  const rereadKillSwitch = createSingleFlight(() => rereads.killSwitch(background), onRereadFailed);
  const rereadExecutions = createSingleFlight(() => rereads.executions(background), onRereadFailed);

  function onRereadFailed(error: unknown): void {
    if (disposables.disposed) return;
    const reason = error instanceof Error ? error.message : 'unknown';
    log.warn('a re-read failed', { backendId: config.id, reason });
    // The stream stays open over a database that went away; the link must not look live meanwhile.
    if (isDatabaseAbsent(error)) link?.reopen();
  }

  /** What is held after a deposit is asked of the exchange: the server's own view is only what the deposit named (§4.4). */
  async function onDeposited(snapshot: WireSnapshot): Promise<void> {
    const live = await rereads.balances(background).catch(() => null);
    if (!disposables.disposed) trackers.portfolio.deposited(snapshot, live);
  }

  const announcements = {
    approvalsChanged: rereadApprovals,
    killSwitchUnclear: rereadKillSwitch,
    executionsChanged: rereadExecutions,
    deposited: (snapshot: WireSnapshot) => void onDeposited(snapshot),
  };

  return {
    config,
    start() {
      if (link !== null || disposables.disposed) return;
      link = connections.link({
        backendId: config.id,
        linkId: 'live',
        label: 'Live events',
        transport: connections.sse(http, '/live'),
        silenceMs: SILENCE_MS,
        staleAfterMs: STALE_AFTER_MS,
        onOpened,
        onMessage: (text) => takeEvent(text, trackers, announcements),
        onStatus(status) {
          isLive = status.state.kind === 'live';
          emit({ type: 'link-status', status });
        },
        budget: () => http.budget(),
      });
      const opened = link;
      disposables.add(() => opened.dispose());
      disposables.add(
        clock.every(REREAD_EVERY_MS, () => {
          if (isLive) reread();
        }),
      );
      disposables.add(() => stopping.abort());
    },
    async refresh() {
      if (!isLive) link?.reopen();
      await readAll({ priority: 'read', signal: stopping.signal }, true);
    },
    wake() {
      // A link that was stopped for its credentials would only be refused again.
      if (link?.status().state.kind !== 'stopped') link?.reopen();
    },
    read: (id, params, signal) => runRead(tools, id, params, AbortSignal.any([signal, stopping.signal])),
    acting: createActs(tools),
    panic: createPanic(client, rereads, trackers),
    chat: createChat(client, clock),
    dispose: () => disposables.dispose(),
  };
}

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Link } from '../../connections/port.ts';
import { HttpFailure } from '../../connections/port.ts';
import { Disposables } from '../../lib/disposables.ts';
import { startElapsed } from '../../lib/elapsed.ts';
import type { Backend, BackendContext } from '../port.ts';
import { createActs } from './acts.ts';
import type { Tools } from './act-definition.ts';
import { createChat } from './chat.ts';
import { createClient, isDatabaseAbsent, OWNER_ID_MISSING } from './client.ts';
import { OWNER_ID_SECRET } from './descriptor.ts';
import { takeEvent } from './events.ts';
import { openHttp } from './http.ts';
import { checkOwner } from './owner-check.ts';
import { createPanic } from './panic.ts';
import type { WireSnapshot } from './protocol.ts';
import { runRead } from './reads.ts';
import { createRecent } from '../../lib/recent.ts';
import type { AskWith } from './rereads.ts';
import { createRereads } from './rereads.ts';
import { askWhereHeldBack } from '../kit/held-back-stream.ts';
import { createPollTransport } from '../kit/poll-transport.ts';
import { createSingleFlight } from '../kit/single-flight.ts';
import { createTrackers } from './trackers.ts';
import { createWarnings } from './warnings.ts';

/** A comment comes every 30 s; nothing at all for this long means that the stream is dead (§7.13). */
const SILENCE_MS = 65 * SECOND_MS;

/** The server renews the portfolio every 5 minutes: two of those missed, and one minute. */
const STALE_AFTER_MS = 11 * MINUTE_MS;

/** Kill switch and approvals are re-read this often, portfolio and executions every second time: 6 requests of 60 a minute. */
const REREAD_EVERY_MS = 30 * SECOND_MS;

/** Where the stream is held back on its way, it is asked this often for what cannot wait. */
const ASK_EVERY_MS = 15 * SECOND_MS;

/** What events announce is read at once, and a flood of them has it read this often: each of three, 18 requests a minute. */
const ANNOUNCED_PACE_MS = 10 * SECOND_MS;

/** A server that came back may have been given another owner, so it is asked again, but not by each of many openings. */
const OWNER_CHECK_EVERY_MS = 5 * MINUTE_MS;

/** Conditions that a person is told of. */
const NO_OWNER_ID = 'owner-id-missing';
const NO_OWNER_PROTECTION = 'owner-protection-missing';
const HELD_BACK = 'live-events-held-back';

/** One connected CoinRuler. */
export function createBackend(context: BackendContext): Backend {
  const { config, clock, log, connections } = context;
  const disposables = new Disposables();
  const stopping = new AbortController();
  const { http, live } = openHttp(context);
  disposables.add(() => http.dispose());
  const client = createClient(http);
  const emit: BackendContext['emit'] = (event) => {
    if (!disposables.disposed) context.emit(event);
  };
  const warnings = createWarnings(context, emit);
  const trackers = createTrackers({ backendId: config.id, now: clock.now, steadyMs: clock.steadyMs, emit });
  const rereads = createRereads(client, trackers, () => clock.now());
  const tools: Tools = { client, clock, rereads, trackers, sent: createRecent(200) };
  const background: AskWith = { priority: 'background', signal: stopping.signal };
  let link: Link | null = null;
  let isLive = false;
  let sinceOwnerCheck: (() => number) | null = null;
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
    await checkOwnerAtTimes(ask);
  }

  /** Reads are open, so a wrong owner id would show only when PANIC is refused: it is looked at when the link opens. */
  async function checkOwnerAtTimes(ask: AskWith): Promise<void> {
    if (sinceOwnerCheck !== null && sinceOwnerCheck() < OWNER_CHECK_EVERY_MS) return;
    if ((await context.secret(OWNER_ID_SECRET)) === null) {
      warnOfOwner(NO_OWNER_ID, OWNER_ID_MISSING);
      return;
    }
    warnings.end(NO_OWNER_ID);
    const check = await checkOwner(client, ask);
    if (check.kind === 'accepted' || check.kind === 'refused') warnings.end(NO_OWNER_PROTECTION);
    if (check.kind === 'refused')
      throw new HttpFailure({ code: 'credentials', message: check.message }, true);
    if (check.kind !== 'unclear') sinceOwnerCheck = startElapsed(clock);
    if (check.kind === 'not-configured') warnOfOwner(NO_OWNER_PROTECTION, check.message);
  }

  const warnOfOwner = (condition: string, message: string): void =>
    warnings.begin({ condition, kind: 'owner-protection', severity: 'high', message });

  /** What to halt and what to decide; the rest has its time. A message that is nothing but a sign of life. */
  async function askOnce(signal: AbortSignal): Promise<string> {
    await readAll({ priority: 'background', signal }, false);
    return '{"type":"connected"}';
  }

  const onHeldBack = (): void =>
    warnings.begin({
      condition: HELD_BACK,
      kind: 'live-events-held-back',
      severity: 'medium',
      message:
        'CoinRuler answers, but its live events do not come through: a proxy may hold them back. It is asked every 15 s instead, so news may come that much later.',
    });

  function onceAtATime(run: () => Promise<unknown>, paceMs: number): () => void {
    const trigger = createSingleFlight(run, { clock, paceMs, onFailed: onRereadFailed });
    disposables.add(trigger.dispose);
    return trigger;
  }

  const reread = onceAtATime(() => {
    rereadCount += 1;
    return readAll(background, rereadCount % 2 === 0);
  }, 0);
  const rereadApprovals = onceAtATime(() => rereads.approvals(background), ANNOUNCED_PACE_MS);
  const rereadKillSwitch = onceAtATime(() => rereads.killSwitch(background), ANNOUNCED_PACE_MS);
  const rereadExecutions = onceAtATime(() => rereads.executions(background), ANNOUNCED_PACE_MS);

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
        transport: askWhereHeldBack({
          stream: live,
          asking: createPollTransport(clock, ASK_EVERY_MS, askOnce),
          clock,
          onHeldBack,
          onThrough: () => warnings.end(HELD_BACK),
        }),
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
    panic: createPanic(context, client, rereads, trackers),
    chat: createChat(client, clock),
    dispose: () => disposables.dispose(),
  };
}

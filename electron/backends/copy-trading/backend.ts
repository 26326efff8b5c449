import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Link } from '../../connections/port.ts';
import { Disposables } from '../../lib/disposables.ts';
import { startElapsed } from '../../lib/elapsed.ts';
import type { Backend, BackendContext } from '../port.ts';
import { createActs } from './acts.ts';
import { openChannel, withDialect } from './channel.ts';
import type { AskOptions } from './ask-options.ts';
import { createClient } from './client.ts';
import { createDesk } from './desk.ts';
import { createExits } from './exits.ts';
import { openHttp, walletOf } from './http.ts';
import { takeMessage } from './intake.ts';
import { createPanic } from './panic.ts';
import { runRead } from './reads.ts';
import { createRereads, wordsOf } from './rereads.ts';
import { createSession } from './session.ts';
import { createSingleFlight } from '../kit/single-flight.ts';
import { createSubscriptions } from './subscriptions.ts';
import type { Tools } from './tools.ts';

/** The engine pings every 25 s and gives up after 20 more (§5); events may never come (§6). */
const SILENCE_MS = 65 * SECOND_MS;

/** The plan of README.md, made to fit 100 requests in 15 minutes: each minute one reading, and every fifth all the rest. */
const TICK_MS = MINUTE_MS;
const FULL_EVERY = 5;
const COUNT_EVERY = 3;

/** Two full readings missed, and a minute. */
const STALE_AFTER_MS = 11 * MINUTE_MS;

/** Announced changes are read at once, and a flood of them this often. */
const ANNOUNCED_PACE_MS = 30 * SECOND_MS;

/** One connected copy-trading server, of either dialect. */
export function createBackend(context: BackendContext): Backend {
  const { config, clock, log, connections } = context;
  const disposables = new Disposables();
  const stopping = new AbortController();
  const { api, uncounted } = openHttp(context, () => followed());
  disposables.add(() => api.dispose());
  disposables.add(() => uncounted.dispose());
  const wallet = walletOf(context);
  const session = createSession(api, wallet, clock);
  const client = createClient(api, uncounted, session, clock);
  const desk = createDesk(context, session, (event) => {
    if (!disposables.disposed) context.emit(event);
  });
  const followed = (): number => desk.book.active().length;
  const rereads = createRereads(client, desk);
  const background: AskOptions = { priority: 'background', signal: stopping.signal };
  const exits = createExits(desk, rereads, clock, background);
  disposables.add(exits.dispose);
  const channel = openChannel(context, session, wallet);
  const subscriptions = createSubscriptions(channel, desk);
  const tools: Tools = { client, clock, desk, rereads, subscriptions, budget: () => api.budget() };
  let link: Link | null = null;
  let ticks = 0;
  let sinceFull: (() => number) | null = null;

  /** What changes slowly. That the exchange is away (§7.12) costs nothing but its own figures. */
  async function readSlow(ask: AskOptions): Promise<void> {
    await rereads.upstream(ask);
    await rereads.traders(ask);
    if (subscriptions.dialect() !== 'plain') await rereads.quotes(ask);
    sinceFull = startElapsed(clock);
  }

  async function readOwn(ask: AskOptions, has: { history: boolean; rest: boolean }): Promise<void> {
    if (wallet === null) return;
    if (has.history) await rereads.history(ask);
    if (!has.rest) return;
    await rereads.portfolio(ask);
    await rereads.copies(ask);
  }

  /** What is open to everybody shows also where nobody is let in; of the rest it is said that it is not known. */
  async function unlessShutOut(reading: Promise<void>): Promise<boolean> {
    try {
      await reading;
      return true;
    } catch (error) {
      if (!rereads.isSignInRefusal(error)) throw error;
      return false;
    }
  }

  /** D3, §7.7: ids may be new, users and follows gone. What changes slowly is read again only when it is old. */
  async function onOpened(): Promise<void> {
    const ask: AskOptions = { priority: 'read', signal: stopping.signal };
    await rereads.list();
    const isNew = await rereads.wasRestarted(stopping.signal);
    if (isNew) session.forget();
    const isFull = isNew || sinceFull === null || sinceFull() > FULL_EVERY * TICK_MS;
    if (isFull) await readSlow(ask);
    else await rereads.traders(ask);
    const profile = wallet === null ? Promise.resolve() : rereads.profile(ask);
    await unlessShutOut(profile.then(() => readOwn(ask, { history: isFull, rest: true })));
    subscriptions.sync();
  }

  /**
   * One trader's positions at a time, in turn: each is a request of the few that there are. Answers whether any were read. That
   * one cannot be read holds up nothing else.
   */
  async function readNextTrader(turn: number): Promise<boolean> {
    const followed = desk.book.active();
    const next = followed[turn % Math.max(1, followed.length)];
    if (next === undefined) return false;
    const left = await rereads.held(next.wallet, background).catch(() => null);
    exits.left(next.wallet, left ?? []);
    return left !== null;
  }

  async function tick(): Promise<void> {
    ticks += 1;
    await rereads.list();
    // The first time also where no socket comes about, which is what otherwise begins the reading.
    const isFirst = sinceFull === null;
    const isFull = isFirst || ticks % FULL_EVERY === 0;
    if (isFull) {
      if (await rereads.wasRestarted(stopping.signal)) session.forget();
      await readSlow(background);
    }
    const rest = isFirst || ticks % COUNT_EVERY === 0;
    const isOwnRead = await unlessShutOut(readOwn(background, { history: isFull, rest }));
    const isTraderRead = await readNextTrader(ticks);
    // A minute in which nothing was due, or nothing came, makes nothing newer.
    if (isFull || (isOwnRead && rest && wallet !== null) || isTraderRead) link?.noteData();
    subscriptions.sync();
  }

  function onceAtATime(run: () => Promise<unknown>, paceMs: number): () => void {
    const trigger = createSingleFlight(run, {
      clock,
      paceMs,
      onFailed: (error) => log.warn('a re-read failed', { backendId: config.id, reason: wordsOf(error) }),
    });
    disposables.add(trigger.dispose);
    return trigger;
  }

  const reread = onceAtATime(tick, 0);
  const rereadCopies = onceAtATime(() => rereads.copies(background), ANNOUNCED_PACE_MS);

  return {
    config,
    start() {
      if (link !== null || disposables.disposed) return;
      const opened = connections.link({
        backendId: config.id,
        linkId: 'live',
        label: 'Live events',
        transport: withDialect(channel, clock, (dialect) => subscriptions.setDialect(dialect)),
        silenceMs: SILENCE_MS,
        staleAfterMs: STALE_AFTER_MS,
        onOpened,
        onMessage: (text) =>
          takeMessage(text, desk, {
            copiesChanged: rereadCopies,
            traderTraded: (trader, trade) => exits.traded(trader, trade),
            subscriptionFailed: (type) => subscriptions.failed(type),
          }),
        onStatus: (status) => desk.emit({ type: 'link-status', status }),
        budget: () => api.budget(),
      });
      link = opened;
      disposables.add(() => opened.dispose());
      // Also where no socket comes about: what can be read is read all the same.
      disposables.add(clock.every(TICK_MS, reread));
      disposables.add(() => stopping.abort());
      void rereads.list();
    },
    async refresh() {
      if (link?.status().state.kind !== 'live') link?.reopen();
      else {
        const ask: AskOptions = { priority: 'read', signal: stopping.signal };
        await readSlow(ask);
        await readOwn(ask, { history: true, rest: true });
        link.noteData();
      }
    },
    wake() {
      if (link?.status().state.kind !== 'stopped') link?.reopen();
    },
    read: (id, params, signal) => runRead(tools, id, params, signal),
    acting: createActs(tools),
    // Without a wallet nobody is followed from here, and there is nothing that could be ended.
    panic: wallet === null ? null : createPanic(tools, config),
    chat: null,
    dispose: () => disposables.dispose(),
  };
}

import { randomUUID } from 'node:crypto';

import type { LinkStatus } from '#shared/domain/link.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Link } from '../../connections/port.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { Backend, BackendContext } from '../port.ts';
import type { Tools } from './act-definition.ts';
import { createActs } from './acts.ts';
import { createAccount } from './account.ts';
import { openAccountLink } from './account-link.ts';
import { createClient, sessionWords } from './client.ts';
import type { AskOptions } from './client.ts';
import { openHttp, openSocket, SILENCE_MS, tierOf } from './connect.ts';
import { createFigures } from './figures.ts';
import { createIntake } from './intake.ts';
import { EMAIL_SECRET, PASSWORD_SECRET } from './names.ts';
import { createPolling, listPath } from './polling.ts';
import { wireSpikeList } from './protocol.ts';
import { runRead } from './reads.ts';
import { createSession } from './session.ts';
import { untilNextReadingMs } from './tiers.ts';

/** A tier that changes is told once; a server that tells it without end is followed at this pace. */
const REOPEN_PACE_MS = SECOND_MS;

/** One connected VolSpike: watched over a socket, or by asking while that is down, with an account where one is given. */
export function createBackend(context: BackendContext): Backend {
  const { config, clock, log, connections } = context;
  const backendId = config.id;
  const disposables = new Disposables();
  const stopping = new AbortController();
  const tier = tierOf(context);
  const emit: BackendContext['emit'] = (event) => {
    if (!disposables.disposed) context.emit(event);
  };
  const emitStatus = (status: LinkStatus): void => emit({ type: 'link-status', status });

  const http = openHttp(context, () => session.current()?.token ?? null);
  const publicClient = createClient(http.open);
  const session = createSession(context, publicClient, randomUUID);
  const accountClient = createClient(http.account, (message) => {
    session.end(message);
    onSessionEnded();
  });
  const account = createAccount({
    backendId,
    now: () => clock.now(),
    emit,
    client: accountClient,
    session,
    intake: () => intake,
  });
  const figures = createFigures({ backendId, clock, emit });
  let live: Link | null = null;
  let accountLink: Link | null = null;
  let socketTier: string | null = null;
  let refreshedAtMs: number | null = null;
  let isReopening = false;

  const intake = createIntake({
    backendId,
    clock,
    emit,
    figures,
    listener: {
      told: (told) => (socketTier = told),
      tierChanged(changed) {
        // Rooms are fixed at connecting (§5).
        if (changed !== socketTier) reopenSoon();
      },
      sessionInvalidated(sessionId, reason) {
        // It goes to every socket of the person, that of the new session included (§5).
        if (session.endIf(sessionId, reason)) onSessionEnded();
      },
      userDeleted(message) {
        session.end(message);
        onSessionEnded();
      },
      thresholdFired(id) {
        account.fired(id);
        readAccount();
      },
      refreshed: () => (refreshedAtMs = clock.now()),
    },
  });
  const polling = createPolling({ context, client: publicClient, intake, tier, emitStatus });
  const channel = openSocket(context, session);

  for (const end of [http.open.dispose, http.account.dispose, figures.dispose, polling.dispose])
    disposables.add(end);
  disposables.add(() => stopping.abort());

  /** The link asks for a session, finds that there is to be none, and stops with the reason. */
  function onSessionEnded(): void {
    queueMicrotask(() => {
      if (disposables.disposed || accountLink === null) return;
      const { kind } = accountLink.status().state;
      if (kind !== 'stopped' && kind !== 'connecting') accountLink.reopen();
    });
  }

  function reopenSoon(): void {
    if (isReopening) return;
    isReopening = true;
    disposables.add(
      clock.after(REOPEN_PACE_MS, () => {
        isReopening = false;
        live?.reopen();
      }),
    );
  }

  function readAccount(): void {
    if (accountLink?.status().state.kind !== 'live') return;
    account.read({ priority: 'background', signal: stopping.signal }).then(
      () => accountLink?.noteData(),
      () => log.warn('the account could not be read again', { backendId }),
    );
  }

  async function readList(options: AskOptions): Promise<void> {
    const { alerts } = await publicClient.read(listPath(tier), wireSpikeList, options);
    if (disposables.disposed) return;
    const unreadable = intake.spikes(alerts);
    if (unreadable > 0) log.warn('alerts of the list cannot be read', { backendId, unreadable });
  }

  /** After each mark the list has what the socket should have brought; a late timer there skips a whole mark (§5). */
  function planReading(): void {
    if (disposables.disposed) return;
    stopReading = clock.after(untilNextReadingMs(tier, clock.now()), () => {
      if (live?.status().state.kind === 'live') {
        readList({ priority: 'background', signal: stopping.signal }).then(
          () => live?.noteData(),
          () => log.warn('the list could not be read again', { backendId }),
        );
      }
      planReading();
    });
  }
  let stopReading = (): void => undefined;
  disposables.add(() => stopReading());

  function onLiveStatus(status: LinkStatus): void {
    emitStatus(status);
    const { state } = status;
    if (state.kind === 'live') polling.stop();
    else if (state.kind === 'waiting' || state.kind === 'stopped') polling.start();
    const isOfSession =
      state.kind === 'stopped' && state.cause.message.toLowerCase().includes('session invalid');
    if (!isOfSession || session.current() === null) return;
    // The session that came along is over; without it the socket is what its identity is.
    session.end(sessionWords(reasonIn(state.cause.message)));
    onSessionEnded();
    reopenSoon();
  }

  async function hasAccount(): Promise<boolean> {
    const secrets = [context.secret(EMAIL_SECRET), context.secret(PASSWORD_SECRET)];
    const given = await Promise.all(secrets).catch(() => [null]);
    return given.every((secret) => secret !== null && secret.trim() !== '');
  }

  async function openAccount(): Promise<void> {
    if (!(await hasAccount()) || disposables.disposed) return;
    const opened = openAccountLink(context, account, emitStatus);
    accountLink = opened;
    disposables.add(() => opened.dispose());
  }

  const tools: Tools = {
    publicClient,
    account,
    clock,
    emit: (event, payload) => channel.emit(event, payload),
    refreshedAtMs: () => refreshedAtMs,
    async signIn() {
      session.restart();
      await session.token();
      accountLink?.reopen();
    },
  };

  return {
    config,
    start() {
      if (live !== null || disposables.disposed) return;
      const opened = connections.link({
        backendId,
        linkId: 'live',
        label: 'Live alerts',
        transport: channel.transport,
        silenceMs: SILENCE_MS,
        staleAfterMs: tier.staleAfterMs,
        onOpened: () => readList({ priority: 'read', signal: stopping.signal }),
        onMessage: (line) => intake.take(line),
        onStatus: onLiveStatus,
      });
      live = opened;
      disposables.add(() => opened.dispose());
      planReading();
      void openAccount();
    },
    async refresh() {
      if (live?.status().state.kind !== 'live') live?.reopen();
      await readList({ priority: 'read', signal: stopping.signal });
      // An account that was stopped is signed in again by an act of its own: it may end somebody's other session.
      if (accountLink?.status().state.kind === 'live')
        await account.read({ priority: 'read', signal: stopping.signal });
    },
    wake() {
      for (const link of [live, accountLink]) if (link?.status().state.kind !== 'stopped') link?.reopen();
      polling.wake();
    },
    read: (id, params, signal) => runRead(tools, id, params, AbortSignal.any([signal, stopping.signal])),
    acting: createActs(tools),
    panic: null,
    chat: null,
    dispose: () => disposables.dispose(),
  };
}

const reasonIn = (message: string): string | undefined => /session invalid: ([a-z_]+)/i.exec(message)?.[1];

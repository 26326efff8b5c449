import { randomUUID } from 'node:crypto';

import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Link } from '../../connections/port.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { Backend, BackendContext } from '../port.ts';
import type { Tools } from './act-definition.ts';
import { createActs } from './acts.ts';
import { createAccount } from './account.ts';
import { openAccountLink } from './account-link.ts';
import { createAlertList } from './alert-list.ts';
import { createClient } from './client.ts';
import { openHttp, openSocket, SILENCE_MS, tierOf } from './connect.ts';
import { createFigures } from './figures.ts';
import { createIntake } from './intake.ts';
import { EMAIL_SECRET, PASSWORD_SECRET } from './names.ts';
import { runRead } from './reads.ts';
import { createSession } from './session.ts';

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
  const accountClient = createClient(http.account, {
    token: () => session.current()?.token ?? null,
    refused(token, message) {
      const isOver = session.endOf(token, message);
      if (isOver) onSessionEnded();
      return isOver;
    },
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
  let stopReopening: Disposer | null = null;

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
      userDeleted(userId, message) {
        // The socket may be opened as somebody else than the account that is signed in.
        const current = session.current();
        if (current === null || current.userId !== userId) return;
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
  const list = createAlertList({
    context,
    client: publicClient,
    intake,
    tier,
    emitStatus,
    onRead: () => live?.noteData(),
  });
  const { channel, sentSessionId } = openSocket(context, session);

  for (const end of [http.open.dispose, http.account.dispose, figures.dispose, list.dispose])
    disposables.add(end);
  disposables.add(() => stopReopening?.());
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
    stopReopening ??= clock.after(REOPEN_PACE_MS, () => {
      stopReopening = null;
      live?.reopen();
    });
  }

  function readAccount(): void {
    if (accountLink?.status().state.kind !== 'live') return;
    account.read({ priority: 'background', signal: stopping.signal }).then(
      () => accountLink?.noteData(),
      () => log.warn('the account could not be read again', { backendId }),
    );
  }

  function onLiveStatus(status: LinkStatus): void {
    emitStatus(status);
    const { state } = status;
    if (state.kind === 'live') list.liveStands();
    else if (state.kind === 'waiting' || state.kind === 'stopped') list.liveIsDown();
    const sent = sentSessionId();
    const isOfSession =
      state.kind === 'stopped' && state.cause.message.toLowerCase().includes('session invalid');
    if (!isOfSession || sent === null) return;
    // The session that came along is over; without it the socket is what its identity is.
    if (session.endIf(sent, reasonIn(state.cause.message))) onSessionEnded();
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
        // Fresh once the list was read; until then only what the socket brings is.
        hasSnapshot: false,
        onOpened: list.readOnOpening,
        onMessage: (line) => intake.take(line),
        onStatus: onLiveStatus,
      });
      live = opened;
      disposables.add(() => opened.dispose());
      void openAccount();
    },
    async refresh() {
      if (live?.status().state.kind !== 'live') live?.reopen();
      await list.read({ priority: 'read' });
      // An account that was stopped is signed in again by an act of its own: it may end somebody's other session.
      if (accountLink?.status().state.kind === 'live')
        await account.read({ priority: 'read', signal: stopping.signal });
    },
    wake() {
      for (const link of [live, accountLink]) if (link?.status().state.kind !== 'stopped') link?.reopen();
      list.wake();
    },
    read: (id, params, signal) => runRead(tools, id, params, AbortSignal.any([signal, stopping.signal])),
    acting: createActs(tools),
    panic: null,
    chat: null,
    dispose: () => disposables.dispose(),
  };
}

const reasonIn = (message: string): string | undefined => /session invalid: ([a-z_]+)/i.exec(message)?.[1];

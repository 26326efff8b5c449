import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Link } from '../../connections/port.ts';
import type { Disposer } from '../../lib/disposables.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { Backend, BackendContext } from '../port.ts';
import type { Tools } from './act-definition.ts';
import { createActs } from './acts.ts';
import { createBaselines } from './baselines.ts';
import { mapEnd } from './alerts.ts';
import { createBook } from './book.ts';
import type { End } from './ends.ts';
import { createChat } from './chat.ts';
import type { AskOptions } from './client.ts';
import { createClient } from './client.ts';
import { createDebounce } from './debounce.ts';
import { createEvents } from './events.ts';
import { createPanic } from './panic.ts';
import { createPolling } from './polling.ts';
import { runRead } from './reads.ts';
import { concernsOne, createRereads } from './rereads.ts';
import { createStarts } from './starts.ts';
import { createStreams, LINGER_MS } from './streams.ts';

/** Models, what runs, and the runs of those that do. */
const ROUND_EVERY_MS = 10 * SECOND_MS;
/** Every third round reads the runs of all models: what was queued elsewhere shows within half a minute. */
const FULL_ROUND_EVERY = 3;
/** Three rounds missed. */
const SILENCE_MS = 45 * SECOND_MS;
const STALE_AFTER_MS = MINUTE_MS;
const ANNOUNCED_PACE_MS = SECOND_MS;

/** One connected AI-Trader: it is read at a pace, and listened to where a model runs. */
export function createBackend(context: BackendContext): Backend {
  const { config, clock, log, connections } = context;
  const disposables = new Disposables();
  const stopping = new AbortController();
  disposables.add(() => stopping.abort());
  /** Ends whose event may yet come. */
  const awaited = new Set<Disposer>();
  disposables.add(() => {
    for (const cancel of awaited) cancel();
  });
  const emit: BackendContext['emit'] = (event) => {
    if (!disposables.disposed) context.emit(event);
  };
  const now = (): number => clock.now();
  const client = createClient(context);
  disposables.add(() => client.dispose());
  const book = createBook({ backendId: config.id, now, emit });
  const rereads = createRereads({
    client,
    book,
    now,
    onEnded,
    onBadAnswer: (reason) => polling.rejected(reason),
    onAnswer: () => polling.answered(),
  });
  const polling = createPolling({
    clock,
    everyMs: ROUND_EVERY_MS,
    open: () => client.session.token(),
    async round() {
      rounds += 1;
      await readAll(rounds % FULL_ROUND_EVERY === 0 ? 'all' : 'active', background);
    },
  });
  const panic = createPanic({ context, client, book, rereads, emit });
  const background: AskOptions = { priority: 'background', signal: stopping.signal };
  const debounce = createDebounce({ clock, paceMs: ANNOUNCED_PACE_MS, onFailed: onRereadFailed });
  disposables.add(debounce.dispose);
  const takeEvent = createEvents({ backendId: config.id, now, emit, book, onAnnounced });
  const streams = createStreams({
    context,
    client,
    book,
    emit,
    onOpened: (modelId) =>
      rereads
        .model(modelId, { priority: 'read', signal: stopping.signal })
        .catch(unlessAnswered)
        .then(settle),
    onMessage: takeEvent,
  });
  disposables.add(streams.dispose);
  const tools: Tools = {
    client,
    clock,
    book,
    rereads,
    starts: createStarts(context, book),
    baselines: createBaselines(),
    settle,
  };
  let link: Link | null = null;
  let rounds = 0;

  /** After each reading: streams follow what runs, and a halt that was asked for is told as it stands. */
  function settle(): void {
    if (disposables.disposed) return;
    if (link !== null) streams.sync();
    panic.tell();
  }

  async function readAll(of: 'active' | 'all', ask: AskOptions): Promise<void> {
    await rereads.round(ask, of);
    settle();
    streams.noteData();
  }

  /** An event reads at once what it can only announce (§5: bursts lose some of them). */
  function onAnnounced(modelId: string, what: 'trade' | 'complete' | 'error'): void {
    const read = what === 'trade' ? rereads.money : rereads.model;
    debounce.ask(`${what === 'trade' ? 'money' : 'model'}:${modelId}`, () =>
      read(modelId, background).then(settle),
    );
  }

  /** The end of a run whose event got lost is told all the same; the event is given time to come. */
  function onEnded(ends: readonly End[]): void {
    for (const end of ends) {
      const cancel = clock.after(LINGER_MS, () => {
        awaited.delete(cancel);
        if (!book.claimEnd(end.modelId)) return;
        const facts = end.run === null ? [] : [{ name: 'run', value: end.run }];
        const names = { backendId: config.id, modelName: book.name(end.modelId) };
        emit({ type: 'alert', alert: mapEnd({ ...end, ...names, facts, nowMs: now() }) });
      });
      awaited.add(cancel);
    }
  }

  /** A stream is not given up for one answer of no use: nothing of it would come again, and `api` shows the trouble. */
  function unlessAnswered(error: unknown): void {
    if (!concernsOne(error)) throw error;
    polling.rejected(error.message);
  }

  function onRereadFailed(error: unknown): void {
    if (disposables.disposed) return;
    const reason = error instanceof Error ? error.message : 'unknown';
    log.warn('a re-read failed', { backendId: config.id, reason });
  }

  return {
    config,
    start() {
      if (link !== null || disposables.disposed) return;
      const opened = connections.link({
        backendId: config.id,
        linkId: 'api',
        label: 'Models and runs',
        transport: polling.transport,
        silenceMs: SILENCE_MS,
        staleAfterMs: STALE_AFTER_MS,
        onOpened: () =>
          tools.starts.restored().then(() => readAll('all', { priority: 'read', signal: stopping.signal })),
        onMessage: () => ({ kind: 'data' }),
        onStatus: (status) => emit({ type: 'link-status', status }),
      });
      link = opened;
      disposables.add(() => opened.dispose());
    },
    async refresh() {
      client.session.retry();
      if (link?.status().state.kind !== 'live') link?.reopen();
      await readAll('all', { priority: 'read', signal: stopping.signal });
      link?.noteData();
    },
    wake() {
      // A link that was stopped for its credentials would only be refused again.
      if (link?.status().state.kind !== 'stopped') link?.reopen();
      streams.wake();
    },
    read: (id, params, signal) => runRead(tools, id, params, AbortSignal.any([signal, stopping.signal])),
    acting: createActs(tools),
    panic: panic.port,
    chat: createChat(client),
    dispose: () => disposables.dispose(),
  };
}

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Link, MessageVerdict } from '../../connections/port.ts';
import type { Disposer } from '../../lib/disposables.ts';
import { startElapsed } from '../../lib/elapsed.ts';
import type { BackendContext } from '../port.ts';
import type { Book } from './book.ts';
import type { Client } from './client.ts';

/** A comment comes every second (§5); this many missed means that the stream is dead. */
const SILENCE_MS = 15 * SECOND_MS;
/** A model may think for long; its runs are read beside the stream every ten seconds, which moves the age too. */
const STALE_AFTER_MS = 2 * MINUTE_MS;
/** Events of workers come up to a second late, and the last one twice: a stream stays open a little after the end. */
export const LINGER_MS = 5 * SECOND_MS;

/** A stream that was refused is tried again so often at most, once the account was accepted elsewhere. */
const REFUSED_FOR_MS = MINUTE_MS;

/** One supervised stream for each model that runs; the server never ends one by itself (§5). */
export interface Streams {
  /** Opens what is missing and closes what is no longer needed. */
  sync(): void;
  /** Everything was read by another way. */
  noteData(): void;
  wake(): void;
  dispose: Disposer;
}

export function createStreams(parts: {
  context: BackendContext;
  client: Client;
  book: Book;
  emit: BackendContext['emit'];
  onOpened(modelId: string): Promise<void>;
  onMessage(modelId: string, text: string): MessageVerdict;
}): Streams {
  const { context, client, book, emit, onOpened, onMessage } = parts;
  const { config, clock, connections } = context;
  const links = new Map<string, Link>();
  const closing = new Map<string, Disposer>();
  /** How long each stream that was stopped is so. */
  const stoppedFor = new Map<string, () => number>();

  const isActive = (modelId: string): boolean => book.active(modelId).length > 0;

  function open(modelId: string): void {
    let isTold = false;
    const link = connections.link({
      backendId: config.id,
      linkId: `model-${modelId}`,
      label: `Run of ${book.name(modelId) ?? `model ${modelId}`}`,
      about: { thing: 'model', id: modelId },
      transport: client.transport(`/api/trading/stream/${encodeURIComponent(modelId)}`),
      silenceMs: SILENCE_MS,
      staleAfterMs: STALE_AFTER_MS,
      onOpened: () => onOpened(modelId),
      onMessage: (text) => onMessage(modelId, text),
      onStatus(status) {
        // A run that just began makes nothing old: only a stream that was open, or could not be opened, has something to tell.
        isTold ||= status.state.kind !== 'connecting';
        if (status.state.kind !== 'stopped') stoppedFor.delete(modelId);
        else if (!stoppedFor.has(modelId)) stoppedFor.set(modelId, startElapsed(clock));
        if (isTold) emit({ type: 'link-status', status });
      },
    });
    links.set(modelId, link);
  }

  function close(modelId: string): void {
    closing.delete(modelId);
    const link = links.get(modelId);
    if (link === undefined || isActive(modelId)) return;
    links.delete(modelId);
    stoppedFor.delete(modelId);
    link.dispose();
    const cause = {
      code: 'disabled' as const,
      message: 'Nothing of this model runs, so there is nothing to listen to.',
    };
    emit({
      type: 'link-status',
      status: { ...link.status(), state: { kind: 'stopped', sinceMs: clock.now(), cause } },
    });
  }

  return {
    sync() {
      for (const modelId of book.ids()) if (isActive(modelId) && !links.has(modelId)) open(modelId);
      for (const [modelId, elapsed] of stoppedFor) {
        // What was read since shows that the account is good: it was the token, as when the server restarted twice.
        if (elapsed() >= REFUSED_FOR_MS) links.get(modelId)?.reopen();
      }
      for (const modelId of links.keys()) {
        if (isActive(modelId) || closing.has(modelId)) continue;
        closing.set(
          modelId,
          clock.after(LINGER_MS, () => close(modelId)),
        );
      }
    },
    noteData() {
      for (const link of links.values()) link.noteData();
    },
    wake() {
      for (const link of links.values()) if (link.status().state.kind !== 'stopped') link.reopen();
    },
    dispose() {
      for (const cancel of closing.values()) cancel();
      for (const link of links.values()) link.dispose();
    },
  };
}

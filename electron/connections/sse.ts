import type { IncomingMessage } from 'node:http';

import { createEventDecoder } from './event-decoder.ts';
import { networkFailure } from './failure.ts';
import type { EventStreams } from './http.ts';
import type { PathSource, Transport } from './port.ts';
import { resolvePath } from './resolve-path.ts';
import { takeTurns } from './take-turns.ts';

const OPEN_MS = 10_000;
const LONGEST_ID_BYTES = 4_096;

/**
 * Server-sent events from `GET path`, for one link. Remembers the last event id over its connections and sends it back.
 * The server's `retry` is not followed: the pace of re-connection is the supervisor's.
 */
export function createSseTransport(http: EventStreams, path: PathSource): Transport {
  let lastEventId = '';

  return (events) => {
    const closing = new AbortController();
    const isClosed = (): boolean => closing.signal.aborted;
    let response: IncomingMessage | null = null;

    async function open(): Promise<void> {
      try {
        response = await http.openEvents({
          method: 'GET',
          path: await resolvePath(path, http.host),
          headers: { 'cache-control': 'no-store', ...lastEventIdHeader(lastEventId) },
          timeoutMs: OPEN_MS,
          priority: 'read',
          signal: closing.signal,
        });
      } catch (error) {
        const failure = networkFailure(error, http.host, 'connecting');
        if (!isClosed()) events.closed(failure.linkCause, failure.retryAfterMs);
        return;
      }
      if (isClosed()) response.destroy();
      else read(response);
    }

    function read(stream: IncomingMessage): void {
      const ready: string[] = [];
      const decoder = createEventDecoder({
        lastEventId,
        onMessage: (message) => ready.push(message.data),
        onRejected: ({ reason, raw }) => events.rejected({ reason, raw }),
      });
      events.opened();
      const took = takeTurns(stream);
      stream.on('data', (chunk: Buffer) => {
        if (isClosed()) return;
        took(chunk.length);
        if (decoder.feed(chunk)) events.activity();
        lastEventId = decoder.lastEventId();
        // Handed over only now, so that a listener that closes or throws finds the decoder in good order.
        for (const text of ready.splice(0)) {
          if (!isClosed()) events.message(text);
        }
        if (!decoder.isEndless()) return;
        stream.destroy();
        finish(() => events.closed({ code: 'bad-answer', message: endless(http.host) }));
      });
      stream.once('end', () => {
        finish(() => events.closed({ code: 'closed', message: `${http.host} ended the stream.` }));
      });
      stream.once('error', (error) => {
        finish(() => events.closed(networkFailure(error, http.host, 'answering').linkCause));
      });
    }

    function finish(tell: () => void): void {
      if (isClosed()) return;
      closing.abort();
      tell();
    }

    void open();
    return () => {
      closing.abort();
      response?.destroy();
    };
  };
}

const endless = (host: string): string => `${host} sent more than 16 MB of one event that does not end.`;

/**
 * The id as UTF-8 bytes, as the HTML standard has it (9.2.4), in the one-byte characters in which Node sends a header. An
 * id with control characters, which Node refuses, or of absurd length, which servers refuse for ever, is not sent.
 */
function lastEventIdHeader(id: string): Record<string, string> {
  const bytes = Buffer.from(id, 'utf8').toString('latin1');
  const sendable = /^[\t\x20-\x7E\x80-\xFF]+$/.test(bytes) && bytes.length <= LONGEST_ID_BYTES;
  return sendable ? { 'last-event-id': bytes } : {};
}

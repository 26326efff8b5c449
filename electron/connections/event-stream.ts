import type { IncomingMessage } from 'node:http';

import { compressedFailure } from './answer.ts';
import type { Call } from './call.ts';
import { createEventDecoder } from './event-decoder.ts';
import { HttpFailure } from './port.ts';
import type { SseMessage } from './port.ts';
import { refusedAnswer } from './refusal.ts';

/** Why this answer is no event stream, or null when it is one. Unlike a browser's, no status is final but that of credentials. */
export function streamRefusal(response: IncomingMessage, host: string, nowMs: number): HttpFailure | null {
  if (response.statusCode !== 200) return refusedAnswer(response, host, 'a stream of events', nowMs);
  const packed = compressedFailure(response, host);
  if (packed !== null) return packed;
  if (/^\s*text\/event-stream\s*(?:;|$)/i.test(response.headers['content-type'] ?? '')) return null;
  const message = `${host} answered something else where a stream of events was expected.`;
  return new HttpFailure({ code: 'bad-answer', message }, true);
}

/**
 * Yields the events of an answer to its end. Silence counts only while we wait for bytes, not while the caller is busy.
 * A piece that had to be thrown away ends it: an answer with a hole in it must not look complete.
 */
export async function* readEvents(
  response: IncomingMessage,
  call: Call,
  idleTimeoutMs: number,
  host: string,
): AsyncGenerator<SseMessage> {
  const ready: SseMessage[] = [];
  const losses: string[] = [];
  const decoder = createEventDecoder({
    lastEventId: '',
    onMessage: (message) => ready.push(message),
    onRejected: (rejection) => {
      if (rejection.lost) losses.push(rejection.reason);
    },
  });
  call.startTimer(idleTimeoutMs);
  for await (const chunk of response as AsyncIterable<Buffer>) {
    call.stopTimer();
    decoder.feed(chunk);
    yield* ready.splice(0);
    if (losses[0] !== undefined) {
      throw new HttpFailure({ code: 'bad-answer', message: `${host} sent ${losses[0]}.` }, true);
    }
    call.startTimer(idleTimeoutMs);
  }
}

import type { ServerResponse } from 'node:http';

import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Faults } from '../faults.ts';
import type { Answer } from './answer.ts';

/** The open `/live` streams (sheet, section 5.1): everybody gets everything, nothing is replayed. */
export interface LiveStreams {
  open(): Answer;
  tell(type: string, data: unknown): void;
  /** Writes bytes as they are to every stream: for faults. */
  writeRaw(text: string): void;
  count(): number;
  dispose(): void;
}

const HEARTBEAT_MS = 30 * SECOND_MS;

export function createLiveStreams(clock: Clock, faults: Faults): LiveStreams {
  const streams = new Map<ServerResponse, () => void>();
  const isMute = (): boolean => faults.hang === 'live' || faults.hang === 'all';

  function write(response: ServerResponse, text: string): void {
    // A reader that has stopped reading must not fill our memory.
    if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy();
    else response.write(text);
  }

  function start(response: ServerResponse): void {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache',
      Connection: 'keep-alive',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    write(
      response,
      `data: ${JSON.stringify({ type: 'connected', ts: new Date(clock.now()).toISOString() })}\n\n`,
    );
    const stop = clock.every(HEARTBEAT_MS, () => {
      if (!isMute()) write(response, ': heartbeat\n\n');
    });
    streams.set(response, stop);
    response.on('close', () => {
      stop();
      streams.delete(response);
    });
  }

  return {
    open: () => ({ kind: 'stream', run: start }),
    tell(type, data) {
      if (isMute() || streams.size === 0) return;
      const frame = `data: ${JSON.stringify({ type, data })}\n\n`.repeat(1 + faults.duplicates);
      for (const response of streams.keys()) write(response, frame);
    },
    writeRaw(text) {
      for (const response of streams.keys()) write(response, text);
    },
    count: () => streams.size,
    dispose() {
      for (const [response, stop] of streams) {
        stop();
        response.destroy();
      }
      streams.clear();
    },
  };
}

const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;

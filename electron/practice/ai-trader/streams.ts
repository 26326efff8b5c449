import type { ServerResponse } from 'node:http';

import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Faults } from '../faults.ts';
import type { Stamps } from './stamps.ts';

/** `process`: from the server's own process, at once. `worker`: through a store that holds the latest only. */
export type EventPath = 'process' | 'worker';

/** The open event streams, one model each (sheet, section 5). Nothing is replayed, and the server closes none. */
export interface EventStreams {
  open(modelId: number, response: ServerResponse): void;
  tell(path: EventPath, modelId: number, type: string, data: unknown): void;
  count(): number;
  dispose(): void;
}

interface Stream {
  response: ServerResponse;
  modelId: number;
  /** What the store held when it was last read; older events are not told. */
  seen: string;
  stopIdle: () => void;
}

export function createEventStreams(clock: Clock, faults: Faults, stamps: Stamps): EventStreams {
  const streams = new Set<Stream>();
  const store = new Map<number, { timestamp: string; frame: string; untilMs: number }>();
  const isMute = (): boolean => faults.hang === 'live' || faults.hang === 'all';

  function write({ response }: Stream, text: string): void {
    if (isMute()) return;
    // A reader that has stopped reading must not fill our memory.
    if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy();
    else response.write(text);
  }

  /** A second without an event of the process: the store is read, so its last event comes once more, and a keep-alive. */
  function idle(stream: Stream): void {
    const latest = store.get(stream.modelId);
    if (latest !== undefined && latest.untilMs > clock.now() && latest.timestamp > stream.seen) {
      stream.seen = latest.timestamp;
      write(stream, latest.frame);
    }
    write(stream, ': keepalive\n\n');
    waitIdle(stream);
  }

  function waitIdle(stream: Stream): void {
    stream.stopIdle();
    stream.stopIdle = clock.after(SECOND_MS, () => idle(stream));
  }

  return {
    open(modelId, response) {
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-cache',
        Connection: 'keep-alive',
        'X-Accel-Buffering': 'no',
      });
      response.flushHeaders();
      const stream: Stream = { response, modelId, seen: stamps.local(), stopIdle: () => undefined };
      streams.add(stream);
      response.on('close', () => {
        stream.stopIdle();
        streams.delete(stream);
      });
      write(stream, frameOf({ type: 'connected', model_id: modelId }));
      waitIdle(stream);
    },
    tell(path, modelId, type, data) {
      const timestamp = stamps.local();
      const frame = frameOf({ type, timestamp, data }).repeat(1 + faults.duplicates);
      store.set(modelId, { timestamp, frame, untilMs: clock.now() + STORE_LIFE_MS });
      if (path === 'worker') return;
      for (const stream of streams) {
        if (stream.modelId !== modelId) continue;
        write(stream, frame);
        waitIdle(stream);
      }
    },
    count: () => streams.size,
    dispose() {
      for (const stream of streams) {
        stream.stopIdle();
        stream.response.destroy();
      }
      streams.clear();
    },
  };
}

/** Python puts a space behind colons and commas; a client that looks at bytes should see the same. */
export const pythonJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return asciiJson(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${asciiJson(name)}: ${pythonJson(member)}`);
  return `{${members.join(', ')}}`;
};

const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const frameOf = (event: unknown): string => `data: ${pythonJson(event)}\n\n`;

const STORE_LIFE_MS = 5 * SECOND_MS;
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;

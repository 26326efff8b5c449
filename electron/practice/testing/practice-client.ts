import { request as openRequest } from 'node:http';

import { createManualClock } from '../../lib/clock.ts';
import type { ManualClock } from '../../lib/clock.ts';
import type { PracticeOptions } from '../port.ts';
import type { Practice } from '../practice.ts';
import { startPracticeOn } from '../practice.ts';
import { practiceBackend } from '../port.ts';

/** A practice desk on a clock that stands still, with a control port. Quiet unless told otherwise. */
export async function startForTest(
  changes: Partial<PracticeOptions> = {},
): Promise<{ practice: Practice; clock: ManualClock; client: Client }> {
  const clock = createManualClock();
  const practice = await startPracticeOn(clock, {
    stateFile: null,
    clock: { factor: 1, originMs: 0, originRealMs: 0 },
    seed: 7,
    ports: {},
    controlPort: 0,
    quiet: true,
    ...changes,
  });
  return { practice, clock, client: createClient(practice.ready) };
}

interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; `undefined` when it is none. */
  body: unknown;
}

export interface Client {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** The same with the owner header. */
  own(method: string, path: string, body?: unknown): Promise<Reply>;
  control(name: string, body?: unknown): Promise<unknown>;
  live(): Promise<LiveReader>;
}

export function createClient(ready: Practice['ready']): Client {
  const { address, secrets } = practiceBackend(ready, 'coinruler');
  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(address + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...init,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  }
  return {
    call,
    own: (method, path, body) => call(method, path, body, { 'X-Owner-Id': secrets.ownerId ?? '' }),
    async control(name, body) {
      const method = name === 'state' ? 'GET' : 'POST';
      const response = await fetch(`${ready.controlAddress}/control/${name}`, {
        method,
        ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
      });
      const answer: unknown = await response.json();
      if (!response.ok) throw new Error(JSON.stringify(answer));
      return answer;
    },
    live: () => readLive(`${address}/live`),
  };
}

/** Reads a stream of events as it comes, byte for byte. */
interface LiveReader {
  headers: Record<string, string | string[] | undefined>;
  /** Resolves with the stream's text so far as soon as it contains this. */
  until(text: string): Promise<string>;
  /** All frames so far, parsed; comments left out. */
  frames(): { type: string; data?: unknown }[];
  text(): string;
  closed: Promise<void>;
  close(): void;
}

function readLive(url: string): Promise<LiveReader> {
  return new Promise((resolve, reject) => {
    const request = openRequest(url, (response) => {
      let text = '';
      let waiting: { wanted: string; found(text: string): void }[] = [];
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        waiting = waiting.filter((one) => {
          if (!text.includes(one.wanted)) return true;
          one.found(text);
          return false;
        });
      });
      const closed = new Promise<void>((done) => response.on('close', done));
      // A stream that is cut ends in an error; `closed` tells.
      response.on('error', () => request.destroy());
      resolve({
        headers: response.headers,
        until: (wanted) =>
          text.includes(wanted)
            ? Promise.resolve(text)
            : new Promise((found) => waiting.push({ wanted, found })),
        frames: () =>
          text
            .split('\n\n')
            .filter((frame) => frame.startsWith('data: '))
            .map((frame) => JSON.parse(frame.slice(6)) as { type: string; data?: unknown }),
        text: () => text,
        closed,
        close: () => request.destroy(),
      });
    });
    request.on('error', reject);
    request.end();
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

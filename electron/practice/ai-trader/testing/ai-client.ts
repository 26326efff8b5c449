import { readFileSync } from 'node:fs';
import { request as openRequest } from 'node:http';

import type { ManualClock } from '../../../lib/clock.ts';
import type { PracticeOptions } from '../../port.ts';
import { practiceBackend } from '../../port.ts';
import type { Practice } from '../../practice.ts';
import type { Client } from '../../testing/practice-client.ts';
import { startForTest } from '../../testing/practice-client.ts';

interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

export interface AiClient {
  practice: Practice;
  clock: ManualClock;
  control: Client['control'];
  address: string;
  token: string;
  secrets: Readonly<Record<string, string>>;
  /** Signed in, unless headers say otherwise. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Reads a stream as it comes; the token goes into the query. */
  stream(path: string): Promise<ByteReader>;
}

/** A practice desk with somebody signed in to its AI-Trader. */
export async function startAi(changes: Partial<PracticeOptions> = {}): Promise<AiClient> {
  const { practice, clock, client } = await startForTest(changes);
  const { address, secrets } = practiceBackend(practice.ready, 'ai-trader');
  let token = '';

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { authorization: `Bearer ${token}` },
  ): Promise<Reply> {
    const response = await fetch(address + path, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  }

  const { email, password } = secrets;
  token = String((await call('POST', '/api/auth/login', { email, password }, {})).body.access_token);
  return {
    practice,
    clock,
    control: client.control,
    address,
    token,
    secrets,
    call,
    stream: (path) => readBytes(`${address}${path}${path.includes('?') ? '&' : '?'}token=${token}`),
  };
}

interface ByteReader {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Resolves with what came so far once it contains this, so many times. */
  until(text: string, times?: number): Promise<string>;
  text(): string;
  /** The frames that are events, parsed. */
  frames(): { type: string; timestamp?: string; data?: Record<string, unknown> }[];
  closed: Promise<void>;
  close(): void;
}

export function readBytes(url: string, headers: Record<string, string> = {}): Promise<ByteReader> {
  return new Promise((resolve, reject) => {
    const request = openRequest(url, { headers }, (response) => {
      let text = '';
      let waiting: { isThere(): boolean; found(text: string): void }[] = [];
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        waiting = waiting.filter((one) => {
          if (!one.isThere()) return true;
          one.found(text);
          return false;
        });
      });
      response.on('error', () => request.destroy());
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        until(wanted, times = 1) {
          const isThere = (): boolean => text.split(wanted).length > times;
          if (isThere()) return Promise.resolve(text);
          return new Promise((found) => waiting.push({ isThere, found }));
        },
        text: () => text,
        frames: () =>
          text
            .split(/\r?\n/)
            .filter((line) => line.startsWith('data: '))
            .map((line) => JSON.parse(line.slice(6)) as ReturnType<ByteReader['frames']>[number]),
        closed: new Promise((done) => response.on('close', done)),
        close: () => request.destroy(),
      });
    });
    request.on('error', reject);
    request.end();
  });
}

/** A recording of the reference server's REST answers, by the name that stands above each. */
export function recordedAnswers(): Map<string, { status: number; body: unknown }> {
  const text = readFileSync(new URL('../fixtures/ai-trader-rest.txt', import.meta.url), 'utf8');
  const answers = new Map<string, { status: number; body: unknown }>();
  for (const part of text.split(/^### /m).slice(1)) {
    const [name = '', body = '', status = ''] = part.split('\n');
    // The claims of a token are no answer.
    if (status !== '')
      answers.set(name, { status: Number(status.replace('<- HTTP ', '')), body: JSON.parse(body) });
  }
  return answers;
}

export const recordedText = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

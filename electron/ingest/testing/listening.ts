import type { OutgoingHttpHeaders } from 'node:http';
import { Agent, request as openRequest } from 'node:http';

import { afterEach } from 'vitest';

import type { DeskEvent } from '#shared/domain/desk.ts';
import type { IngestSettings } from '#shared/domain/settings/ingest.ts';
import { INGEST_ID } from '#shared/domain/own-ids.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';
import { HOUR_MS } from '#shared/time.ts';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Ingest } from '../ingest.ts';
import { createIngest } from '../ingest.ts';

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
}

export interface Listening {
  ingest: Ingest;
  clock: ManualClock;
  key: string;
  events: DeskEvent[];
  alerts(): Extract<DeskEvent, { type: 'alert' }>[];
  change(changes: Partial<IngestSettings>): Promise<void>;
  /** With the key, as JSON, unless told otherwise; a member that is `undefined` is left out. */
  post(body: unknown, headers?: OutgoingHttpHeaders, path?: string, method?: string): Promise<Reply>;
  close(): Promise<void>;
}

/** What lives longer than one listener. `refuses` and `holdBack` are for a disk that is full, or slow. */
export function createMemory() {
  let kept: unknown = null;
  let isRefusing = false;
  let isFree: Promise<void> = Promise.resolve();
  return {
    recall: () => Promise.resolve(kept),
    async remember(ids: readonly string[]): Promise<void> {
      await isFree;
      if (isRefusing) throw new Error('The disk is full.');
      kept = structuredClone(ids);
    },
    refuse: () => void (isRefusing = true),
    /** Writes take until the answer is called. */
    holdBack(): () => void {
      const { promise, resolve }: PromiseWithResolvers<void> = Promise.withResolvers();
      isFree = promise;
      return resolve;
    },
  };
}

/** Starts listeners for the tests of a file; each is closed after its test. */
export function useListening(): typeof startListening {
  const open = new Set<Listening>();
  afterEach(async () => {
    for (const listening of open) await listening.close();
    open.clear();
  });
  return async (...given) => {
    const listening = await startListening(...given);
    open.add(listening);
    return listening;
  };
}

/** A listener on any free port of loopback, with a vault and settings that live in memory. */
async function startListening(
  settings: Partial<IngestSettings> = {},
  memory = createMemory(),
): Promise<Listening> {
  const clock = createManualClock();
  const events: DeskEvent[] = [];
  const secrets = new Map<string, string>();
  const listeners = new Set<(settings: Settings) => void>();
  // Any free port, which is no port that a person could set.
  let current = {
    ...settingsSchema.parse({}),
    ingest: { enabled: true, port: 0, bind: 'loopback', ...settings },
  };
  let made = 0;
  const ingest = createIngest({
    clock,
    log: silentLogger,
    dispatch: (event) => void events.push(event),
    newKey: () => `key-${(made += 1)}`,
    memory,
    settings: {
      get: () => current as Settings,
      onChange(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    vault: {
      status: () => ({
        protection: 'session-only',
        unopened: [],
        locked: false,
        keychainTrouble: null,
        sessionChosen: false,
        nextTryAtMs: null,
        explanation: '',
        secrets: [...secrets.keys()].map((name) => {
          return { backendId: INGEST_ID, name, savedAtMs: clock.now(), usedAtMs: null };
        }),
      }),
      set: (_, name, value) => Promise.resolve(void secrets.set(name, value)),
      reveal: (_, name) => Promise.resolve(secrets.get(name) ?? null),
    },
  });
  const { key } = await ingest.rotateKey();
  ingest.start();
  await ingest.settled();
  // One connection a request: what one left behind must not meet the next.
  const agent = new Agent({ keepAlive: false });

  return {
    ingest,
    clock,
    key,
    events,
    alerts: () => events.filter((event) => event.type === 'alert'),
    async change(changes) {
      current = { ...current, ingest: { ...current.ingest, ...changes } };
      for (const listener of listeners) listener(current as Settings);
      await ingest.settled();
    },
    post(body, headers = {}, path, method = 'POST') {
      const url = new URL(ingest.status().url);
      return new Promise((resolve, reject) => {
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        const all: OutgoingHttpHeaders = {
          'X-API-Key': key,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(text),
          ...headers,
        };
        const request = openRequest(
          {
            agent,
            method,
            host: url.hostname,
            port: url.port,
            path: path ?? url.pathname,
            headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
          },
          (response) => {
            let answer = '';
            response.setEncoding('utf8');
            response.on('data', (chunk: string) => (answer += chunk));
            response.on('end', () => {
              const { statusCode = 0, headers: answered } = response;
              resolve({
                status: statusCode,
                headers: answered,
                body: JSON.parse(answer || '{}') as Record<string, unknown>,
              });
            });
          },
        );
        request.on('error', reject);
        request.end(text);
      });
    },
    async close() {
      ingest.dispose();
      agent.destroy();
      await ingest.settled();
    },
  };
}

const HOUR = 1_800_000_000_000 - (1_800_000_000_000 % HOUR_MS);

/** What a detector script in Python sends by `json=` and `isoformat()` (sheet, section 8). */
export const pythonAlert = (given: Record<string, unknown> = {}): Record<string, unknown> => ({
  symbol: 'AAAUSDT',
  asset: 'AAA',
  currentVolume: 9_000_000.5,
  previousVolume: 2_000_000,
  volumeRatio: 4.5,
  timestamp: new Date(HOUR + 600_000).toISOString().replace('.000Z', '.123456+00:00'),
  hourTimestamp: new Date(HOUR).toISOString().replace('.000Z', '+00:00'),
  price: null,
  fundingRate: -0.0001,
  candleDirection: null,
  isUpdate: false,
  alertType: 'SPIKE',
  message: 'AAA hourly volume 4.5× the hour before',
  ...given,
});

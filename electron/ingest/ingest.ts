import type { Server } from 'node:http';
import { networkInterfaces } from 'node:os';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import type { IngestSettings, IngestStatus } from '#shared/domain/settings/ingest.ts';
import { INGEST_ID } from '#shared/domain/own-ids.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { VaultPort } from '../vault/port.ts';
import type { DeliveredMemory } from './delivered.ts';
import { createDelivered } from './delivered.ts';
import { INGEST_PATH, KEY_HEADER } from './gate.ts';
import { createLinkReport } from './link-report.ts';
import { createListener, MAX_BODY_BYTES, MAX_PER_MINUTE } from './listener.ts';
import { alertIdOf, mapAlert, mapSpike } from './mapping.ts';
import type { DetectorAlert } from './payload.ts';
import type { IngestPort } from './port.ts';
import { createRateCheck } from './rate.ts';

interface IngestParts {
  settings: Pick<SettingsPort, 'get' | 'onChange'>;
  vault: Pick<VaultPort, 'status' | 'set' | 'reveal'>;
  clock: Clock;
  log: Logger;
  dispatch(event: DeskEvent): void;
  memory: DeliveredMemory;
  /** A new key, of secure chance. */
  newKey(): string;
}

export interface Ingest extends IngestPort {
  /** Listens as the settings say, now and whenever they change. */
  start(): void;
  /** Resolves when what the last change of settings asked for is done. */
  settled(): Promise<void>;
  dispose: Disposer;
}

/**
 * The desk's own listener (S6): detector scripts post volume alerts to it, and it can do nothing but deliver those. Off
 * until the person switches it on. On the desk it stands as one more backend, so that its alerts have a name and a light.
 */
export function createIngest(parts: IngestParts): Ingest {
  const { settings, vault, clock, log, dispatch } = parts;
  const delivered = createDelivered(parts.memory, clock);
  const rate = createRateCheck(MAX_PER_MINUTE);
  const link = createLinkReport(clock, (status) => dispatch({ type: 'link-status', status }));
  let wanted: IngestSettings = { ...settings.get().ingest, enabled: false };
  let server: Server | null = null;
  let work: Promise<void> | null = null;
  let cancelRetry: Disposer | null = null;
  let stopWatching: Disposer | null = null;
  let disposed = false;

  function follow(): void {
    const next = settings.get().ingest;
    if (disposed || isSame(next, wanted)) return;
    wanted = next;
    // One after the other: the port has to be free again before it is taken anew.
    then(() => apply(next));
  }

  /** Before anything else what was delivered before is learned. */
  function then(step: () => Promise<void>): void {
    work = (work ?? delivered.recall()).then(step);
  }

  async function apply(target: IngestSettings): Promise<void> {
    await close();
    if (disposed || target !== wanted) return;
    if (target.enabled) {
      dispatch({ type: 'backend-configured', config: configOf(target) });
      await open(target);
    } else {
      dispatch({ type: 'backend-removed', backendId: INGEST_ID });
    }
  }

  async function open(target: IngestSettings): Promise<void> {
    const opening = createListener({
      bind: target.bind,
      now: () => clock.now(),
      rate,
      key: () => vault.reveal(INGEST_ID, KEY_NAME),
      take,
      refused: (refusal) => link.refused(refusal),
    });
    link.connecting();
    try {
      await listen(opening, target);
    } catch (error) {
      const message = wordsFor(error, target.port);
      log.warn('the listener for detector scripts cannot open', { message });
      link.stopped(message);
      cancelRetry = clock.after(RETRY_MS, () => {
        if (target === wanted) then(() => apply(target));
      });
      return;
    }
    server = opening;
    log.info('the listener for detector scripts is open', { bind: target.bind, port: portOf(opening) });
    link.live();
  }

  function close(): Promise<void> {
    cancelRetry?.();
    cancelRetry = null;
    const closing = server;
    server = null;
    return closing === null ? Promise.resolve() : closeServer(closing);
  }

  /**
   * The one thing that comes in. Whoever posts it again is told the same, and the desk nothing. Answers once it is on disk (D6):
   * a script that was answered does not post it again.
   */
  async function take(wire: DetectorAlert): Promise<string> {
    const id = alertIdOf(wire);
    const isNew = !delivered.has(id);
    // Not while it is being switched off: it would count as delivered and never be shown.
    if (isNew && server !== null) {
      delivered.add(id);
      const spike = mapSpike(wire, id, clock.now());
      dispatch({ type: 'feed', slice: 'spikes', backendId: INGEST_ID, entries: [spike] });
      dispatch({ type: 'alert', alert: mapAlert(spike) });
    }
    link.taken(isNew);
    await delivered.kept();
    return id;
  }

  return {
    start() {
      stopWatching ??= settings.onChange(follow);
      follow();
    },
    async settled() {
      for (let seen = null; seen !== work;) await (seen = work);
    },
    status(): IngestStatus {
      const { bind, port } = settings.get().ingest;
      const listeningOn = server === null ? port : portOf(server);
      const saved = vault
        .status()
        .secrets.find(({ backendId, name }) => backendId === INGEST_ID && name === KEY_NAME);
      return {
        listening: server !== null,
        url: `http://127.0.0.1:${listeningOn}${INGEST_PATH}`,
        networkUrls: bind === 'network' ? networkUrls(listeningOn) : [],
        keyHeader: KEY_HEADER,
        key: { present: saved !== undefined, savedAtMs: saved?.savedAtMs ?? null },
        ...link.counts(),
        limits: { bodyBytes: MAX_BODY_BYTES, perMinute: MAX_PER_MINUTE },
      };
    },
    async rotateKey() {
      const key = parts.newKey();
      await vault.set(INGEST_ID, KEY_NAME, key);
      log.info('the key for detector scripts was made anew');
      return { key };
    },
    dispose() {
      disposed = true;
      stopWatching?.();
      link.dispose();
      void close();
    },
  };
}

const isSame = (one: IngestSettings, other: IngestSettings): boolean =>
  one.enabled === other.enabled && one.port === other.port && one.bind === other.bind;

const configOf = ({ port }: IngestSettings): BackendConfig => ({
  id: INGEST_ID,
  kind: INGEST_ID,
  name: 'Detector scripts',
  address: `http://127.0.0.1:${port}`,
  colour: '#d08b4c',
  practice: false,
  enabled: true,
  allowPlainHttp: false,
  watchesOnly: true,
});

function listen(server: Server, { bind, port }: IngestSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, bind === 'network' ? '0.0.0.0' : '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function wordsFor(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Choose another port in Settings, or end that program.`;
  if (code === 'EACCES') return `The system does not let Quarterdeck listen on port ${port}.`;
  return `Quarterdeck cannot listen on port ${port}.`;
}

const networkUrls = (port: number): string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `http://${address}:${port}${INGEST_PATH}`);

const KEY_NAME = 'api-key';
/** A desk that was just restarted may find its port not free yet. */
const RETRY_MS = 15 * SECOND_MS;

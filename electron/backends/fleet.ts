import { isDeepStrictEqual } from 'node:util';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { vaultIdOf } from '#shared/domain/attention/channel.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import { INGEST_ID } from '#shared/domain/own-ids.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { PROXY_SECRET, secretDestination } from '#shared/domain/backends/network.ts';
import { WATCH_ID } from '#shared/domain/own-ids.ts';

import { describeAuthority } from '../lib/authority.ts';
import { bindSecret, openBound } from '../lib/bound-secret.ts';
import type { ConnectionsPort, NetworkRoute } from '../connections/port.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { VaultPort } from '../vault/port.ts';
import { detectKinds } from './detect.ts';
import type { BackendMemoryParts } from './backend-memory.ts';
import { memoryOf } from './backend-memory.ts';
import type { Fleet } from './fleet-port.ts';
import type { Backend, BackendContext, BackendKind } from './port.ts';
import { PRACTICE_BACKEND_ID, practiceConfig, practiceIdOf } from './practice-backends.ts';

/** Stands where a backend's own links will, while its secrets wait for the passphrase. */
const VAULT_LINK = 'vault';

/** Under such ids the vault keeps what belongs to channels. */
const CHANNEL_PREFIX = vaultIdOf('');

export interface FleetParts extends BackendMemoryParts {
  kinds: ReadonlyMap<string, BackendKind>;
  connections: ConnectionsPort;
  settings: SettingsPort;
  vault: VaultPort;
  log: Logger;
  dispatch(event: DeskEvent): void;
}

/** Connects every backend that the settings name. Nothing is opened before `start`. */
export function createFleet(parts: FleetParts): Fleet & { start(): void } {
  const { kinds, settings, vault, log } = parts;
  const backends = new Map<string, Backend>();
  /** By id. Their secrets are kept nowhere else. */
  let stopFollowing: Disposer = () => undefined;
  const practice = new Map<string, { config: BackendConfig; secret: BackendContext['secret'] }>();
  /** By id: those that are not opened before the vault is. PANIC knows of them all the same (K5). */
  const waiting = new Map<string, BackendConfig>();
  /** As each was last connected, or not since it is switched off. */
  const connected = new Map<string, BackendConfig>();
  const practiceIds = new Set([PRACTICE_BACKEND_ID, ...[...kinds.keys()].map(practiceIdOf)]);

  function start(): void {
    for (const config of settings.get().backends) connectKept(config);
    stopFollowing = vault.onKeepingChange(followVault);
  }

  function connectKept(config: BackendConfig): void {
    connected.set(config.id, config);
    connect(config, (name) => revealFor(config, name));
  }

  /** A secret as it is kept, if it was typed for where it would go: the settings alone cannot lead it elsewhere (S3). */
  const revealFor = async (config: BackendConfig, name: string): Promise<string | null> =>
    openBound(await vault.reveal(config.id, name), secretDestination(config));

  /** What waited for the vault is opened with it; what needs a secret of a vault that was locked waits again. */
  function followVault(): void {
    for (const config of settings.get().backends)
      if (waiting.has(config.id) !== vault.waits(config.id)) connectKept(config);
  }

  function connect(wanted: BackendConfig, secret: BackendContext['secret']): void {
    const kind = kinds.get(wanted.kind);
    const { mirrorsAccount = false, watchesOnly = false, withoutAccount = false } = kind?.descriptor ?? {};
    const config = { ...wanted, mirrorsAccount, watchesOnly, withoutAccount };
    disconnect(config.id);
    parts.dispatch({ type: 'backend-configured', config });
    if (!config.enabled) return;
    if (kind === undefined) {
      log.warn('a backend of an unknown kind stays unconnected', { backendId: config.id, kind: config.kind });
      return;
    }
    const backend = kind.create(context(config, secret));
    backends.set(config.id, backend);
    if (vault.waits(config.id)) {
      waiting.set(config.id, config);
      parts.dispatch({ type: 'link-status', status: waitingLink(config.id, parts.clock.now()) });
    } else backend.start();
  }

  function disconnect(backendId: string): void {
    if (waiting.delete(backendId)) parts.dispatch({ type: 'link-removed', backendId, linkId: VAULT_LINK });
    backends.get(backendId)?.dispose();
    backends.delete(backendId);
  }

  function context(config: BackendConfig, secret: BackendContext['secret']): BackendContext {
    const { clock } = parts;
    const connections = parts.connections.by(routeOf(config, secret));
    // A backend that is still answering after it was removed must not bring its entries back.
    const emit = (event: DeskEvent): void => {
      if (backends.get(config.id)?.config === config) parts.dispatch(event);
    };
    return { config, clock, log, connections, secret, emit, memory: memoryOf(config.id, parts) };
  }

  return {
    start,
    kinds: () => [...kinds.values()].map((kind) => kind.descriptor),
    get: (backendId) => backends.get(backendId),
    all: () => [...backends.values()],

    check,

    followSettings() {
      const configured = settings.get().backends;
      for (const backendId of connected.keys()) {
        if (configured.some(({ id }) => id === backendId)) continue;
        disconnect(backendId);
        connected.delete(backendId);
        parts.dispatch({ type: 'backend-removed', backendId });
      }
      for (const config of configured)
        if (!isDeepStrictEqual(connected.get(config.id), config)) connectKept(config);
    },

    async save(wanted, secrets) {
      const config = check(wanted);
      // What is kept goes where it was given for, and nowhere else (S3).
      const { secrets: kept } = vault.status();
      if (!keepsDestination(config) && kept.some(({ backendId }) => backendId === config.id))
        await vault.removeAll(config.id);
      for (const [name, value] of Object.entries(secrets)) {
        if (value !== '') await vault.set(config.id, name, bindSecret(value, secretDestination(config)));
      }
      settings.saveBackend(config);
      connectKept(config);
      return config;
    },

    reconnect(backendId) {
      const config = settings.get().backends.find(({ id }) => id === backendId);
      if (config !== undefined) connectKept(config);
    },

    test(wanted, secrets) {
      if (practiceIds.has(wanted.id)) return testPractice(wanted.id);
      const config = withoutTrailingSlash(wanted);
      refuseOwnId(config);
      const kind = requireKind(config);
      requireAuthority(config);
      const usesKept = keepsDestination(config);
      const given = async (name: string): Promise<string | null> => {
        const typed = secrets[name];
        if (typed !== undefined && typed !== '') return typed;
        return usesKept ? revealFor(config, name) : null;
      };
      return kind.test({ ...context(config, given), emit: () => {} });
    },

    detect: (config) =>
      detectKinds({
        kinds: kinds.values(),
        config: withoutTrailingSlash(config),
        contextFor: (one) => ({ ...context(one, () => Promise.resolve(null)), emit: () => {} }),
      }),

    async remove(backendId) {
      refuseOwnId({ id: backendId });
      disconnect(backendId);
      connected.delete(backendId);
      parts.dispatch({ type: 'backend-removed', backendId });
      settings.removeBackend(backendId);
      await vault.removeAll(backendId);
    },

    setPractice(running) {
      const wanted = new Map(running.map((one) => [practiceIdOf(one.kind), one]));
      for (const backendId of [...practice.keys()].filter((id) => !wanted.has(id))) {
        practice.delete(backendId);
        disconnect(backendId);
        parts.dispatch({ type: 'backend-removed', backendId });
      }
      for (const [backendId, { secrets, ...running }] of wanted) {
        const config = practiceConfig(running);
        const secret = (name: string): Promise<string | null> => Promise.resolve(secrets[name] ?? null);
        practice.set(backendId, { config, secret });
        connect(config, secret);
      }
    },

    wake() {
      for (const [backendId, backend] of backends) if (!waiting.has(backendId)) backend.wake();
    },

    dispose() {
      stopFollowing();
      for (const backendId of [...backends.keys()]) disconnect(backendId);
    },
  };

  /** Its secret goes to its own address alone, whatever address was asked about. */
  async function testPractice(backendId: string): ReturnType<Fleet['test']> {
    const running = practice.get(backendId);
    if (running === undefined) throw new Error('The practice desk is not running.');
    const { config, secret } = running;
    return requireKind(config).test({ ...context(config, secret), emit: () => {} });
  }

  function check(wanted: BackendConfig): BackendConfig {
    const config = withoutTrailingSlash(wanted);
    refuseOwnId(config);
    requireKind(config);
    requireAuthority(config);
    return config;
  }

  function refuseOwnId(config: Pick<BackendConfig, 'id'>): void {
    if (practiceIds.has(config.id)) throw new Error('The practice desk is switched on and off in Settings.');
    if (config.id === INGEST_ID)
      throw new Error('The listener for detector scripts is switched on and off in Settings.');
    // Its secrets would be those of the heartbeat, or of a channel.
    if (config.id === WATCH_ID || config.id.startsWith(CHANNEL_PREFIX))
      throw new Error('This id is kept for Quarterdeck itself.');
  }

  /** Whether its secrets, as they are kept, would go where they were given for. */
  function keepsDestination(config: BackendConfig): boolean {
    const before = settings.get().backends.find(({ id }) => id === config.id);
    return before !== undefined && secretDestination(before) === secretDestination(config);
  }

  function requireAuthority({ network }: BackendConfig): void {
    if (network?.authority !== undefined) describeAuthority(network.authority, parts.clock.now());
  }

  function requireKind(config: Pick<BackendConfig, 'kind'>): BackendKind {
    const kind = kinds.get(config.kind);
    if (kind === undefined)
      throw new Error(`Quarterdeck does not know backends of the kind "${config.kind}".`);
    return kind;
  }
}

function routeOf({ network }: BackendConfig, secret: BackendContext['secret']): NetworkRoute {
  const { proxy, authority } = network ?? {};
  return {
    ...(proxy === undefined ? {} : { proxy: { address: proxy, credentials: () => secret(PROXY_SECRET) } }),
    ...(authority === undefined ? {} : { authority }),
  };
}

const waitingLink = (backendId: string, nowMs: number): LinkStatus => ({
  backendId,
  linkId: VAULT_LINK,
  label: 'Vault',
  state: {
    kind: 'stopped',
    sinceMs: nowMs,
    cause: { code: 'credentials', message: 'It waits for the vault: give your passphrase to open it.' },
  },
  receivedAtMs: null,
  dataAtMs: null,
  staleAfterMs: 0,
  reconnections: 0,
  received: 0,
  rejected: 0,
  perMinute: 0,
  latency: null,
  rejectedSamples: [],
  budget: null,
});

const withoutTrailingSlash = (config: BackendConfig): BackendConfig => ({
  ...config,
  practice: false,
  address: config.address.replace(/\/+$/, ''),
});

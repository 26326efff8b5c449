import type { BackendConfig } from '#shared/domain/backend.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';

import type { ConnectionsPort } from '../connections/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { VaultPort } from '../vault/port.ts';
import type { Fleet } from './fleet-port.ts';
import type { Backend, BackendContext, BackendKind } from './port.ts';

/** The id that the practice backend has on every desk; no other backend may take it. */
export const PRACTICE_BACKEND_ID = 'practice';

const PRACTICE_KIND = 'coinruler';

export interface FleetParts {
  kinds: ReadonlyMap<string, BackendKind>;
  connections: ConnectionsPort;
  settings: SettingsPort;
  vault: VaultPort;
  clock: Clock;
  log: Logger;
  dispatch(event: DeskEvent): void;
}

/** Connects every backend that the settings name. Nothing is opened before `start`. */
export function createFleet(parts: FleetParts): Fleet & { start(): void } {
  const { kinds, settings, vault, log } = parts;
  const backends = new Map<string, Backend>();

  function start(): void {
    for (const config of settings.get().backends) connect(config, (name) => vault.reveal(config.id, name));
  }

  function connect(config: BackendConfig, secret: BackendContext['secret']): void {
    disconnect(config.id);
    parts.dispatch({ type: 'backend-configured', config });
    if (!config.enabled) return;
    const kind = kinds.get(config.kind);
    if (kind === undefined) {
      log.warn('a backend of an unknown kind stays unconnected', { backendId: config.id, kind: config.kind });
      return;
    }
    const backend = kind.create(context(config, secret));
    backends.set(config.id, backend);
    backend.start();
  }

  function disconnect(backendId: string): void {
    backends.get(backendId)?.dispose();
    backends.delete(backendId);
  }

  function context(config: BackendConfig, secret: BackendContext['secret']): BackendContext {
    const { clock, connections } = parts;
    // A backend that is still answering after it was removed must not bring its entries back.
    const emit = (event: DeskEvent): void => {
      if (backends.get(config.id)?.config === config) parts.dispatch(event);
    };
    return { config, clock, log, connections, secret, emit };
  }

  return {
    start,
    kinds: () => [...kinds.values()].map((kind) => kind.descriptor),
    get: (backendId) => backends.get(backendId),
    all: () => [...backends.values()],

    async save(wanted, secrets) {
      const config = withoutTrailingSlash(wanted);
      refusePracticeId(config);
      requireKind(config);
      for (const [name, value] of Object.entries(secrets)) {
        if (value !== '') await vault.set(config.id, name, value);
      }
      settings.saveBackend(config);
      connect(config, (name) => vault.reveal(config.id, name));
      return config;
    },

    test(wanted, secrets) {
      const config = withoutTrailingSlash(wanted);
      const kind = requireKind(config);
      const given = (name: string): Promise<string | null> => {
        const typed = secrets[name];
        return typed === undefined || typed === '' ? vault.reveal(config.id, name) : Promise.resolve(typed);
      };
      return kind.test({ ...context(config, given), emit: () => {} });
    },

    async remove(backendId) {
      refusePracticeId({ id: backendId });
      disconnect(backendId);
      parts.dispatch({ type: 'backend-removed', backendId });
      settings.removeBackend(backendId);
      await vault.removeAll(backendId);
    },

    setPractice(practice) {
      if (practice === null) {
        disconnect(PRACTICE_BACKEND_ID);
        parts.dispatch({ type: 'backend-removed', backendId: PRACTICE_BACKEND_ID });
        return;
      }
      const { address, secrets } = practice;
      connect(practiceConfig(address), (name) => Promise.resolve(secrets[name] ?? null));
    },

    wake() {
      for (const backend of backends.values()) backend.wake();
    },

    dispose() {
      for (const backendId of [...backends.keys()]) disconnect(backendId);
    },
  };

  function requireKind(config: Pick<BackendConfig, 'kind'>): BackendKind {
    const kind = kinds.get(config.kind);
    if (kind === undefined)
      throw new Error(`Quarterdeck does not know backends of the kind "${config.kind}".`);
    return kind;
  }
}

function practiceConfig(address: string): BackendConfig {
  return {
    id: PRACTICE_BACKEND_ID,
    kind: PRACTICE_KIND,
    name: 'Practice desk',
    address,
    colour: '#8b7cf6',
    practice: true,
    enabled: true,
    allowPlainHttp: false,
  };
}

function refusePracticeId(config: Pick<BackendConfig, 'id'>): void {
  if (config.id === PRACTICE_BACKEND_ID)
    throw new Error('The practice desk is switched on and off in Settings.');
}

const withoutTrailingSlash = (config: BackendConfig): BackendConfig => ({
  ...config,
  practice: false,
  address: config.address.replace(/\/+$/, ''),
});

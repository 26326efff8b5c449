import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BackendConfig } from '#shared/domain/backend.ts';

import type { PracticeBackend } from '../backends/fleet-port.ts';
import type { PracticeOptions } from '../practice/port.ts';
import { practiceBackend } from '../practice/port.ts';
import { control, startPracticeChild } from './practice-child.ts';
import type { PracticeChild } from './practice-child.ts';

/** One backend in a process of its own, which a test can freeze, kill and start again at the same address. */
export interface BackendProcess {
  /** As a person would configure it: nothing about it says practice. */
  config: BackendConfig;
  secrets: PracticeBackend['secrets'];
  control(name: string, body?: unknown): Promise<unknown>;
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  comeBack(): Promise<void>;
}

export interface FiveBackends {
  bot: BackendProcess;
  models: BackendProcess;
  hub: BackendProcess;
  volume: BackendProcess;
  traders: BackendProcess;
  all: readonly BackendProcess[];
  stop(): Promise<void>;
}

const COLOUR = '#6f8fd1';

/** A backend of each kind, each in a process of its own, quiet. */
export async function startFiveBackends(): Promise<FiveBackends> {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-backends-'));
  const [bot, models, hub, volume, traders] = await Promise.all([
    startBackend(folder, 'coinruler', 'bot', 'Coin bot'),
    startBackend(folder, 'ai-trader', 'models', 'Models'),
    startBackend(folder, 'market-hub', 'hub', 'Market hub'),
    startBackend(folder, 'volspike', 'volume', 'Volume watch'),
    startBackend(folder, 'copy-trading', 'traders', 'Traders'),
  ]);
  const all = [bot, models, hub, volume, traders];
  return {
    bot,
    models,
    hub,
    volume,
    traders,
    all,
    async stop() {
      await Promise.all(all.map((one) => one.kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startBackend(folder: string, kind: string, id: string, name: string): Promise<BackendProcess> {
  const options: PracticeOptions = {
    stateFile: join(folder, `${kind}.json`),
    clock: { factor: 1, originMs: 0, originRealMs: 0 },
    seed: 11,
    ports: {},
    controlPort: 0,
    quiet: true,
  };
  let child: PracticeChild | null = await startPracticeChild(options);
  const { address, secrets, options: given } = practiceBackend(child.ready, kind);
  const controlAddress = child.ready.controlAddress ?? '';
  const again = { ...options, ports: { [kind]: portOf(address) }, controlPort: portOf(controlAddress) };
  return {
    config: {
      id,
      kind,
      name,
      address,
      colour: COLOUR,
      practice: false,
      enabled: true,
      allowPlainHttp: false,
      ...(given === undefined ? {} : { options: { ...given } }),
    },
    secrets,
    control: (action, body) => control(controlAddress, action, body),
    freeze: () => child?.freeze(),
    thaw: () => child?.thaw(),
    async kill() {
      const gone = child;
      child = null;
      // A frozen process is killed all the same.
      await gone?.killHard();
    },
    async comeBack() {
      child = await startPracticeChild(again);
    },
  };
}

const portOf = (address: string): number => Number(new URL(address).port);

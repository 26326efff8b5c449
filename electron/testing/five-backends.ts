import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { aBackend } from '#shared/domain/testing/entries.ts';

import type { PracticeBackend } from '../backends/fleet-port.ts';
import type { PracticeOptions } from '../practice/port.ts';
import { practiceBackend } from '../practice/port.ts';
import { control, startPracticeChild } from './practice-child.ts';
import type { PracticeChild } from './practice-child.ts';
import { findFreePort } from '../lib/testing/free-port.ts';

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

/** Told apart on screen. */
const COLOURS: Readonly<Record<string, string>> = {
  coinruler: '#4f9be8',
  'ai-trader': '#c271e0',
  'market-hub': '#d98b3a',
  volspike: '#2fb7c9',
  'copy-trading': '#8fae3d',
};
const FALLBACK_COLOUR = '#7c83ff';

/** A backend of each kind, each in a process of its own, quiet. `script` as for `startPracticeChild`. */
export async function startFiveBackends(script?: string): Promise<FiveBackends> {
  const start = (kind: string, id: string, name: string): Promise<BackendProcess> =>
    startBackend({ folder, kind, id, name, script });
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-backends-'));
  const [bot, models, hub, volume, traders] = await Promise.all([
    start('coinruler', 'bot', 'Coin bot'),
    start('ai-trader', 'models', 'Models'),
    start('market-hub', 'hub', 'Market hub'),
    start('volspike', 'volume', 'Volume watch'),
    start('copy-trading', 'traders', 'Traders'),
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

async function startBackend(given: {
  folder: string;
  kind: string;
  id: string;
  name: string;
  script: string | undefined;
}): Promise<BackendProcess> {
  const { folder, kind, id, name, script } = given;
  const options: PracticeOptions = {
    stateFile: join(folder, `${kind}.json`),
    clock: { factor: 1, originMs: 0, originRealMs: 0 },
    seed: 11,
    // What comes back comes back at the same ports.
    ports: { [kind]: await findFreePort() },
    controlPort: await findFreePort(),
    quiet: true,
  };
  let child: PracticeChild | null = await startPracticeChild(options, script);
  const { address, secrets, options: chosen } = practiceBackend(child.ready, kind);
  const controlAddress = child.ready.controlAddress ?? '';
  return {
    config: aBackend({
      id,
      kind,
      name,
      address,
      colour: COLOURS[kind] ?? FALLBACK_COLOUR,
      ...(chosen === undefined ? {} : { options: { ...chosen } }),
    }),
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
      child = await startPracticeChild(options, script);
    },
  };
}

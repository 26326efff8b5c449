import { join } from 'node:path';

import type { PracticeBackend } from '../../backends/fleet-port.ts';
import { control } from '../practice-child.ts';
import type { AskedProcess } from './calls.ts';
import { startProcess } from './calls.ts';
import type { ServerCalls } from './messages.ts';

/** The servers of some kinds, in one process that can be killed, frozen and started again. */
export interface ServerGroup {
  readonly kinds: readonly string[];
  state(): 'running' | 'frozen' | 'gone';
  /** Where the server of a kind listens now. */
  port(kind: string): number;
  /** How the desk connects to a kind, apart from where. */
  backend(kind: string): PracticeBackend;
  /** Counts the lives that know nothing of the one before. */
  world(): number;
  advance(toMs: number): Promise<void>;
  turn(): Promise<void>;
  /** Its clock is ahead of the stage's by so much (behind when negative). */
  skewMs(): number;
  skew(ms: number): Promise<void>;
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  /** With what it kept, or as another server that knows nothing of what was. */
  start(nowMs: number, knows: 'what it kept' | 'nothing'): Promise<void>;
  control(name: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export async function startServerGroup(options: {
  kinds: readonly string[];
  folder: string;
  seed: number;
  startMs: number;
}): Promise<ServerGroup> {
  const { kinds, folder, seed } = options;
  let worlds = 0;
  let skewMs = 0;
  let current: {
    process: AskedProcess<ServerCalls>;
    backends: PracticeBackend[];
    controlAddress: string;
  } | null = null;
  let frozen = false;

  async function start(nowMs: number, knows: 'what it kept' | 'nothing'): Promise<void> {
    if (knows === 'nothing') worlds += 1;
    const process = startProcess<ServerCalls>('server-process.ts');
    const ready = await process.call('start', {
      stateFile: join(folder, `servers-${kinds[0]}-${worlds}.json`),
      startMs: nowMs + skewMs,
      seed: seed + worlds,
      ports: {},
      controlPort: 0,
      quiet: false,
    });
    current = { process, backends: ready.backends, controlAddress: ready.controlAddress ?? '' };
  }

  function running(): NonNullable<typeof current> {
    if (current === null) throw new Error(`the servers of ${kinds.join(', ')} are gone`);
    return current;
  }

  function backend(kind: string): PracticeBackend {
    const found = running().backends.find((one) => one.kind === kind);
    if (found === undefined) throw new Error(`no server of the kind ${kind}`);
    return found;
  }

  const isAwake = (): boolean => current !== null && !frozen;
  await start(options.startMs, 'nothing');
  return {
    kinds,
    state: () => (current === null ? 'gone' : frozen ? 'frozen' : 'running'),
    port: (kind) => (current === null ? UNUSED_PORT : Number(new URL(backend(kind).address).port)),
    backend,
    world: () => worlds,
    async advance(toMs) {
      if (isAwake()) await running().process.call('advance', { toMs: toMs + skewMs });
    },
    async turn() {
      if (isAwake()) await running().process.call('turn', null);
    },
    skewMs: () => skewMs,
    async skew(ms) {
      const jumpMs = ms - skewMs;
      skewMs = ms;
      if (isAwake()) await running().process.call('jump', { ms: jumpMs });
    },
    freeze() {
      running().process.freeze();
      frozen = true;
    },
    thaw() {
      running().process.thaw();
      frozen = false;
    },
    async kill() {
      const { process } = running();
      current = null;
      frozen = false;
      await process.kill();
    },
    start,
    control: (name, body) => control(running().controlAddress, name, body),
    async close() {
      await current?.process.kill();
      current = null;
    },
  };
}

/** Nobody listens on it: only a superuser could. */
const UNUSED_PORT = 1;

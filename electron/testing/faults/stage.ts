import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { aBackend } from '#shared/domain/testing/entries.ts';

import { createManualClock } from '../../lib/clock.ts';
import type { ManualClock } from '../../lib/clock.ts';
import { createRandom, seedFor } from '../../practice/random.ts';
import type { Random } from '../../practice/random.ts';
import { turns } from './calls.ts';
import type { DeskActor } from './desk-actor.ts';
import { createDeskActor } from './desk-actor.ts';
import type { FaultProxy, WireRequest } from './fault-proxy.ts';
import { startFaultProxy } from './fault-proxy.ts';
import type { ServerGroup } from './server-group.ts';
import { startServerGroup } from './server-group.ts';
import type { SmallDisk } from './small-disk.ts';
import { mountSmallDisk } from './small-disk.ts';

/** A desk, its servers and everything between them, on one clock that moves when it is told to. */
export interface Stage {
  readonly seed: number;
  readonly folder: string;
  readonly clock: ManualClock;
  readonly desk: DeskActor;
  readonly groups: readonly ServerGroup[];
  readonly kinds: readonly string[];
  readonly wire: readonly WireRequest[];
  /** Under the journal; `null` where this machine does not let one be mounted. */
  readonly disk: SmallDisk | null;
  /** A source of chance for each purpose, so that one drawing more does not move the others. */
  random(label: string): Random;
  group(kind: string): ServerGroup;
  proxy(kind: string): FaultProxy;
  config(kind: string): BackendConfig;
  /** Starts the desk, and sets up its backends where it has none. */
  startDesk(): Promise<void>;
  saveBackend(kind: string, enabled?: boolean): Promise<void>;
  /** Waits until nothing is under way that takes no time. */
  settle(): Promise<void>;
  /** Moves the time on, and waits until nothing is under way that takes no time. */
  step(ms: number): Promise<void>;
  /** The desk does not get this time: it sleeps. */
  sleep(ms: number): Promise<void>;
  /** How often something was still under way when the patience of the machine's own clock was at its end. */
  impatience(): number;
  close(): Promise<void>;
}

const KINDS = ['coinruler', 'ai-trader', 'market-hub', 'volspike', 'copy-trading'] as const;

const START_MS = Date.UTC(2026, 2, 2, 9, 0, 0);
/** Rounds in a row in which nothing moved. */
const STILL_ROUNDS = 2;
/** Only for a machine that stands still: what waits for facts must end somewhere. */
const PATIENCE_MS = 20_000;

export async function createStage(seed: number, kinds: readonly string[] = KINDS): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-faults-'));
  const clock = createManualClock(START_MS);
  const random = (label: string): Random => createRandom(seedFor(seed, label));
  const wire: WireRequest[] = [];
  let activity = 0;
  let impatience = 0;
  let isSetUp = false;
  const desk = createDeskActor({ folder, seed });
  const disk = mountSmallDisk(desk.journalFolder);
  const groups = await Promise.all(
    grouped(kinds, random('groups')).map((members) =>
      startServerGroup({
        kinds: members,
        folder,
        seed: seedFor(seed, members[0] ?? '') % 1_000_000,
        startMs: START_MS,
      }),
    ),
  );
  const group = (kind: string): ServerGroup =>
    known(
      groups.find((one) => one.kinds.includes(kind)),
      kind,
    );
  const proxies = new Map(
    await Promise.all(
      kinds.map(
        async (kind) =>
          [
            kind,
            await startFaultProxy({
              kind,
              clock,
              random: random(`proxy ${kind}`),
              target: () => group(kind).port(kind),
              onRequest: (request) => wire.push(request),
              onActivity: () => (activity += 1),
            }),
          ] as const,
      ),
    ),
  );
  const proxy = (kind: string): FaultProxy => known(proxies.get(kind), kind);

  function config(kind: string): BackendConfig {
    const { address, options } = group(kind).backend(kind);
    const { protocol } = new URL(address);
    return aBackend({
      id: `bot-${kind}`,
      kind,
      name: `Bot ${kind}`,
      colour: '#4fa3d1',
      address: `${protocol}//127.0.0.1:${proxy(kind).port}`,
      ...(options === undefined ? {} : { options: { ...options } }),
    });
  }

  /** Until nothing moves: each process handled what it got, in rounds, and no byte went through in the last ones. */
  async function quiet(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    let seen = activity;
    for (let still = 0; still < STILL_ROUNDS;) {
      const [busy] = await Promise.all([desk.turn(), ...groups.map((one) => one.turn()), turns()]);
      still = activity === seen && busy === 0 ? still + 1 : 0;
      seen = activity;
      if (Date.now() > deadline) {
        impatience += 1;
        return;
      }
    }
  }

  async function step(ms: number): Promise<void> {
    const toMs = clock.now() + ms;
    await clock.advance(ms);
    await Promise.all(groups.map((one) => one.advance(toMs)));
    let isThere = await desk.advance(toMs);
    await quiet();
    while (!isThere) {
      isThere = await desk.advance(toMs);
      await quiet();
    }
  }

  /** What a person could not type in while the desk was not running is typed in once it is. */
  const owed = new Map<string, boolean>();

  async function saveBackend(kind: string, enabled = true): Promise<void> {
    if (!desk.isAlive()) {
      owed.set(kind, enabled);
      return;
    }
    owed.delete(kind);
    const { secrets } = group(kind).backend(kind);
    await desk.ask('saveBackend', { config: { ...config(kind), enabled }, secrets });
  }

  return {
    seed,
    folder,
    clock,
    desk,
    groups,
    kinds,
    wire,
    disk,
    random,
    group,
    proxy,
    config,
    saveBackend,
    async startDesk() {
      await desk.start(clock.now(), () => step(500));
      if (!desk.isAlive()) throw new Error('the desk did not start');
      if (!isSetUp) for (const kind of kinds) await saveBackend(kind);
      isSetUp = true;
      for (const [kind, enabled] of owed) await saveBackend(kind, enabled);
      await quiet();
    },
    settle: quiet,
    step,
    async sleep(ms) {
      const toMs = clock.now() + ms;
      await clock.advance(ms);
      await Promise.all(groups.map((one) => one.advance(toMs)));
      await desk.ask('jump', { ms, slept: true });
      await quiet();
    },
    impatience: () => impatience,
    async close() {
      await desk.kill();
      for (const one of proxies.values()) one.close();
      await Promise.all(groups.map((one) => one.close()));
      disk?.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** All in one process, or in two, so that a part of them can be killed or frozen. */
function grouped(kinds: readonly string[], random: Random): string[][] {
  const first = kinds.filter(() => random.chance(0.5));
  const second = kinds.filter((kind) => !first.includes(kind));
  return [first, second].filter((members) => members.length > 0);
}

function known<T>(value: T | undefined, kind: string): T {
  if (value === undefined) throw new Error(`nothing of the kind ${kind} on this stage`);
  return value;
}

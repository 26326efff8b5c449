import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach } from 'vitest';

import type { DeskEvent, DeskSnapshot } from '#shared/domain/desk.ts';
import type { PlaybackSettings } from '#shared/domain/journal/playback.ts';
import { playbackSettings } from '#shared/domain/journal/playback.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';

import { createDesk } from '../../desk/desk.ts';
import type { DeskPort } from '../../desk/port.ts';
import {
  aBackend,
  anAlert,
  anApproval,
  approvalStatusEvent,
  aQuote,
  aTrade,
  portfolioEvent,
} from '#shared/domain/testing/entries.ts';
import { feedEvent } from '#shared/domain/testing/feed-entries.ts';
import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { startMoments } from '../keep/moments.ts';
import type { MomentsPort } from '../port.ts';

/** A desk whose past is kept: a real thread and a real file, on a clock that stands still. */
export interface KeptDesk {
  desk: DeskPort;
  clock: ManualClock;
  moments: MomentsPort;
  troubles: string[];
  /** Moves the clock on, and waits until what was gathered is written. */
  pass(ms: number): Promise<void>;
}

/** For each test a folder, the file in it, and desks whose past is kept in that file; they are closed after it. */
export function useKeptDesks() {
  let folder: string;
  let file: string;
  const open = new Set<MomentsPort>();

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder, 'playback.sqlite');
  });

  afterEach(async () => {
    for (const moments of open) await moments.close();
    open.clear();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    folder: () => folder,
    file: () => file,
    /** Desks that start from now on keep their past in this file. */
    useFile(other: string): void {
      file = other;
    },
    async start(given: Parameters<typeof startKeptDesk>[1] = {}): Promise<KeptDesk> {
      const kept = await startKeptDesk(file, given);
      open.add(kept.moments);
      return kept;
    },
  };
}

export const temporaryFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'playback-')));

export async function startKeptDesk(
  file: string,
  given: { clock?: ManualClock; limits?: PlaybackSettings; workerUrl?: URL } = {},
): Promise<KeptDesk> {
  const clock = given.clock ?? createManualClock();
  const desk = createDesk(silentLogger);
  const troubles: string[] = [];
  const set = settingsSchema.parse({ playback: given.limits ?? playbackSettings.parse({}) });
  const moments = startMoments({
    file,
    workerUrl: given.workerUrl ?? new URL('../file/worker.ts', import.meta.url),
    desk,
    settings: { get: () => set, onChange: () => () => undefined },
    onTrouble: (words) => void troubles.push(words),
    clock,
    log: silentLogger,
    random: () => 0.5,
  });
  await settled(moments);
  return {
    desk,
    clock,
    moments,
    troubles,
    async pass(ms) {
      await clock.advance(ms);
      await settled(moments);
    },
  };
}

/** The thread answers in order, so that an answer means that all before it is done; it is asked until it is up. */
async function settled(moments: MomentsPort): Promise<void> {
  for (;;) {
    const answer = await moments.gaps({ fromMs: 0, toMs: 1 }).then(
      () => 'done',
      (error: unknown) => String(error),
    );
    if (!answer.includes('not open yet')) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Something that happens to a desk, chosen by a figure of a seeded row. */
export function somethingHappens(desk: DeskPort, atMs: number, random: () => number): void {
  const chosen = Math.floor(random() * 1_000);
  const id = `id-${chosen % 40}`;
  desk.dispatch(eventOf(chosen % 7, id, atMs, random));
}

function eventOf(what: number, id: string, atMs: number, random: () => number): DeskEvent {
  const price = (random() * 1_000).toFixed(2);
  switch (what) {
    case 0:
      return feedEvent('quotes', [aQuote({ id, price, receivedAtMs: atMs })]);
    case 1:
      return { type: 'alert', alert: anAlert({ id: `${id}-${atMs}`, groupKey: id, receivedAtMs: atMs }) };
    case 2:
      return {
        type: 'approval-proposed',
        approval: anApproval({ id, createdAtMs: atMs, receivedAtMs: atMs }),
      };
    case 3:
      return approvalStatusEvent({
        approvalId: id,
        status: 'approved',
        occurredAtMs: atMs,
        receivedAtMs: atMs,
      });
    case 4:
      return { type: 'trade', trade: aTrade({ id, receivedAtMs: atMs, quantity: price }) };
    case 5:
      return portfolioEvent({ totalUsd: price, receivedAtMs: atMs });
    default:
      return random() < 0.2
        ? { type: 'backend-removed', backendId: 'alpha' }
        : { type: 'backend-configured', config: aBackend({ name: id }) };
  }
}

/** What a desk shows, without regard to the order within a slice. */
export const shown = ({ slices }: Omit<DeskSnapshot, 'seq'>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(slices).map(([slice, entries]) => [slice, Object.fromEntries(entries)]));

import { join } from 'node:path';

import type { DeskPatchBatch } from '#shared/domain/desk.ts';
import { pack } from '#shared/ipc/packed.ts';

import type { PatchHub } from '../ipc/patch-hub.ts';
import { createPatchHub } from '../ipc/patch-hub.ts';
import { startMoments } from '../playback/keep/moments.ts';
import { createPlayback } from '../playback/playback.ts';
import type { MomentsPort, PlaybackPort } from '../playback/port.ts';
import type { Base } from './base.ts';

/** What windows show: the desk as it is, and as it was. */
export interface Views {
  patches: PatchHub;
  /** What the past is played back from. */
  moments: MomentsPort;
  playback: PlaybackPort;
  pastPatches: PatchHub;
}

/** Keeps the past from here on, and feeds each window with patches of what it shows. */
export function feedViews(base: Base): Views {
  const { clock, core, dataFolder, ends, journal, log, pushTo, realClock, settings, tell, windows, worker } =
    base;
  const send = (windowId: number, batch: DeskPatchBatch): boolean =>
    pushTo(windows.byId(windowId))('desk.patches', pack(batch));
  const patches = createPatchHub({ desk: core.desk, frameClock: realClock, send });
  ends.add(patches.dispose);
  const moments = startMoments({
    file: join(dataFolder, 'playback.sqlite'),
    workerUrl: worker('playback-worker.js'),
    desk: core.desk,
    settings,
    onTrouble: (words) => tell('journal', 'Playback', words),
    clock,
    log,
    random: Math.random,
  });
  const playback = createPlayback({ moments, journal, desk: core.desk, clock, realClock });
  ends.add(playback.dispose);
  ends.add(playback.onState((state) => void pushTo(windows.past())('playback.state', state)));
  const pastPatches = createPatchHub({ desk: playback.desk, frameClock: realClock, send });
  ends.add(pastPatches.dispose);
  return { patches, moments, playback, pastPatches };
}

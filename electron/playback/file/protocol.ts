import { z } from 'zod';

import type { DeskPatch } from '#shared/domain/desk.ts';
import type { KeptPast, PlaybackSettings, Stretch } from '#shared/domain/journal/playback.ts';
import { playbackSettings } from '#shared/domain/journal/playback.ts';

import type { PastMoment } from '../port.ts';

/** What changed, and when. */
export interface Change {
  atMs: number;
  patch: DeskPatch;
}

export type ReadCall =
  | { name: 'moment'; atMs: number; since: { session: number; atMs: number } | null }
  | { name: 'gaps'; stretch: Stretch };

export type ReadResult = { name: 'moment'; value: PastMoment } | { name: 'gaps'; value: Stretch[] };

export type ToWorker =
  /** With `whole` the changes are all that the desk holds. */
  | { kind: 'write'; changes: Change[]; whole: boolean; nowMs: number }
  | { kind: 'limits'; limits: PlaybackSettings; nowMs: number }
  | { kind: 'read'; id: number; call: ReadCall; nowMs: number }
  | { kind: 'close' };

export type FromWorker =
  | { kind: 'opened'; kept: KeptPast }
  /** The answer to `write`, whether or not the disk took it; `kept` says so. */
  | { kind: 'written'; kept: KeptPast }
  | { kind: 'kept'; kept: KeptPast }
  | { kind: 'answer'; id: number; result: ReadResult }
  | { kind: 'failed-answer'; id: number; message: string };

/** What the thread is given to start with. */
export const workerStart = z.object({ file: z.string(), limits: playbackSettings, nowMs: z.number() });
export type WorkerStart = z.infer<typeof workerStart>;

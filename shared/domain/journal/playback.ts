import { z } from 'zod';

import type { EpochMs } from '../../time.ts';
import { epochMs } from '../../epoch-ms.ts';
import type { JournalKind } from './journal.ts';
import type { PlaybackSpeed } from './playback-speed.ts';
import { PLAYBACK_SPEEDS } from './playback-speed.ts';

/** How much of the past is kept for playback. Size counts before age. */
export const playbackSettings = z.object({
  keepDays: z.number().int().min(1).max(365).default(14),
  maxSizeMb: z.number().int().min(16).max(100_000).default(512),
});
export type PlaybackSettings = z.infer<typeof playbackSettings>;

/** A stretch of time, its ends included. */
export const stretch = z.object({ fromMs: epochMs, toMs: epochMs });
export type Stretch = z.infer<typeof stretch>;

/** What is kept for playback, and how that is doing. `trouble` is in a person's words. */
export interface KeptPast {
  /** `null` while nothing is kept. */
  since: EpochMs | null;
  sizeBytes: number;
  trouble: string | null;
}

/** The same as a window is told it, with the present: one of the past has another clock. */
export interface KeptUntilNow extends KeptPast {
  nowMs: EpochMs;
}

/** Something of the journal that a person would want to go to. */
export interface PlaybackMark {
  seq: number;
  atMs: EpochMs;
  kind: JournalKind;
  summary: string;
}

/** What lies in the stretch that is played. */
export interface PlaybackTimeline {
  marks: PlaybackMark[];
  /** There are older marks than these. */
  more: boolean;
  /** Nothing was kept: the desk was off, or could not write. */
  gaps: Stretch[];
}

/** Where a playback stands. `atRealMs` is the machine's time at which it stood there. */
export interface PlaybackState {
  stretch: Stretch;
  positionMs: EpochMs;
  atRealMs: EpochMs;
  playing: boolean;
  speed: PlaybackSpeed;
  /** Grows when it goes somewhere other than on: what was read before is of another time. */
  jumps: number;
  /** It stands where nothing was kept; what shows is what was known before. */
  gap: Stretch | null;
  /** Why this is not all that was, in a person's words. */
  trouble: string | null;
  /** Of the present, which goes on meanwhile: PANIC is on. */
  panicNow: boolean;
}

/** What a person does with the playback that is open. */
export const playbackAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('play') }),
  z.object({ act: z.literal('pause') }),
  z.object({ act: z.literal('seek'), atMs: epochMs }),
  z.object({ act: z.literal('speed'), speed: z.literal(PLAYBACK_SPEEDS) }),
  z.object({ act: z.literal('stretch'), stretch }),
  /** To the next or last mark. */
  z.object({ act: z.literal('mark'), direction: z.enum(['next', 'previous']) }),
]);
export type PlaybackAct = z.infer<typeof playbackAct>;

import type { DeskPatch, DeskSnapshot } from '#shared/domain/desk.ts';
import type {
  KeptPast,
  KeptUntilNow,
  PlaybackAct,
  PlaybackState,
  PlaybackTimeline,
  Stretch,
} from '#shared/domain/journal/playback.ts';

import type { Disposer } from '../lib/disposables.ts';

/** The desk as it was, or what changed on it since a moment that is held already. */
export interface PastMoment {
  /** Later than asked for where nothing so old is kept. */
  atMs: number;
  /** Of one run of the desk without a gap; what is held of another session is no basis for going on. */
  session: number;
  /** The patches are the whole desk, not only what changed. */
  whole: boolean;
  patches: DeskPatch[];
  /** It lies where nothing was kept. */
  gap: Stretch | null;
  /** Entries that could not be read. */
  spoiled: number;
}

/** The past of the desk, kept beside the journal. */
export interface MomentsPort {
  kept(): KeptPast;
  /** The desk at a time, or what changed since. Rejects with words for a person where nothing is kept. */
  moment(atMs: number, since: { session: number; atMs: number } | null): Promise<PastMoment>;
  /** Where nothing was kept within a stretch, oldest first. */
  gaps(stretch: Stretch): Promise<Stretch[]>;
  /** Writes what is gathered and closes. */
  close(): Promise<void>;
}

/** What stands in for the desk in front of a window of the past. */
export interface PastDeskPort {
  snapshot(): Omit<DeskSnapshot, 'seq'>;
  onPatches(listener: (patches: readonly DeskPatch[]) => void): Disposer;
}

/** One playback at a time, shown by one window. */
export interface PlaybackPort {
  readonly desk: PastDeskPort;
  kept(): KeptUntilNow;
  /** Goes to the place from which to play. Refused in words where nothing is kept. */
  open(where: {
    atMs: number | null;
    stretch: Stretch | null;
  }): Promise<{ opened: boolean; message: string }>;
  /** `null` while none is open. */
  state(): PlaybackState | null;
  timeline(): Promise<PlaybackTimeline>;
  act(act: PlaybackAct): void;
  /** The window is closed. */
  end(): void;
  onState(listener: (state: PlaybackState) => void): Disposer;
  dispose: Disposer;
}

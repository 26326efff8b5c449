import type { DeskPatch, DeskPatchBatch, DeskSnapshot, SliceName } from '#shared/domain/desk.ts';

import type { DeskPort } from '../desk/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';

/** One message to the window a frame of its screen. */
export const FRAME_MS = 16;
/** More changes than a person can follow: after a message with so many the next one waits longer, since the window draws with each. */
const MANY_CHANGES = 100;
export const CROWDED_FRAME_MS = 100;

/** A person decides by these, so they do not wait for the frame. */
const URGENT_SLICES: ReadonlySet<SliceName> = new Set<SliceName>(['approvals', 'killSwitches', 'panic']);

export interface PatchSenderParts {
  /** The desk as it is, or one of the past. */
  desk: Pick<DeskPort, 'snapshot'> & {
    onPatches(listener: (patches: readonly DeskPatch[]) => void): Disposer;
  };
  /** The machine's own time, whatever the desk's clock does: a frame is a frame of a real screen. */
  frameClock: Clock;
  /** Hands a batch to the window; false when there is none to take it. */
  send(batch: DeskPatchBatch): boolean;
}

export interface PatchSender {
  /** The whole state, and the number that the next batch follows. From here on the window is sent what changes, unless it is paused. */
  snapshot(): DeskSnapshot;
  /** The window cannot keep up (it hangs): what changes from now on is left out, so that nothing piles up for it. */
  pause(): void;
  /** The window answers again. If it missed something it is sent a batch that leaves a gap, and asks for a snapshot. */
  resume(): void;
  dispose: Disposer;
}

/**
 * Sends the window what changed on the desk: the last value of each key, at most one message a frame and ten a second in a flood,
 * approvals and kill switches at once and in order. Nothing is kept for a window that is not there; it starts with a snapshot.
 */
export function createPatchSender({ desk, frameClock, send }: PatchSenderParts): PatchSender {
  /** By slice, so that the key serves as it is. */
  const waiting = new Map<SliceName, Map<string, DeskPatch>>();
  let seq = 0;
  let mode: 'idle' | 'sending' | 'paused' = 'idle';
  let missed = false;
  let wasCrowded = false;
  let cancelFrame: Disposer | null = null;

  const unsubscribe = desk.onPatches((patches) => {
    if (mode === 'paused') missed = true;
    if (mode !== 'sending') return;
    const urgent: DeskPatch[] = [];
    for (const patch of patches) {
      if (URGENT_SLICES.has(patch.slice)) urgent.push(patch);
      else putOff(patch);
    }
    if (urgent.length > 0) sendBatch(urgent);
    const paceMs = wasCrowded ? CROWDED_FRAME_MS : FRAME_MS;
    if (waiting.size > 0) cancelFrame ??= frameClock.after(paceMs, flush);
  });

  function putOff(patch: DeskPatch): void {
    const ofSlice = waiting.get(patch.slice);
    if (ofSlice === undefined) waiting.set(patch.slice, new Map([[patch.key, patch]]));
    else ofSlice.set(patch.key, patch);
  }

  function flush(): void {
    cancelFrame = null;
    if (waiting.size === 0) return;
    const patches = [...waiting.values()].flatMap((ofSlice) => [...ofSlice.values()]);
    waiting.clear();
    wasCrowded = patches.length >= MANY_CHANGES;
    sendBatch(patches);
  }

  function sendBatch(patches: DeskPatch[]): void {
    seq += 1;
    if (!send({ seq, patches })) setMode('idle');
  }

  function setMode(next: typeof mode): void {
    mode = next;
    missed = false;
    waiting.clear();
    cancelFrame?.();
    cancelFrame = null;
  }

  return {
    snapshot() {
      // What still waits for its frame is sent all the same: it is already in the snapshot, and applying it again is harmless.
      // A window that is left out stays so, and is told of what it missed: whoever asks now need not be what draws it.
      if (mode === 'idle') setMode('sending');
      return { seq, ...desk.snapshot() };
    },
    pause() {
      if (mode !== 'sending') return;
      const hadWaiting = waiting.size > 0;
      setMode('paused');
      missed = hadWaiting;
    },
    resume() {
      if (mode !== 'paused') return;
      const leaveGap = missed;
      setMode('sending');
      if (!leaveGap) return;
      seq += 1;
      sendBatch([]);
    },
    dispose() {
      unsubscribe();
      setMode('idle');
    },
  };
}

import type { DeskPatchBatch, DeskSnapshot } from '#shared/domain/desk.ts';

import type { Disposer } from '../lib/disposables.ts';
import type { PatchSender, PatchSenderParts } from './patches.ts';
import { createPatchSender } from './patches.ts';

/** Why a window is sent nothing for a while: it hangs, or nobody can see it. */
export type PauseReason = 'hung' | 'unseen';

export interface PatchHub {
  /** The whole state for one window. From here on it is sent what changes, with numbers of its own. */
  snapshot(windowId: number): DeskSnapshot;
  /** Leaves a window out; when no reason is left it catches up by a snapshot of its own asking. */
  pause(windowId: number, why: PauseReason): void;
  resume(windowId: number, why: PauseReason): void;
  /** The window is gone for good. */
  forget(windowId: number): void;
  dispose: Disposer;
}

/** One sender a window, so that each has its own sequence and none waits for, or costs, another. */
export function createPatchHub(
  parts: Omit<PatchSenderParts, 'send'> & {
    /** Hands a batch to one window; false when there is none to take it. */
    send(windowId: number, batch: DeskPatchBatch): boolean;
  },
): PatchHub {
  const senders = new Map<number, PatchSender>();
  const paused = new Map<number, Set<PauseReason>>();

  function senderOf(windowId: number): PatchSender {
    const known = senders.get(windowId);
    if (known !== undefined) return known;
    const made = createPatchSender({ ...parts, send: (batch) => parts.send(windowId, batch) });
    senders.set(windowId, made);
    return made;
  }
  const reasonsOf = (windowId: number): Set<PauseReason> => paused.get(windowId) ?? new Set();

  return {
    snapshot(windowId) {
      const sender = senderOf(windowId);
      const snapshot = sender.snapshot();
      if (reasonsOf(windowId).size > 0) sender.pause();
      return snapshot;
    },
    pause(windowId, why) {
      paused.set(windowId, reasonsOf(windowId).add(why));
      senders.get(windowId)?.pause();
    },
    resume(windowId, why) {
      const reasons = reasonsOf(windowId);
      reasons.delete(why);
      if (reasons.size === 0) senders.get(windowId)?.resume();
    },
    forget(windowId) {
      senders.get(windowId)?.dispose();
      senders.delete(windowId);
      paused.delete(windowId);
    },
    dispose() {
      for (const sender of senders.values()) sender.dispose();
      senders.clear();
    },
  };
}

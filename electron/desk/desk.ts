import type { DeskEvent, DeskPatch } from '#shared/domain/desk.ts';

import type { Logger } from '../lib/logger.ts';
import type { DeskPort } from './port.ts';
import { reduce } from './reduce.ts';
import { createDeskState } from './state.ts';

type PatchListener = Parameters<DeskPort['onPatches']>[0];

/** The desk: applies events to the state and tells its listeners what changed. An event that changes nothing is not told. */
export function createDesk(log: Pick<Logger, 'error'>): DeskPort {
  const state = createDeskState();
  /** Replaced when one comes or goes, so that who is told of an event is settled when it happens. */
  let listeners: readonly { hear: PatchListener }[] = [];
  const untold: { patches: readonly DeskPatch[]; event: DeskEvent }[] = [];
  let telling = false;

  function dispatch(event: DeskEvent): void {
    const patches = reduce(state, event);
    state.commit(patches, event);
    if (patches.length === 0) return;
    untold.push({ patches, event });
    // A listener may dispatch in turn: the state has it at once, and every listener hears both in the same order.
    if (telling) return;
    telling = true;
    try {
      for (let next = untold.shift(); next !== undefined; next = untold.shift())
        tell(next.patches, next.event);
    } finally {
      telling = false;
    }
  }

  function tell(patches: readonly DeskPatch[], event: DeskEvent): void {
    for (const { hear } of listeners) {
      try {
        hear(patches, event);
      } catch (error) {
        log.error('a listener of the desk failed', { event: event.type, error: String(error) });
      }
    }
  }

  return {
    dispatch,
    get: (slice, key) => state.get(slice, key),
    entries: (slice) => state.entries(slice),
    size: (slice) => state.size(slice),
    snapshot: () => state.snapshot(),
    onPatches(listener) {
      const mine = { hear: listener };
      listeners = [...listeners, mine];
      return () => void (listeners = listeners.filter((one) => one !== mine));
    },
  };
}

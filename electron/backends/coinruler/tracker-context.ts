import type { DeskEvent } from '#shared/domain/desk.ts';

/** What the trackers need to turn readings and events into desk events. */
export interface TrackerContext {
  backendId: string;
  now: () => number;
  /** For what is compared with the sending of an act, however the clock is set meanwhile. */
  steadyMs: () => number;
  emit: (event: DeskEvent) => void;
}

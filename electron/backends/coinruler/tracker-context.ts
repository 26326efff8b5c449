import type { DeskEvent } from '#shared/domain/desk.ts';

/** What the trackers need to turn readings and events into desk events. */
export interface TrackerContext {
  backendId: string;
  now: () => number;
  emit: (event: DeskEvent) => void;
}

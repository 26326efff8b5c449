import type { RequestPriority } from '../../connections/port.ts';

/** How a call is made: before which others it goes, how long it may take, what ends it. */
export interface AskOptions {
  priority: RequestPriority;
  timeoutMs?: number;
  signal?: AbortSignal;
}

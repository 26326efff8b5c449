import type { SelfCheck } from '#shared/domain/settings/diagnostics.ts';

/** What helps where something does not work. It reads and asks; it never changes the desk. */
export interface DiagnosticsPort {
  /** In the order of their numbers. One that cannot be made says so; none holds up the others. */
  selfCheck(): Promise<SelfCheck[]>;
  /** `null` where the person wants none after all. Rejects with words where the disk refuses. */
  saveBundle(): Promise<{ path: string } | null>;
  /** Rejects with words where this build has none. */
  notices(): Promise<string>;
}

/** What only the system around the desk can tell. */
export interface SystemProbes {
  /** Why the system would show no notification, as a sentence; `null` where it would. */
  notificationTrouble(): Promise<string | null>;
  /** Plays a sound that nobody hears; why that did not work, or `null`. */
  soundTrouble(): Promise<string | null>;
  /** How many dumps of crashed processes lie on this computer. */
  crashDumps(): Promise<number>;
}

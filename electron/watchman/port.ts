import type { HeartbeatState, Leaving, QuitAnswer } from '#shared/domain/panic/watch.ts';

/** The limits that press PANIC, and what watches the desk itself. */
export interface WatchmanPort {
  /** Arms limits that were crossed, again. Refused while PANIC is on: the resume comes first. */
  arm(limitIds: readonly string[]): { armed: boolean; message: string };
  /** Keeps the heartbeat's address, or takes it away with the empty text. Rejects with words for a person. */
  setHeartbeatAddress(text: string): Promise<HeartbeatState>;
  testHeartbeat(address: string | null): Promise<{ ok: boolean; message: string }>;
  /** What goes on without the desk; null where it can end without a question. */
  leaving(): Leaving | null;
}

/** The question before quitting, as the window answers it. */
export interface QuitGatePort {
  /** The window drew the question. */
  shown(): void;
  answer(answer: QuitAnswer): void;
}

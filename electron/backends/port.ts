import type { z } from 'zod';

import type { Approval, GuardCheck } from '#shared/domain/approvals/approval.ts';
import type {
  BackendConfig,
  BackendKindDescriptor,
  ConnectionTestStep,
} from '#shared/domain/backends/backend.ts';
import type { ChatMessage } from '#shared/domain/assistant/chat.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';
import type { BackendRehearsal } from '#shared/domain/panic/rehearsal.ts';

import type { ConnectionsPort } from '../connections/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';

export type Json = z.core.util.JSONType;
export type Params = Record<string, Json>;

/** A kind of backend: what it is, and how one of it is made. The registry holds one of these a kind. */
export interface BackendKind {
  descriptor: BackendKindDescriptor;
  create(context: BackendContext): Backend;
  /** Walks from name resolution to the first snapshot and says which step fails. Acts on nothing. */
  test(context: BackendContext): Promise<ConnectionTestStep[]>;
}

export interface BackendContext {
  config: BackendConfig;
  clock: Clock;
  log: Logger;
  connections: ConnectionsPort;
  /** A secret by the name its descriptor gives it, read when it is needed and never kept. */
  secret(name: string): Promise<string | null>;
  emit(event: DeskEvent): void;
  memory: BackendMemory;
}

/** Small durable facts of one backend, such as whom it follows where its server does not say. Never secrets. */
export interface BackendMemory {
  /**
   * `null` when nothing was kept. Rejects with words for a person, within seconds, when what was kept cannot be read: whoever would act by
   * it refuses then, and keeps nothing over it.
   */
  recall(name: string): Promise<unknown>;
  /** Resolves once it is on disk; rejects with words for a person. */
  remember(name: string, value: Json): Promise<void>;
}

/** A connected backend. Reading it changes nothing; acting on it is for the command door alone. */
export interface Backend {
  readonly config: BackendConfig;
  /** Opens the links. State is read and emitted after each opening. */
  start(): void;
  /** Re-reads everything now and emits it. */
  refresh(): Promise<void>;
  /** The machine woke up or the network returned: open at once what is down. */
  wake(): void;
  /** Answers a read of the descriptor; rejects with words for a person. */
  read(id: string, params: Params, signal: AbortSignal): Promise<Json>;
  readonly acting: ActingPort;
  readonly panic: PanicPort | null;
  readonly chat: ChatPort | null;
  dispose(): void;
}

/**
 * What the backend said to an act. `unknown`: sent, and no answer told its fate. A refusal is `doubtful` where it came from what had
 * begun to look at the wish: that nothing was done is then proved by re-reading alone. Else it was never sent, or turned away unread.
 */
export type ActAnswer =
  | { kind: 'accepted'; message: string; result: Json | null }
  | { kind: 'refused'; message: string; result: Json | null; doubtful?: true }
  /** The backend wants a one-time code that the person has to type. */
  | { kind: 'needs-code'; message: string; result: Json | null }
  | { kind: 'unknown'; message: string };

/** What re-reading showed. `contradicted`: it did not happen. `unverifiable`: the backend offers nothing to re-read. */
export type Verification =
  | { kind: 'confirmed'; message: string }
  | { kind: 'contradicted'; message: string }
  | { kind: 'unverifiable'; message: string }
  /** Not readable right now; asking again later may tell. */
  | { kind: 'pending'; message: string };

/** Facts read fresh from the backend just before an act, for the guards. */
export interface Preparation {
  checks: GuardCheck[];
  /** The approval that the act concerns, as the backend shows it now. */
  subject: Approval | null;
}

/** The acting side of a backend. Only `commands/` may call it. Each method has its own time-out and never hangs. */
export interface ActingPort {
  prepare(act: string, params: Params): Promise<Preparation>;
  perform(act: string, params: Params, by: { requestId: string; origin: string }): Promise<ActAnswer>;
  verify(act: string, params: Params, answer: ActAnswer): Promise<Verification>;
}

/** Halting a backend, by requests of its own that do not depend on the stream (K11). Only `commands/` may call it. */
export interface PanicPort {
  /** Rejects with an `HttpFailure` that was not sent where the backend certainly does not know of the wish. */
  halt(reason: string): Promise<ActAnswer>;
  resume(reason: string): Promise<ActAnswer>;
  /** The halt as the backend shows it now; rejects when it cannot be read. */
  read(): Promise<KillSwitch>;
  /**
   * Walks the way of `halt` and `read` up to but without what halts: name, answer, sign-in, reading back (K13). Within five
   * seconds, by requests of its own that leave PANIC's share of a limit alone. Changes nothing; never rejects.
   */
  rehearse(): Promise<RehearsalFinding>;
}

/** What a rehearsal proved on this backend and what it did not, in the words of its kind. */
export type RehearsalFinding = Pick<BackendRehearsal, 'steps' | 'proved' | 'notProved'> & {
  state: 'ready' | 'unreachable' | 'not-ready';
};

export interface ChatPort {
  /** Yields the answer piece by piece. Ends normally only when the backend said that it is complete; else rejects. */
  stream(messages: readonly ChatMessage[], signal: AbortSignal): AsyncIterable<string>;
}

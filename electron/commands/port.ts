import type { GuardCheck } from '#shared/domain/approval.ts';
import type { Command, CommandOrigin, CommandOutcome } from '#shared/domain/command.ts';

/** The one door for anything that acts (guard, audit, backend, verify). */
export interface CommandDoor {
  /** Never rejects: whatever goes wrong is an outcome. The same request id is one command with one outcome (A5). */
  submit(command: Command): Promise<CommandOutcome>;
  /** The checks as they stand now, without acting, for the card. */
  check(command: Pick<Command, 'backendId' | 'act' | 'params'>): GuardCheck[];
}

/** The kill switch over all backends. */
export interface PanicControl {
  /** Starts the requests before it returns; any number of presses is one activation (K2, K8). */
  press(origin: CommandOrigin): void;
  /** Resumes only with the typed word (K7). */
  resume(typedWord: string, origin: CommandOrigin): Promise<{ resumed: boolean; message: string }>;
}

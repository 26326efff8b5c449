import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { Command, CommandOrigin, CommandOutcome } from '#shared/domain/command.ts';
import type { CommandRecord } from '#shared/domain/approvals/decision-record.ts';
import type { Rehearsal } from '#shared/domain/panic/rehearsal.ts';

/** The one door for anything that acts (guard, audit, backend, verify). */
export interface CommandDoor {
  /** Never rejects: whatever goes wrong is an outcome. The same request id is one command with one outcome (A5). */
  submit(command: Command): Promise<CommandOutcome>;
  /** The checks as they stand now, without acting, for the card. */
  check(command: Pick<Command, 'backendId' | 'act' | 'params' | 'ruleId'>): GuardCheck[];
  /** The newest decisions on proposals that were asked for here, newest first, from the journal. */
  history(limit: number): Promise<CommandRecord[]>;
}

/** The kill switch over all backends. */
export interface PanicControl {
  /**
   * Starts the requests before it returns; any number of presses is one activation (K2, K8). `withPractice` takes practice desks
   * in also where something real is connected (K16). `because` is what the journal and the screen say of a press that no
   * person made, as a sentence.
   */
  press(origin: CommandOrigin, withPractice?: boolean, because?: string): void;
  /** Resumes only with the typed word (K7). */
  resume(typedWord: string, origin: CommandOrigin): Promise<{ resumed: boolean; message: string }>;
}

/** PANIC walked through without effect (K13). */
export interface RehearsalControl {
  /** One at a time, whoever asks. Rejects with words for a person while PANIC is latched; else never. */
  run(origin: CommandOrigin): Promise<Rehearsal>;
}

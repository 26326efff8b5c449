import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { Command, CommandOrigin } from '#shared/domain/command.ts';
import type { JournalIntegrity } from '#shared/domain/journal/journal.ts';
import type { KillSwitch, PanicState } from '#shared/domain/panic/kill-switch.ts';
import type { SettingsChange } from '#shared/domain/settings/settings.ts';

import type { PracticeReady } from '../../practice/port.ts';
import type { SecretValues } from '../../backends/fleet-port.ts';

/** What the process of the servers can be asked. */
export interface ServerCalls {
  start: { ask: ServerStart; answer: PracticeReady };
  /** Moves its clock on to a time, and runs what falls due. */
  advance: { ask: { toMs: number }; answer: null };
  /** Lets it handle what has arrived. */
  turn: { ask: null; answer: null };
  /** Its clock shows another time, and nothing runs on that account. */
  jump: { ask: { ms: number }; answer: null };
}

export interface ServerStart {
  stateFile: string | null;
  startMs: number;
  seed: number;
  ports: Readonly<Record<string, number>>;
  controlPort: number;
  quiet: boolean;
}

/** What the process of the desk can be asked. Whatever takes desk time is only begun; what became of it is in the ledger. */
export interface DeskCalls {
  start: { ask: DeskStart; answer: null };
  /** Moves its clock on, no further than to where it began something that waits for others. */
  advance: { ask: { toMs: number }; answer: { reachedMs: number } };
  /** Lets it handle what has arrived; answers how much of its own is under way that takes no desk time. */
  turn: { ask: null; answer: { busy: number } };
  /** Its clock shows another time: because it slept, or because somebody set it. */
  jump: { ask: { ms: number; slept: boolean }; answer: null };
  wake: { ask: null; answer: null };
  saveBackend: { ask: { config: BackendConfig; secrets: SecretValues }; answer: null };
  submit: { ask: Command; answer: null };
  press: { ask: { origin: CommandOrigin; times: number }; answer: null };
  resume: { ask: { origin: CommandOrigin }; answer: null };
  settings: { ask: SettingsChange; answer: null };
  refresh: { ask: null; answer: null };
  killJournalWorker: { ask: null; answer: null };
  /** It kills itself at the n-th of something from now on. */
  crashAt: { ask: { point: CrashPoint; nth: number }; answer: null };
  /** Notes in the ledger what the journal certainly holds. */
  barrier: { ask: null; answer: null };
  glance: { ask: null; answer: Glance };
  dump: { ask: null; answer: Dump };
  verify: { ask: null; answer: JournalIntegrity | null };
  /** Ends the desk in good order; answers how many timers are left on its clock. */
  stop: { ask: null; answer: { timersLeft: number } };
}

export interface DeskStart {
  /** Settings, vault. */
  folder: string;
  journalFile: string;
  ledger: string;
  life: number;
  startMs: number;
  seed: number;
}

export type CrashPoint = 'request' | 'answer' | 'durable' | 'patch';

/** What a person sees who is about to do something. */
export interface Glance {
  links: { backendId: string; linkId: string; state: string; cause: string | null; message: string | null }[];
  panic: PanicState;
  pending: { backendId: string; id: string; executable: boolean }[];
  models: { backendId: string; id: string; status: string; aiModel: string | null }[];
  traders: { backendId: string; id: string }[];
  follows: { backendId: string; id: string; state: string }[];
}

/** What the desk shows, for the oracle. */
export interface Dump extends Glance {
  approvals: { backendId: string; id: string; status: string; decidedHere: boolean }[];
  holdings: { backendId: string; asset: string; quantity: string }[];
  killSwitches: KillSwitch[];
  runs: { backendId: string; id: string; modelId: string; status: string }[];
  futures: number;
  spikes: { backendId: string; id: string; kind: string }[];
  quotes: { backendId: string; id: string; price: string }[];
  thresholds: { backendId: string; id: string }[];
  /** Entries of each slice. */
  sizes: Readonly<Record<string, number>>;
  heapBytes: number;
}

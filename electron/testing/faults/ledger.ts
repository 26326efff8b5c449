import { openSync, readFileSync, writeSync } from 'node:fs';

import type { CommandOutcome, Command } from '#shared/domain/command.ts';
import type { PanicState } from '#shared/domain/panic/kill-switch.ts';

import type { JournalRecord } from '../../journal/port.ts';

/** What the desk did, in the order in which it did it, over all its lives. */
export type LedgerLine = { life: number; atMs: number } & (
  | { kind: 'started' }
  | { kind: 'submit'; command: Command }
  | { kind: 'outcome'; requestId: string; outcome: CommandOutcome }
  /** A request was made, with the number that it carries; `of` is the command or gesture that made it. */
  | { kind: 'request'; number: number; method: string; port: number; path: string; of: string | null }
  /** The head of its answer arrived. */
  | { kind: 'answered'; number: number }
  | { kind: 'append'; record: JournalRecord }
  /** The journal was asked to write it at once, and said that it has it. */
  | { kind: 'offer'; record: JournalRecord }
  | { kind: 'durable'; record: JournalRecord }
  | { kind: 'remember'; key: string; value: unknown }
  | { kind: 'remembered'; key: string; value: unknown }
  /** The first so many that this life appended are in the journal. */
  | { kind: 'barrier'; before: number }
  | { kind: 'press'; origin: string; toRequestMs: number | null }
  | { kind: 'panic'; state: PanicState }
  /** Its clock shows another time, because it slept or because somebody set it. */
  | { kind: 'jump'; ms: number; slept: boolean }
  | { kind: 'resume-asked' }
  | { kind: 'resume-answered'; resumed: boolean; message: string }
  | { kind: 'journal'; state: string; trouble: string | null }
  /** Something that was decided is shown as open again. */
  | { kind: 'fell-back'; words: string }
  | { kind: 'trouble'; words: string }
);

/** Leaves out what the ledger adds by itself. */
export type LedgerNote = LedgerLine extends infer L
  ? L extends LedgerLine
    ? Omit<L, 'life' | 'atMs'>
    : never
  : never;

/** A file of lines that is whole up to the moment at which its process is killed. */
export function openLedger(path: string): { write(line: LedgerLine): void } {
  const file = openSync(path, 'a');
  return {
    write(line) {
      writeSync(file, `${JSON.stringify(line)}\n`);
    },
  };
}

/** Nobody but `openLedger` writes such files, so their lines are taken for what they were written as. */
export function readLedger(path: string): LedgerLine[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
    .filter(isLedgerLine);
}

const isLedgerLine = (line: unknown): line is LedgerLine =>
  typeof line === 'object' && line !== null && 'kind' in line && 'life' in line;

import { sqliteFailure, sqliteResultCode } from '../../lib/sqlite-failure.ts';
import { BrokenFileError } from './rows.ts';
import { NewerFileError } from './schema.ts';

/** What a failure of the file means for going on: rebuild, read only, or wait and try again. */
export type FailureClass = 'corrupt' | 'read-only' | 'newer' | 'full' | 'other';

// Primary result codes, https://www.sqlite.org/rescode.html
const SQLITE_TOOBIG = 18;
const SQLITE_CONSTRAINT = 19;
const SQLITE_MISMATCH = 20;

export function classifyFailure(error: unknown): FailureClass {
  if (error instanceof NewerFileError) return 'newer';
  if (error instanceof BrokenFileError) return 'corrupt';
  const failure = sqliteFailure(error);
  return failure === 'busy' ? 'other' : failure;
}

/** True for trouble of the disk or the file, which may pass; false for an operation that this file will never take. */
export function isDiskTrouble(error: unknown): boolean {
  const code = sqliteResultCode(error);
  if (code === null) return classifyFailure(error) !== 'other';
  return code !== SQLITE_CONSTRAINT && code !== SQLITE_MISMATCH && code !== SQLITE_TOOBIG;
}

/** One sentence for a person. Never the operating system's text alone: it names files and error numbers. */
export function describeFailure(error: unknown): string {
  switch (classifyFailure(error)) {
    case 'corrupt':
      return 'The journal file is damaged.';
    case 'read-only':
      return 'The journal file cannot be written: it or its folder is read-only.';
    case 'newer':
      return 'The journal was written by a newer Quarterdeck: it can be read, and nothing is added to it.';
    case 'full':
      return 'The disk is full: the journal cannot be written.';
    case 'other':
      return sqliteFailure(error) === 'busy'
        ? 'Another program holds the journal file.'
        : 'The disk refuses the journal file.';
  }
}

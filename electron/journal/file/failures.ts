import { BrokenFileError } from './rows.ts';
import { NewerFileError } from './schema.ts';

/** What a failure of the file means for going on: rebuild, read only, or wait and try again. */
export type FailureClass = 'corrupt' | 'read-only' | 'newer' | 'full' | 'other';

// Primary result codes, https://www.sqlite.org/rescode.html
const SQLITE_PERM = 3;
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_TOOBIG = 18;
const SQLITE_CONSTRAINT = 19;
const SQLITE_MISMATCH = 20;
const SQLITE_NOTADB = 26;

export function classifyFailure(error: unknown): FailureClass {
  if (error instanceof NewerFileError) return 'newer';
  if (error instanceof BrokenFileError) return 'corrupt';
  switch (resultCode(error)) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return 'corrupt';
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return 'read-only';
    case SQLITE_FULL:
      return 'full';
    default:
      return systemClass(error);
  }
}

/** True for trouble of the disk or the file, which may pass; false for an operation that this file will never take. */
export function isDiskTrouble(error: unknown): boolean {
  const code = resultCode(error);
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
      return resultCode(error) === SQLITE_BUSY
        ? 'Another program holds the journal file.'
        : 'The disk refuses the journal file.';
  }
}

/** SQLite's primary result code; extended codes carry it in their low byte. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

function systemClass(error: unknown): FailureClass {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'read-only';
  return 'other';
}

/** What SQLite refused, as far as it matters for going on. */
export type SqliteFailure = 'corrupt' | 'read-only' | 'full' | 'busy' | 'other';

// Primary result codes, https://www.sqlite.org/rescode.html
const SQLITE_PERM = 3;
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

export function sqliteFailure(error: unknown): SqliteFailure {
  switch (sqliteResultCode(error)) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return 'corrupt';
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return 'read-only';
    case SQLITE_FULL:
      return 'full';
    case SQLITE_BUSY:
      return 'busy';
    default:
      return systemFailure(error);
  }
}

/** SQLite's primary result code; extended codes carry it in their low byte. */
export function sqliteResultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

function systemFailure(error: unknown): SqliteFailure {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'read-only';
  return 'other';
}

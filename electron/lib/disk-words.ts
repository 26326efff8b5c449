/** Why a file could not be written, as a sentence; the path is in none of them. */
export function diskWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full.';
    case 'EROFS':
      return 'That disk can only be read.';
    case 'EACCES':
    case 'EPERM':
      return 'You may not write there.';
    case 'EISDIR':
      return 'A folder has that name.';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'That folder is not there any more.';
    case 'EIO':
      return 'The disk does not answer as it should.';
    default:
      return 'The disk refuses the file.';
  }
}

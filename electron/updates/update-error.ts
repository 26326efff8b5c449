/** Why updating went no further, in words for a person. */
export class UpdateError extends Error {}

/** The words for whatever went wrong; what nobody foresaw is in the log. */
export function updateWords(error: unknown): string {
  if (error instanceof UpdateError) return error.message;
  const code = error instanceof Error ? (Reflect.get(error, 'code') as unknown) : null;
  if (code === 'ERR_CHECKSUM_MISMATCH')
    return 'What was downloaded is not what was announced. It was thrown away.';
  if (code === 'ENOSPC') return 'The disk is full.';
  if (typeof code === 'string' && code.startsWith('HTTP_ERROR_'))
    return `The download was refused (${code.slice('HTTP_ERROR_'.length)}).`;
  return 'The update could not be fetched. The log has the details.';
}

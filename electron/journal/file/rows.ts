/** The file holds something that its schema forbids: it was damaged or made by something else. */
export class BrokenFileError extends Error {
  override readonly name = 'BrokenFileError';
}

/** Columns come out of SQLite untyped; these say what the schema promises, and throw where a file breaks it. */
export function asText(value: unknown): string {
  if (typeof value !== 'string') throw new BrokenFileError('expected text in the journal file');
  return value;
}

export function asNumber(value: unknown): number {
  if (typeof value !== 'number') throw new BrokenFileError('expected a number in the journal file');
  return value;
}

export const asNullableText = (value: unknown): string | null =>
  value === null || value === undefined ? null : asText(value);

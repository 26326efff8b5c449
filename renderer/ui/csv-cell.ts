/** One quoted cell of a CSV file (RFC 4180). */
export const csvCell = (value: string): string => `"${guarded(value).replaceAll('"', '""')}"`;

/** Text of a backend that a spreadsheet would run as a formula gets an apostrophe in front. */
export function guarded(value: string): string {
  const startsFormula =
    /^[\s\0]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value);
  return startsFormula ? `'${value}` : value;
}

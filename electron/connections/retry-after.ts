const LONGEST_MS = 600_000;

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3: seconds or an HTTP date) into milliseconds from now, at most ten minutes.
 * A date is compared with the server's own `Date` where it sent one, so that a wrong clock on either side does not count.
 * `null` when there is none, when it cannot be read, or when it lies in the past.
 */
export function parseRetryAfter(headers: Readonly<Record<string, string>>, nowMs: number): number | null {
  const asked = headers['retry-after']?.trim();
  if (asked === undefined || asked === '') return null;
  if (/^\d+(\.\d+)?$/.test(asked)) return bounded(Number(asked) * 1_000);
  // `Date.parse` also takes things such as "-5"; an HTTP date always names its day and month in letters.
  if (!/^[A-Za-z]{3,9},? /.test(asked)) return null;
  const serverNowMs = Date.parse(headers.date ?? '');
  return bounded(Date.parse(asked) - (Number.isFinite(serverNowMs) ? serverNowMs : nowMs));
}

function bounded(ms: number): number | null {
  return ms > 0 ? Math.min(Math.ceil(ms), LONGEST_MS) : null;
}

import { formatAge, HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { formatFixed } from '../../../ui/format.ts';

/** Smaller differences are those of clocks that are right. */
const WORTH_SAYING_MS = 2 * SECOND_MS;
/** Time zones differ by whole quarters of an hour. */
const ZONE_STEP_MS = 15 * MINUTE_MS;
const ZONE_SLACK_MS = MINUTE_MS;

/** How a backend's clock goes against ours, in words; `null` where it goes right. */
export function clockWords(clockBehindMs: number): string | null {
  const off = Math.abs(clockBehindMs);
  if (off < WORTH_SAYING_MS) return null;
  const rest = off % ZONE_STEP_MS;
  const zone = off >= ZONE_STEP_MS - ZONE_SLACK_MS && Math.min(rest, ZONE_STEP_MS - rest) <= ZONE_SLACK_MS;
  const side = clockBehindMs > 0 ? 'behind' : t('ahead of');
  return t("The backend's clock is {offset} {side} ours{what}. Ages here count from receipt.", {
    offset: formatOffset(off),
    side,
    what: zone ? t(', or it writes another time zone') : '',
  });
}

/** A delay as short as it is: "12 ms", "1.3 s", "2 min". */
export function formatDelay(ms: number): string {
  if (ms < SECOND_MS) return t('{Math} ms', { Math: Math.max(0, Math.round(ms)) });
  return ms < MINUTE_MS ? `${formatFixed(ms / SECOND_MS, 1)} s` : formatAge(ms);
}

/** With hours and minutes, since an offset of a time zone may have both. */
const formatOffset = (ms: number): string =>
  ms < HOUR_MS
    ? formatAge(ms)
    : t('{ms} h {ms2} min', {
        ms: Math.floor(Math.round(ms / MINUTE_MS) / 60),
        ms2: Math.round(ms / MINUTE_MS) % 60,
      });

import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

export type TimeFrame = '1m' | '5m' | '15m' | '1h' | '4h' | '1d';

export const TIME_FRAMES: readonly { value: TimeFrame; label: string; words: string; bucketMs: number }[] = [
  { value: '1m', label: '1m', words: t('1 minute'), bucketMs: MINUTE_MS },
  { value: '5m', label: '5m', words: t('5 minutes'), bucketMs: 5 * MINUTE_MS },
  { value: '15m', label: '15m', words: t('15 minutes'), bucketMs: 15 * MINUTE_MS },
  { value: '1h', label: '1h', words: t('1 hour'), bucketMs: HOUR_MS },
  { value: '4h', label: '4h', words: t('4 hours'), bucketMs: 4 * HOUR_MS },
  { value: '1d', label: '1d', words: t('1 day'), bucketMs: DAY_MS },
];

const STEP = 100;
const BACK = 300;

/**
 * The stretch that is asked for: the last 300 candles at least. Its ends move only every 100 candles, so that the same
 * question is asked again and the drawn answer stays.
 */
export function candleRange(nowMs: number, bucketMs: number): { fromMs: number; toMs: number } {
  const step = STEP * bucketMs;
  const anchorMs = Math.floor(nowMs / step) * step;
  return { fromMs: Math.max(0, anchorMs - BACK * bucketMs), toMs: anchorMs + step };
}

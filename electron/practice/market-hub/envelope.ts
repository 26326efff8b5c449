import { z } from 'zod';

import type { Clock } from '../../lib/clock.ts';

/** The eight names of the hub's messages (sheet, section 3). */
export const hubMessage = z.enum([
  'system_status',
  'price_update',
  'portfolio_update',
  'trade_executed',
  'alert',
  'ml_prediction',
  'pattern_detected',
  'heartbeat',
]);
export type HubMessage = z.infer<typeof hubMessage>;

/**
 * Times as the reference server writes them (sheet, section 2): wall clock of this machine, no zone, microseconds only where
 * they are not 0. Two in the same millisecond rise, so that nothing is created after it was sent.
 */
export function createStamps(clock: Clock): () => string {
  let lastMs = Number.NaN;
  let micros = 0;
  return () => {
    const nowMs = clock.now();
    micros = nowMs === lastMs ? Math.min(999, micros + 1) : 0;
    lastMs = nowMs;
    return localTime(new Date(nowMs), micros);
  };
}

function localTime(at: Date, micros: number): string {
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  const fraction = at.getMilliseconds() * 1_000 + micros;
  return fraction === 0 ? `${date}T${time}` : `${date}T${time}.${String(fraction).padStart(6, '0')}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** One text frame. What is not ASCII is escaped, as on the reference server. */
export const encodeFrame = (type: HubMessage, data: unknown, timestamp: string): string =>
  JSON.stringify({ type, data, timestamp }).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

import { DAY_MS, HOUR_MS } from '#shared/time.ts';

/** How far back a line of values goes, wherever a person chooses it. */
export const PERIODS = [
  { value: 'hour', label: '1 h', ms: HOUR_MS },
  { value: 'day', label: '24 h', ms: DAY_MS },
  { value: 'week', label: '7 d', ms: 7 * DAY_MS },
  { value: 'month', label: '30 d', ms: 30 * DAY_MS },
] as const;

export type Period = (typeof PERIODS)[number]['value'];

export const periodMs = (period: Period): number =>
  PERIODS.find(({ value }) => value === period)?.ms ?? DAY_MS;

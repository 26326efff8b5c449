import type { Limits } from './limits.ts';

/** The person's own limits as they come, until the person changes them. */
export const DEFAULT_LIMITS: Readonly<Limits> = {
  softValueUsd: '1000',
  hardValueUsd: null,
  softDayUsd: null,
  hardDayUsd: null,
  softPriceDriftPct: null,
  maxPriceDriftPct: '2',
  quantities: [],
  approvalExpiryMinutes: 60,
  expiryMinutesByKind: {},
  repeatsReplace: true,
  byBackend: {},
};

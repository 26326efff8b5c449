import { APPROVAL_ROWS } from './approvals.ts';
import { MARKET_ROWS } from './market.ts';
import { OTHER_ROWS } from './other.ts';
import { PANIC_ROWS } from './panic.ts';
import { PROTECTION_ROWS } from './protection.ts';
import { TRADING_ROWS } from './trading.ts';
import type { OccasionRow } from './row.ts';

/**
 * Every kind of thing that may deserve attention. What is `low` is shown in the window alone, without a sound. Keys are
 * stored in settings and in the journal, so they keep their names.
 */
const OCCASION_ROWS = {
  ...APPROVAL_ROWS,
  ...PANIC_ROWS,
  ...PROTECTION_ROWS,
  ...TRADING_ROWS,
  ...MARKET_ROWS,
  ...OTHER_ROWS,
} as const;

export type Occasion = keyof typeof OCCASION_ROWS;

export const isOccasion = (name: string): name is Occasion => Object.hasOwn(OCCASION_ROWS, name);

/** The rows in the order in which a person reads them. */
export const OCCASIONS = Object.keys(OCCASION_ROWS).filter(isOccasion);

/** The row as it is until a person changes it. */
export const defaultRow = (occasion: Occasion): OccasionRow => OCCASION_ROWS[occasion];

import type { Clock } from '../../lib/clock.ts';
import type { Faults } from '../faults.ts';
import type { Market } from '../market/market.ts';
import type { Random } from '../random.ts';
import type { CopyTradingState } from './documents.ts';
import type { Members } from './members.ts';

export type Dialect = 'plain' | 'realtime';

/** What every part of the practice copy-trading server works on. */
export interface CopyTrading {
  clock: Clock;
  market: Market;
  faults: Faults;
  speed: number;
  /** Of its own, so that it draws nothing from the other protocols' chance. Seeded by the time of the start: ids are new. */
  random: Random;
  state: CopyTradingState;
  /** Replaced whole when the server restarts. */
  members: Members;
  dialect: Dialect;
  /** Whether the exchange that the server passes questions on to answers. */
  upstream: boolean;
  startedAtMs: number;
}

export const iso = (atMs: number): string => new Date(atMs).toISOString();

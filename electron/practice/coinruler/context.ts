import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Account } from '../account.ts';
import type { IdMaker } from '../ids.ts';
import type { Market } from '../market/market.ts';
import type { Random } from '../random.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import type { CoinrulerState } from './documents.ts';

/** What every part of the practice CoinRuler works on. */
export interface Coinruler {
  clock: Clock;
  log: Logger;
  state: CoinrulerState;
  market: Market;
  account: Account;
  /** Chance of the bot and of fills. */
  random: Random;
  ids: IdMaker;
  unit: UnitOfWork;
}

export const nowIso = (desk: Coinruler): string => new Date(desk.clock.now()).toISOString();
export const newId = (desk: Coinruler): string => desk.ids.next(desk.clock.now());

/** Tells an alert and counts it; `data` is left out where there is none. */
export function tellAlert(
  desk: Coinruler,
  type: string,
  severity: string,
  message: string,
  data?: unknown,
): void {
  desk.state.alertTimes.push(desk.clock.now());
  if (desk.state.alertTimes.length > MAX_ALERT_TIMES) desk.state.alertTimes.shift();
  desk.unit.tell('alert', { type, severity, message, data, timestamp: nowIso(desk) });
}

/** Drops the oldest entries of a list that is kept only so long. */
export function bound(list: unknown[], kept: number): void {
  if (list.length > kept) list.splice(0, list.length - kept);
}

const MAX_ALERT_TIMES = 5_000;

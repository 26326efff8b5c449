import { t } from '../../words.ts';

import type { DecimalString } from '../../money.ts';
import { absolute, compare, percentChange } from '../../money.ts';
import type { EpochMs } from '../../time.ts';
import { MINUTE_MS } from '../../time.ts';
import type { Candle, Prediction } from './market.ts';

/** "Flat" came true when the price moved by no more than this; up and down by any move to their side. */
const FLAT_WITHIN_PCT: DecimalString = '0.1';

/** A price counts as the price of a moment when it is from the two minutes before it (or from that minute itself). */
const PRICE_FITS_WITHIN_MS = 2 * MINUTE_MS;

/** How a prediction turned out. Measured from what was received, so never better than that record. */
export type PredictionScore =
  | { kind: 'open'; dueAtMs: EpochMs }
  | {
      kind: 'right' | 'wrong';
      dueAtMs: EpochMs;
      priceThen: DecimalString;
      priceAtDue: DecimalString;
      changePct: DecimalString;
    }
  /** `reason` is for a person, a clause without a full stop. */
  | { kind: 'cannot-be-scored'; reason: string };

/** When a prediction falls due, counted from its receipt; `null` without a horizon. */
export const dueAtMs = ({ receivedAtMs, horizonMs }: Prediction): EpochMs | null =>
  horizonMs === null ? null : receivedAtMs + horizonMs;

/**
 * Compares a prediction with what happened. `candles` are minute candles of its symbol and backend, in any order, that
 * cover its receipt and the time when it falls due.
 */
export function scorePrediction(
  prediction: Prediction,
  given: { candles: Iterable<Candle>; nowMs: EpochMs },
): PredictionScore {
  const cannot = (reason: string): PredictionScore => ({ kind: 'cannot-be-scored', reason });
  const due = dueAtMs(prediction);
  if (prediction.symbol === null) return cannot(t('it names no symbol'));
  if (due === null) return cannot(t('it names no horizon'));

  const candles = [...given.candles];
  const priceThen = prediction.priceThen ?? priceAt(candles, prediction.receivedAtMs);
  const direction = prediction.direction ?? impliedDirection(prediction.predictedPrice, priceThen);
  if (direction === null) return cannot(t('it names no direction'));
  // The minute in which it falls due has to be over: until then its candle is not what it will be.
  if (given.nowMs < due + MINUTE_MS) return { kind: 'open', dueAtMs: due };
  if (priceThen === null) return cannot(t('no price was received when it was made'));
  const priceAtDue = priceAt(candles, due);
  if (priceAtDue === null) return cannot(t('no price was received when it fell due'));
  const changePct = percentChange(priceThen, priceAtDue);
  if (changePct === null) return cannot(t('the price then was zero'));
  const kind = cameTrue(direction, changePct) ? 'right' : 'wrong';
  return { kind, dueAtMs: due, priceThen, priceAtDue, changePct };
}

function impliedDirection(
  predicted: DecimalString | null,
  priceThen: DecimalString | null,
): Prediction['direction'] {
  if (predicted === null || priceThen === null) return null;
  const sign = compare(predicted, priceThen);
  return sign > 0 ? 'up' : sign < 0 ? 'down' : 'flat';
}

function cameTrue(direction: NonNullable<Prediction['direction']>, changePct: DecimalString): boolean {
  if (direction === 'flat') return compare(absolute(changePct), FLAT_WITHIN_PCT) <= 0;
  return compare(changePct, '0') === (direction === 'up' ? 1 : -1);
}

/**
 * The last price before a moment: the close of the newest minute that had ended. Where there is none near, the first
 * price of the minute in which the moment lies.
 */
function priceAt(candles: readonly Candle[], atMs: EpochMs): DecimalString | null {
  let before: Candle | null = null;
  let within: Candle | null = null;
  for (const candle of candles) {
    const endMs = candle.atMs + MINUTE_MS;
    if (candle.atMs <= atMs && atMs < endMs) within = candle;
    const isNear = endMs <= atMs && atMs - endMs <= PRICE_FITS_WITHIN_MS;
    if (isNear && (before === null || candle.atMs > before.atMs)) before = candle;
  }
  return before?.close ?? within?.open ?? null;
}

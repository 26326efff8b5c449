import type { FollowSettings, Trader } from '#shared/domain/bots/copy-trading.ts';
import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, compare, divide, multiply, subtract, toFloat } from '#shared/money.ts';

import { block, pass, warn } from './act-definition.ts';

/** What an order that copies a trader is judged by. Money is in the market's currency. */
export interface CopyOrder {
  side: 'buy' | 'sell';
  originalSize: DecimalString;
  copyRatio: DecimalString;
  leverage: DecimalString | null;
  stopLoss: DecimalString | null;
  takeProfit: DecimalString | null;
  /** The most of this one order; else that of the follow. */
  maxTradeSize: DecimalString | null;
}

export interface Circumstances {
  /** `null` where no price is known. */
  price: DecimalString | null;
  /** Whether the price may be a constant of the server (§5). */
  priceMayBeSample: boolean;
  /** Limits of the follow; `null` where the trader is not followed. */
  limits: FollowSettings | null;
  /** Realised results of today, summed; negative for a loss. */
  resultToday: DecimalString;
  trader: Trader | null;
}

export interface Assessment {
  /** What is ordered in the end; `null` where nothing may be. */
  size: DecimalString | null;
  checks: GuardCheck[];
}

/** A copy that takes more of what is set aside for a trader than this is asked about. */
const LARGE_SHARE_PCT = '25';

/**
 * The size that is left of a copy under the limits, and what it may cost, in a person's words. The size is the smallest of: what was
 * asked for, what the most of one trade buys, and what may be lost today by the distance of the stop. Pure.
 */
export function assessCopy(order: CopyOrder, given: Circumstances): Assessment {
  const { price, limits, trader } = given;
  const asked = multiply(order.originalSize, order.copyRatio);
  const most = order.maxTradeSize ?? limits?.maxTradeSize ?? null;
  const byTrade = most === null || price === null ? null : divide(most, price);
  const perUnit = lossPerUnit(order, price);
  const left = dailyLossLeft(given);
  const byLoss = left === null || perUnit === null ? null : divide(left, perUnit);
  const size = smallest([asked, byTrade, byLoss]);
  const isSome = compare(size, '0') > 0;
  const notional = price === null ? null : multiply(size, price);
  const atStop = perUnit === null ? null : multiply(size, perUnit);

  return { size: isSome && !isWrongStop(order, price) ? size : null, checks: checks() };

  function checks(): GuardCheck[] {
    return [
      sizeCheck(),
      priceCheck(),
      stopCheck(),
      lossCheck(),
      shareCheck(),
      leverageCheck(),
      traderCheck(),
      warn(
        'real-order',
        'A real order',
        'The server places it with its own key, for whoever asks and without a sign-in, and cannot take it back.',
      ),
    ].filter((check) => check !== null);
  }

  function sizeCheck(): GuardCheck {
    const label = 'Size of the copy';
    const sum = `${order.originalSize} × ${order.copyRatio} = ${asked}`;
    if (!isSome) return block('copy-size', label, `${sum}, of which your limits leave nothing.`);
    if (compare(size, asked) === 0) return pass('copy-size', label, `${sum}, within your limits.`);
    const why =
      compare(size, byTrade ?? asked) === 0
        ? `the most of one trade (${most ?? ''})`
        : 'what may still be lost today';
    return warn('copy-size', label, `${sum}, cut to ${short(size)} by ${why}.`);
  }

  function priceCheck(): GuardCheck {
    const label = 'Value at the last price';
    if (notional === null || price === null)
      return warn(
        'copy-price',
        label,
        'No price is known, so neither value nor loss can be told, and no limit in money holds.',
      );
    const words = `${short(notional)} at ${price}.`;
    return given.priceMayBeSample
      ? warn('copy-price', label, `${words} The price may be a constant of the server, not the market’s.`)
      : pass('copy-price', label, words);
  }

  function stopCheck(): GuardCheck {
    const label = 'Stop-loss';
    const { stopLoss } = order;
    if (stopLoss === null)
      return warn(
        'copy-stop',
        label,
        'None: all of it can be lost, and with leverage more than that at once.',
      );
    if (isWrongStop(order, price))
      return block('copy-stop', label, `${stopLoss} is on the wrong side of the price ${price ?? ''}.`);
    if (price === null || atStop === null) return pass('copy-stop', label, `At ${stopLoss}.`);
    const distance = divide(multiply(absolute(subtract(price, stopLoss)), '100'), price) ?? '0';
    return pass(
      'copy-stop',
      label,
      `At ${stopLoss}, ${short(distance)} % away: ${short(atStop)} lost there.`,
    );
  }

  function lossCheck(): GuardCheck | null {
    const maxDailyLoss = limits?.maxDailyLoss ?? null;
    if (maxDailyLoss === null) return null;
    const label = 'Loss of the day';
    if (left === null || compare(left, '0') <= 0)
      return block(
        'copy-daily-loss',
        label,
        `The most that may be lost in a day (${maxDailyLoss}) is lost already.`,
      );
    if (perUnit === null)
      return warn(
        'copy-daily-loss',
        label,
        `${short(left)} of ${maxDailyLoss} may still be lost; whether this keeps to it cannot be told without a price.`,
      );
    return pass('copy-daily-loss', label, `${short(left)} of ${maxDailyLoss} may still be lost today.`);
  }

  function shareCheck(): GuardCheck | null {
    if (limits === null)
      return warn(
        'copy-share',
        'Share of the amount',
        'You do not follow this trader, so no amount is set aside for it.',
      );
    if (notional === null) return null;
    const share = divide(multiply(notional, '100'), limits.amount) ?? '0';
    const words = `${short(share)} % of the ${limits.amount} for this trader.`;
    return compare(share, LARGE_SHARE_PCT) > 0
      ? warn('copy-share', 'Share of the amount', words)
      : pass('copy-share', 'Share of the amount', words);
  }

  function leverageCheck(): GuardCheck | null {
    const { leverage } = order;
    if (leverage === null || compare(leverage, '1') <= 0) return null;
    return warn(
      'copy-leverage',
      'Leverage',
      `${leverage}-fold: a move of ${short(divide('100', leverage) ?? '0')} % against it takes the whole margin.`,
    );
  }

  function traderCheck(): GuardCheck {
    return traderRisk(trader);
  }
}

/** How risky the trader is by the server's word. */
export function traderRisk(trader: Trader | null): GuardCheck {
  const label = 'Risk of the trader';
  if (trader === null) return warn('trader-risk', label, 'This trader is not on the server’s list.');
  const sample = trader.simulated ? ' Its figures may be samples of the server.' : '';
  const score = trader.riskScore === null ? '' : `, score ${short(String(trader.riskScore))}`;
  const words = `${trader.riskLevel ?? 'unknown'}${score}.${sample}`;
  return trader.riskLevel === 'low' || trader.riskLevel === 'medium'
    ? pass('trader-risk', label, words)
    : warn('trader-risk', label, words);
}

/** A stop on the side of the profit would end the position at once. */
function isWrongStop({ side, stopLoss }: CopyOrder, price: DecimalString | null): boolean {
  if (stopLoss === null || price === null) return false;
  return compare(stopLoss, price) * (side === 'buy' ? 1 : -1) >= 0;
}

/** Lost by one unit: to the stop, or all of it. */
function lossPerUnit({ stopLoss }: CopyOrder, price: DecimalString | null): DecimalString | null {
  if (price === null) return null;
  return stopLoss === null ? price : absolute(subtract(price, stopLoss));
}

function dailyLossLeft({ limits, resultToday }: Circumstances): DecimalString | null {
  const maxDailyLoss = limits?.maxDailyLoss ?? null;
  if (maxDailyLoss === null) return null;
  const lost = compare(resultToday, '0') < 0 ? absolute(resultToday) : '0';
  const left = subtract(maxDailyLoss, lost);
  return compare(left, '0') < 0 ? '0' : left;
}

const smallest = (sizes: readonly (DecimalString | null)[]): DecimalString =>
  sizes.filter((size) => size !== null).reduce((least, size) => (compare(size, least) < 0 ? size : least));

/** For words alone. */
const short = (value: DecimalString): string => String(Number(toFloat(value).toPrecision(6)));

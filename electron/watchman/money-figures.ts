import { equityCurves, todaysProfit } from '#shared/domain/derive.ts';
import { startOfDay } from '#shared/wall-time.ts';
import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import type { DecimalString } from '#shared/money.ts';
import { add, compare, divide, multiply, subtract, sum } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';

import { drawdownUsd } from './drawdown.ts';
import { heldProfits } from './held-profits.ts';

export interface MoneyInput {
  /** Of the backends whose money may be added, as the portfolio shows them, ending with the figures of now. */
  points: readonly EquityPoint[];
  /** Backends whose newest figure is current, whole and no single reading. */
  sure: ReadonlySet<string>;
  /** By how much the newest figure of a sure backend may be too low, in US dollars. */
  doubts: ReadonlyMap<string, DecimalString>;
  /** Where the span begins whose peak counts. */
  peakFromMs: EpochMs;
  /** What all these backends are worth now. */
  totalUsd: DecimalString;
  nowMs: EpochMs;
}

/** What the limits of money are held against. Never negative; null where nothing is sure. */
export interface MoneyFigures {
  lossUsd: DecimalString | null;
  lossPct: DecimalString | null;
  drawdownUsd: DecimalString | null;
  drawdownPct: DecimalString | null;
}

/**
 * Loss of the day and fall from the peak. The loss is today's change as the window shows it, with three cautions: what a
 * single reading says now is not believed yet (`doubts`), nor what a single one said when the day began, and a backend that
 * is not sure may hold a loss back by what it last had won, but never makes one.
 */
export function moneyFigures(input: MoneyInput): MoneyFigures {
  const { points, sure, nowMs, peakFromMs, totalUsd } = input;
  const surePoints = points.filter(({ backendId }) => sure.has(backendId));
  const doubt = sum([...input.doubts.values()]);

  const today = todaysProfit(points, nowMs);
  const sureToday = todaysProfit(surePoints, nowMs);
  const lossDoubt = add(doubt, startDoubt(points, nowMs));
  const lossUsd =
    today.profitUsd === null || sureToday.profitUsd === null
      ? null
      : lower(surelyLost(today.profitUsd, lossDoubt), surelyLost(sureToday.profitUsd, lossDoubt));

  const fall = drawdownUsd(points, peakFromMs);
  const sureFall = drawdownUsd(surePoints, peakFromMs);
  const drawdown =
    fall === null || sureFall === null ? null : lower(atLeastZero(fall, doubt), atLeastZero(sureFall, doubt));

  return {
    lossUsd,
    lossPct: lossUsd === null ? null : lossPercent(lossUsd, today),
    drawdownUsd: drawdown,
    // Of what would be there now had nothing fallen, so that money put in or taken out since counts as it does now.
    drawdownPct: drawdown === null ? null : percentOf(drawdown, add(totalUsd, drawdown)),
  };
}

const surelyLost = (profitUsd: DecimalString, doubt: DecimalString): DecimalString =>
  atLeastZero(subtract('0', profitUsd), doubt);

/** By how much the figures that the day began with stood above both their neighbours. */
function startDoubt(points: readonly EquityPoint[], nowMs: EpochMs): DecimalString {
  const todayMs = startOfDay(nowMs);
  const curves = [...equityCurves(points).values()];
  return sum(curves.map((curve) => subtract('0', heldProfits(curve, todayMs)[0]?.held ?? '0')));
}

/** The same share of the day's start as the window's percentage is. */
function lossPercent(
  lossUsd: DecimalString,
  today: { profitUsd: DecimalString | null; profitPct: DecimalString | null },
): DecimalString | null {
  if (compare(lossUsd, '0') === 0) return '0';
  if (today.profitUsd === null || today.profitPct === null) return null;
  const share = divide(subtract('0', lossUsd), today.profitUsd);
  return share === null ? null : multiply(share, today.profitPct).replace(/^-/, '');
}

function percentOf(part: DecimalString, whole: DecimalString): DecimalString | null {
  const share = compare(whole, '0') > 0 ? divide(part, whole) : null;
  return share === null ? null : multiply(share, '100');
}

function atLeastZero(value: DecimalString, less: DecimalString): DecimalString {
  const rest = subtract(value, less);
  return compare(rest, '0') > 0 ? rest : '0';
}

const lower = (a: DecimalString, b: DecimalString): DecimalString => (compare(a, b) < 0 ? a : b);

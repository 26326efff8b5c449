import type { Pattern, Prediction } from '#shared/domain/market/market.ts';
import type { DecimalString } from '#shared/money.ts';
import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import type { ChartLevel } from '../../ui/chart-look.ts';

/** The levels of one pattern, as lines for a chart. */
export interface PatternLevels {
  pattern: Pattern;
  levels: ChartLevel[];
}

/**
 * The levels of the newest pattern that gave any, of those since `fromMs`: those of several at once could not be told apart, and
 * those of one that has left the chart belong to another market.
 */
export function newestLevels(patterns: Iterable<Pattern>, fromMs: number): PatternLevels | null {
  let newest: Pattern | null = null;
  for (const pattern of patterns) {
    if (pattern.receivedAtMs < fromMs || levelsOf(pattern).length === 0) continue;
    if (newest === null || pattern.receivedAtMs >= newest.receivedAtMs) newest = pattern;
  }
  return newest === null ? null : { pattern: newest, levels: levelsOf(newest) };
}

/** The price that the newest prediction names whose time has not run out yet; of several models only the newest, or lines would crowd. */
export function openPrediction(predictions: Iterable<Prediction>, nowMs: number): ChartLevel | null {
  let newest: Prediction | null = null;
  for (const one of predictions) {
    const { predictedPrice, horizonMs, receivedAtMs } = one;
    if (predictedPrice === null || horizonMs === null || receivedAtMs + horizonMs <= nowMs) continue;
    if (newest === null || receivedAtMs >= newest.receivedAtMs) newest = one;
  }
  const price = newest?.predictedPrice ?? null;
  return price === null ? null : { price: toFloat(price), text: t('Predicted'), tone: 'muted' };
}

function levelsOf({ entryPrice, exitPrice, stopPrice }: Pattern): ChartLevel[] {
  const given: [price: DecimalString | null, text: string, tone: ChartLevel['tone']][] = [
    [entryPrice, t('Entry'), 'accent'],
    [exitPrice, t('Exit'), 'gain'],
    [stopPrice, t('Stop'), 'loss'],
  ];
  return given.flatMap(([price, text, tone]) =>
    price === null ? [] : [{ price: toFloat(price), text, tone }],
  );
}

import type { FigureUnit } from '#shared/domain/backends/backend.ts';
import type { DecimalString } from '#shared/money.ts';
import { toDecimal } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';

import { dayAsWritten } from '../../ui/written-time.ts';
import type { Json, JsonObject } from './result-shape.ts';

/** What the figures of an answer are, as its read describes them. */
export type Figures = Readonly<Record<string, FigureUnit>>;

/** Of a read that says nothing about them: one object, so that a table does not take its columns for new ones. */
export const NO_FIGURES: Figures = {};

/**
 * What a member holds: as the read says for it or for what is around it, the nearest first; else what its own name says. `null` where
 * nothing tells. `path` is the names from the outside in; a name with dots stands for several.
 */
export function unitOf(path: readonly string[], figures: Figures): FigureUnit | null {
  const names = path.flatMap((name) => name.split('.')).reverse();
  const own = names[0] ?? '';
  for (const name of names) {
    const unit = Object.hasOwn(figures, name) ? figures[name] : undefined;
    if (unit !== undefined) return unit;
  }
  const hasDirection = /change|pnl|profit|gain|return/i.test(own);
  if (/(pct|percent|percentage)$/i.test(own)) return hasDirection ? 'percent-change' : 'percent';
  if (/pnl$/i.test(own)) return 'usd-change';
  if (/usd$/i.test(own)) return /change|pnl/i.test(own) ? 'usd-change' : 'usd';
  if (/^ltv$/i.test(own)) return 'fraction';
  if (/price$/i.test(own)) return 'price';
  if (/sharpe(_?ratio)?$|profit_?(factor|loss_?ratio)$/i.test(own)) return 'score';
  if (/secs$|seconds$/i.test(own)) return 'seconds';
  return null;
}

/** A figure, exact to its last digit: a number, or numeric text where its unit is known ("-0.81%" too). `null` is no figure. */
export function toFigure(value: Json | undefined, unit: FigureUnit | null): DecimalString | null {
  if (typeof value === 'number') return toDecimal(value);
  if (typeof value !== 'string' || unit === null) return null;
  return toDecimal(isPercentage(unit) ? value.replace(/^\+|\s?%$/g, '') : value);
}

/** Whether the column of that name holds figures and nothing else, some at least: they stand at the right, under one another. */
export function holdsFigures(
  path: readonly string[],
  rows: readonly JsonObject[],
  figures: Figures,
): boolean {
  const name = path.at(-1) ?? '';
  const unit = unitOf(path, figures);
  const values = rows.map((row) => row[name] ?? null).filter((value) => value !== null && value !== '');
  return (
    values.length > 0 &&
    values.every((value) => toFigure(value, unit) !== null && toAnswerTime(name, value) === null)
  );
}

const isPercentage = (unit: FigureUnit): boolean => unit === 'percent' || unit === 'percent-change';

/** Times of members whose name says that they hold one. */
const TIME_NAME = /(time|stamp|update|updated|heartbeat|at|asof)(ms)?$/i;
const ISO_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
const ZONELESS_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/**
 * A moment or a whole day that an answer names. Of what has no zone nobody knows when it was: its `atMs` is what its clock showed, as if
 * that were UTC.
 */
export function toAnswerTime(
  name: string,
  value: Json | undefined,
): { kind: 'moment' | 'day' | 'no-zone'; atMs: EpochMs } | null {
  if (typeof value === 'number')
    return TIME_NAME.test(name) && value > 1e12 && value < 1e14 ? { kind: 'moment', atMs: value } : null;
  if (typeof value !== 'string') return null;
  const dayMs = dayAsWritten(value);
  if (dayMs !== null) return { kind: 'day', atMs: dayMs };
  if (ZONELESS_TIME.test(value)) {
    const shownMs = Date.parse(`${value.replace(' ', 'T')}Z`);
    return Number.isFinite(shownMs) ? { kind: 'no-zone', atMs: shownMs } : null;
  }
  if (!ISO_TIME.test(value)) return null;
  const atMs = Date.parse(value.replace(' ', 'T'));
  return Number.isFinite(atMs) ? { kind: 'moment', atMs } : null;
}

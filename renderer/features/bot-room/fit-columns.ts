import type { DecimalString } from '#shared/money.ts';

import { valueWord } from '../../ui/value-word.ts';
import type { Figures } from './member-figure.ts';
import { holdsFigures, toAnswerTime, toFigure, unitOf } from './member-figure.ts';
import type { Json, JsonObject } from './result-shape.ts';

/** Pixels of a letter of a cell and of a heading, and of what stands around them. */
const LETTER = 7.5;
const HEAD_LETTER = 7;
const AROUND = 36;
const LEAST = 72;
const MOST = 300;
/** As long as they are written, whatever the answer writes: a moment with its seconds, a day, yes or no. */
const MOMENT = 25;
const DAY = 12;
const FLAG = 5;
/** Sign, arrow, point and unit. */
const BESIDE_FIGURE = 5;

/** How wide a column has to be for most of what stands in it, in pixels. */
export function widthOf(name: string, header: string, rows: readonly JsonObject[], figures: Figures): number {
  const areFigures = holdsFigures([name], rows, figures);
  const longest = rows.reduce(
    (most, row) => Math.max(most, lettersOf(name, row[name], areFigures, figures)),
    0,
  );
  return Math.min(MOST, Math.max(LEAST, longest * LETTER + AROUND, header.length * HEAD_LETTER + AROUND));
}

function lettersOf(name: string, value: Json | undefined, areFigures: boolean, figures: Figures): number {
  if (value === undefined || value === null) return 1;
  const time = toAnswerTime(name.split('.').at(-1) ?? name, value);
  if (time !== null) return time.kind === 'day' ? DAY : MOMENT;
  const figure = areFigures ? toFigure(value, unitOf([name], figures)) : null;
  if (figure !== null) return lettersOfFigure(figure);
  return typeof value === 'string' ? valueWord(name, value).length : FLAG;
}

/** Its whole digits with what stands between them, and as much as a unit and the digits behind the point may take. */
function lettersOfFigure(figure: DecimalString): number {
  const [whole = '', rest = ''] = figure.replace('-', '').split('.');
  const behind =
    whole === '0' ? Math.min(8, rest.length) : Math.max(2, Math.min(8 - whole.length, rest.length));
  return whole.length + Math.floor((whole.length - 1) / 3) + behind + BESIDE_FIGURE;
}

interface Fitting {
  id: string;
  width: number;
  /** By `rankOf`: the higher it is, the sooner the column gives way. */
  rank: number;
  /** Says something in some row. */
  isTold: boolean;
}

/** Ids say little to a person, so they come last. */
export const isId = (name: string): boolean => /(^|\.)_?id$|Id$/.test(name);

/** What a row is about, and which way and how much: without these it says nothing, whatever else it holds. */
const WEIGHTY =
  /^(name|title|symbol|pair|asset|coin|side|direction|action|amount|quantity|qty|size|price|value)$/i;

/** How much a column weighs, 0 the most: what the row is about, then its other members, what these hold, and ids. */
export function rankOf(name: string): number {
  if (isId(name)) return 3;
  if (name.includes('.')) return 2;
  return WEIGHTY.test(name) ? 0 : 1;
}

/**
 * The columns that there is no room for, so that a table needs no scroll bar sideways: those that say nothing, then those that weigh
 * least, from the end. One always stays.
 */
export function spareColumns(columns: readonly Fitting[], room: number): string[] {
  const told = columns.filter(({ isTold }) => isTold);
  const shown = (told.length === 0 ? [...columns] : told).sort((a, b) => a.rank - b.rank);
  let needed = shown.reduce((total, { width }) => total + width, 0);
  while (shown.length > 1 && needed > room) needed -= shown.pop()?.width ?? 0;
  const kept = new Set(shown.map(({ id }) => id));
  return columns.map(({ id }) => id).filter((id) => !kept.has(id));
}

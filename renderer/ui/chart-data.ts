import { inSentence } from '#shared/words.ts';

import type { ChartTone } from './chart-look.ts';

/** What a chart shows, as rows: behind its table, its keyboard cursor and what is read out. */
export interface ChartData {
  /** The sort of chart, by which the choice of its table's columns is remembered; the same in every language. */
  sort: string;
  columns: readonly ChartColumn[];
  /** The first column is time: the table begins with the newest. */
  isOverTime: boolean;
  /** Number of rows, in the order in which the chart shows them. */
  count: number;
  /** The written cells of a row, one a column. Called for rows in sight only. */
  cells: (index: number) => readonly string[];
  /** A row in as few characters as will do, where all of it does not fit over the chart. */
  inBrief?: (index: number) => string;
}

interface ChartColumn {
  name: string;
  align?: 'left' | 'right';
  /** A track of CSS grid, where the usual one does not fit. */
  width?: string;
  /** By what the column sorts; without it, as written. */
  sortValue?: (index: number) => number | null;
}

/** One name beside a chart: how what it stands for is drawn. */
export interface LegendItem {
  name: string;
  tone: ChartTone;
  shape: 'line' | 'dashed' | 'area' | 'up' | 'down' | 'dot' | 'square';
}

const PAGE = 10;

/**
 * Where a key moves the cursor of a chart with `count` rows; `null` takes it away, `undefined` means that the key is not for it.
 * The first arrow goes to the newest.
 */
export function nextCursor(key: string, index: number | null, count: number): number | null | undefined {
  const last = count - 1;
  if (key === 'Escape') return index === null ? undefined : null;
  if (last < 0) return undefined;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const step = STEPS.get(key);
  if (step === undefined) return undefined;
  return index === null ? last : Math.max(0, Math.min(last, index + step));
}

const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowLeft', -1],
  ['ArrowRight', 1],
  ['PageUp', -PAGE],
  ['PageDown', PAGE],
]);

/** A row in one line: "14:03, value $12.00". Cells without text are left out. German nouns keep their capitals. */
export function rowInWords({ columns, cells }: ChartData, index: number): string {
  const [first = '', ...rest] = cells(index);
  const named = rest.flatMap((cell, at) => {
    const name = columns[at + 1]?.name ?? '';
    return cell === '' ? [] : [`${inSentence(name)} ${cell}`];
  });
  return [first, ...named].join(', ');
}

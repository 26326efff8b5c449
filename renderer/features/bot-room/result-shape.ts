import type { RequestResult } from '#shared/ipc/contract.ts';

/** Whatever a backend's read answers: any JSON. Its text is the backend's and untrusted. */
export type Json = RequestResult<'backends.read'>;
export type JsonObject = Record<string, Json>;

export interface ResultTable {
  columns: string[];
  rows: JsonObject[];
  /** Members beside the list, such as a count or a total. */
  rest: JsonObject | null;
}

/** Simulated outcomes at the end of a time. The values are sorted, lowest first. */
export interface Distribution {
  values: number[];
  unit: string | null;
  days: number | null;
  /** What all of them begin with; a float, for drawing. */
  start: number | null;
  mean: number;
  median: number;
  p5: number;
  p95: number;
}

export interface Series {
  name: string;
  points: { atMs: number; value: number }[];
}

/** Members that backends wrap their lists in, the likeliest first. */
const LIST_MEMBERS = [
  'items',
  'rows',
  'changes',
  'opportunities',
  'policies',
  'days',
  'topResults',
  'messages',
  'results',
];
const MAX_COLUMNS = 16;
const MAX_DEPTH = 3;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads an answer as rows: a list, an object that wraps one, or an object of objects. `null` where it is none of these. */
export function toTable(value: Json): ResultTable | null {
  if (Array.isArray(value)) return tableOf(value.map(toRow), null);
  if (!isObject(value)) return null;
  const listName =
    LIST_MEMBERS.find((name) => Array.isArray(value[name])) ??
    Object.keys(value).find((name) => Array.isArray(value[name]) && value[name].some(isObject));
  const list = listName === undefined ? undefined : value[listName];
  if (listName !== undefined && Array.isArray(list)) {
    const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== listName));
    return tableOf(list.map(toRow), Object.keys(rest).length === 0 ? null : rest);
  }
  const members = Object.entries(value);
  const objects = members.filter(([, member]) => isObject(member));
  if (objects.length > 0 && objects.length === members.length) {
    return tableOf(
      objects.map(([name, member]) => ({ name, ...(isObject(member) ? member : {}) })),
      null,
    );
  }
  // One wrapped object of objects, as in `{generatedAt, coins: {BTC: {…}}}`.
  const wrapped = objects.find(([, member]) => isObject(member) && Object.values(member).every(isObject));
  if (wrapped === undefined || Object.keys(wrapped[1] as JsonObject).length === 0) return null;
  const inner = toTable(wrapped[1]);
  const rest = Object.fromEntries(members.filter(([name]) => name !== wrapped[0]));
  return inner === null ? null : { ...inner, rest };
}

/** Finds simulated outcomes and their figures; what the answer does not give is computed from the outcomes. */
export function toDistribution(value: Json): Distribution | null {
  const found = findMember(
    value,
    (candidate) => isNumbers(candidate.outcomes) || isNumbers(candidate.values),
    0,
  );
  if (found === null) return null;
  const raw = isNumbers(found.outcomes) ? found.outcomes : found.values;
  if (!isNumbers(raw)) return null;
  const values = [...raw].sort((a, b) => a - b);
  const summary = isObject(found.summary) ? found.summary : {};
  const figure = (names: string[], fallback: number): number => {
    const given = names
      .map((name) => summary[name] ?? found[name])
      .find((member) => typeof member === 'number');
    return typeof given === 'number' ? given : fallback;
  };
  return {
    values,
    unit: typeof found.unit === 'string' ? found.unit : null,
    days: typeof found.days === 'number' ? found.days : null,
    start: toNumber(found.startUsd),
    mean: figure(['mean'], values.reduce((total, item) => total + item, 0) / values.length),
    median: figure(['median'], quantile(values, 0.5)),
    p5: figure(['percentile_5', 'p5'], quantile(values, 0.05)),
    p95: figure(['percentile_95', 'p95'], quantile(values, 0.95)),
  };
}

/** Counts sorted values into equal bins. */
export function histogram(
  sorted: readonly number[],
  binCount: number,
): { from: number; to: number; count: number }[] {
  const low = sorted[0];
  const high = sorted.at(-1);
  if (low === undefined || high === undefined) return [];
  if (low === high) return [{ from: low, to: high, count: sorted.length }];
  const width = (high - low) / binCount;
  const bins = Array.from({ length: binCount }, (_, index) => ({
    from: low + index * width,
    to: low + (index + 1) * width,
    count: 0,
  }));
  for (const value of sorted) {
    const bin = bins[Math.min(binCount - 1, Math.floor((value - low) / width))];
    if (bin) bin.count += 1;
  }
  return bins;
}

/** Reads a list of timed figures: one line for each numeric member. `null` where there are no times. */
export function toSeries(value: Json): Series[] | null {
  const table = toTable(value);
  if (table === null) return null;
  const timeColumn = table.columns.find((column) => table.rows.some((row) => toTime(row[column]) !== null));
  if (timeColumn === undefined) return null;
  const series = table.columns
    .filter((column) => column !== timeColumn)
    .map((name) => ({
      name,
      points: table.rows
        .flatMap((row) => {
          const atMs = toTime(row[timeColumn]);
          const figure = toNumber(row[name]);
          return atMs === null || figure === null ? [] : [{ atMs, value: figure }];
        })
        .sort((a, b) => a.atMs - b.atMs),
    }))
    .filter(({ points }) => points.length > 0);
  return series.length === 0 ? null : series;
}

function tableOf(rows: JsonObject[], rest: JsonObject | null): ResultTable {
  const columns = new Set<string>();
  for (const row of rows)
    for (const name of Object.keys(row)) if (columns.size < MAX_COLUMNS) columns.add(name);
  return { columns: [...columns], rows, rest };
}

const toRow = (value: Json): JsonObject => (isObject(value) ? value : { value });

const isNumbers = (value: Json | undefined): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');

function findMember(
  value: Json | undefined,
  fits: (candidate: JsonObject) => boolean,
  depth: number,
): JsonObject | null {
  if (!isObject(value) || depth > MAX_DEPTH) return null;
  if (fits(value)) return value;
  for (const member of Object.values(value)) {
    const found = findMember(member, fits, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Linear interpolation between the two nearest of sorted values. */
function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

function toTime(value: Json | undefined): number | null {
  if (typeof value === 'number') return value > 1e11 && value < 1e14 ? value : null;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return null;
  const ms = Date.parse(value);
  return Number.isFinite(ms) ? ms : null;
}

function toNumber(value: Json | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?%?$/.test(value) ? Number.parseFloat(value) : null;
}

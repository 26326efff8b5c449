import type { IHorzScaleBehavior, TickMark, Time } from 'lightweight-charts';
import { defaultHorzScaleBehavior } from 'lightweight-charts';

import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';
import { wallTime } from '#shared/wall-time.ts';

type Places = Parameters<IHorzScaleBehavior<Time>['fillWeightsForPoints']>[0];

/** What is written at a place of the axis; `''` for nothing. */
type AxisLabel = (atMs: number, beginsDay: boolean) => string;

/**
 * The time axis of a chart, marked where the desk's own days and hours begin: the library knows UTC only, and would write the name of
 * a day where it begins in Greenwich. `byDay` is for values that stand for whole days, which are days in UTC.
 */
export class ZonedScale extends defaultHorzScaleBehavior() {
  readonly #byDay: boolean;
  readonly #label: AxisLabel;

  constructor(byDay: boolean, label: AxisLabel) {
    super();
    this.#byDay = byDay;
    this.#label = label;
  }

  override formatTickmark({ originalTime, weight }: TickMark): string {
    return this.#label(Number(originalTime) * SECOND_MS, weight >= WEIGHTS.day);
  }

  override fillWeightsForPoints(places: Places, startIndex: number): void {
    const timesMs = places.map(({ originalTime }) => Number(originalTime) * SECOND_MS);
    for (const [index, weight] of weightsOf(timesMs, startIndex, this.#byDay).entries()) {
      const place = places[startIndex + index];
      if (place !== undefined) place.timeWeight = weight as typeof place.timeWeight;
    }
  }
}

/** Rates each time from `startIndex` on by what begins there, and the very first as if one as far away stood before it. */
export function weightsOf(timesMs: readonly number[], startIndex: number, byDay: boolean): number[] {
  const wallAt = (index: number): number => {
    const atMs = timesMs[index] ?? 0;
    return byDay ? atMs : wallMs(atMs);
  };
  let before =
    startIndex > 0 ? wallAt(startIndex - 1) : timesMs.length > 1 ? 2 * wallAt(0) - wallAt(1) : wallAt(0);
  const weights: number[] = [];
  for (let index = startIndex; index < timesMs.length; index += 1) {
    const wall = wallAt(index);
    weights.push(weightOf(wall, before));
    before = wall;
  }
  return weights;
}

/** What a clock on the wall shows, as the moment at which one in Greenwich does. */
function wallMs(atMs: number): number {
  const { year, month, day, hour, minute, second } = wallTime(atMs);
  return Date.UTC(year, month, day, hour, minute, second);
}

/** The library's own ratings, which its type does not name: the larger, the longer a label stays when room runs out. */
const WEIGHTS = {
  year: 70,
  month: 60,
  day: 50,
  within: [
    [12 * HOUR_MS, 33],
    [6 * HOUR_MS, 32],
    [3 * HOUR_MS, 31],
    [HOUR_MS, 30],
    [30 * MINUTE_MS, 22],
    [5 * MINUTE_MS, 21],
    [MINUTE_MS, 20],
    [SECOND_MS, 10],
  ],
} as const;

function weightOf(wall: number, before: number): number {
  const [now, then] = [new Date(wall), new Date(before)];
  if (now.getUTCFullYear() !== then.getUTCFullYear()) return WEIGHTS.year;
  if (now.getUTCMonth() !== then.getUTCMonth()) return WEIGHTS.month;
  if (now.getUTCDate() !== then.getUTCDate()) return WEIGHTS.day;
  for (const [lengthMs, weight] of WEIGHTS.within)
    if (Math.floor(wall / lengthMs) !== Math.floor(before / lengthMs)) return weight;
  return 0;
}

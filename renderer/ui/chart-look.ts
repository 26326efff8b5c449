import type { AutoscaleInfo, IChartApiBase, SeriesMarker, Time, UTCTimestamp } from 'lightweight-charts';
import { ColorType, createChartEx } from 'lightweight-charts';

import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { formatHour, formatMoment, formatShortDay, formatShortSecond, priceStep } from './format.ts';
import { shortDayWords, timeWords } from './time-words.ts';
import { ZonedScale } from './zoned-scale.ts';

/** What every chart over time shares: the axes, the theme's colours, the marks. */

export interface ChartMarker {
  atMs: number;
  text: string;
  shape: 'up' | 'down' | 'dot' | 'square';
  tone: ChartTone;
}

/** A price worth a line of its own. */
export interface ChartLevel {
  price: number;
  text: string;
  tone: ChartTone;
}

export type ChartTone =
  'accent' | 'gain' | 'loss' | 'warn' | 'danger' | 'ok' | 'practice' | 'muted' | 'faint';

/** The stretch of time that a chart covers now; decides how its times are written. */
interface ChartSpan {
  firstS: number;
  spanMs: number;
}

/**
 * A chart without series whose wheel scrolls the page, with times and values in the person's writing. `byDay` is for places that stand
 * for whole days, in UTC.
 */
export function createTimeAxisChart(
  box: HTMLDivElement,
  formatValue: (value: number) => string,
  span: () => ChartSpan,
  byDay = false,
): IChartApiBase {
  const api: IChartApiBase = createChartEx(box, new ZonedScale(byDay, labelOf), {
    autoSize: true,
    // From the beginning: the library's link would be there for a frame, within what is a picture.
    layout: { attributionLogo: false },
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
    localization: {
      priceFormatter: formatValue,
      tickmarksPriceFormatter: (prices: number[]) => {
        const isCovered = coveredByLabels(api);
        return withoutNoughts(prices.map((price) => (isCovered(price) ? '' : formatValue(price))));
      },
      timeFormatter: (time: Time) =>
        byDay ? timeWords(Number(time) * 1_000, DAY_MS / 1_000) : localTime(Number(time), span().spanMs),
    },
    rightPriceScale: { borderVisible: false, entireTextOnly: true, scaleMargins: { top: 0.12, bottom: 0.1 } },
    timeScale: {
      borderVisible: false,
      timeVisible: true,
      secondsVisible: false,
      fixLeftEdge: true,
      fixRightEdge: true,
      allowBoldLabels: false,
      tickMarkMaxCharacterLength: LABEL_CHARACTERS,
    },
  });
  return api;

  function labelOf(atMs: number, beginsDay: boolean): string {
    const { firstS, spanMs } = span();
    // A label at the very edge would be cut through.
    if (atMs - firstS * 1_000 < spanMs * EDGE_SHARE) return '';
    return byDay ? shortDayWords(atMs) : tickMark(atMs, beginsDay, spanMs);
  }
}

/** From the middle of one label of the price axis to that of the next, in pixels, so that they do not touch. */
const LABEL_PX = 15;

/** Which values of the axis have their label where the newest value or a level has its own, which would leave half of it in sight. */
function coveredByLabels(api: IChartApiBase): (price: number) => boolean {
  const series = api.panes()[0]?.getSeries()[0];
  const newest = series?.lastValueData(true);
  if (series === undefined || newest === undefined || newest.noData) return () => false;
  const levels = series.priceLines().map((line) => line.options().price);
  const labels = [newest.price, ...levels].map((price) => series.priceToCoordinate(price));
  return (price) => {
    const y = series.priceToCoordinate(price);
    return y !== null && labels.some((labelY) => labelY !== null && Math.abs(y - labelY) < LABEL_PX);
  };
}

/** Puts the theme of now on everything but the series. */
export function paintChart(api: IChartApiBase): void {
  api.applyOptions({
    layout: {
      background: { type: ColorType.Solid, color: 'transparent' },
      textColor: themeColour('faint'),
      fontFamily: 'Inter Variable, system-ui, sans-serif',
      fontSize: 11,
    },
    grid: { vertLines: { visible: false }, horzLines: { color: themeColour('line') } },
    crosshair: {
      vertLine: { color: themeColour('line-strong'), labelBackgroundColor: themeColour('overlay') },
      horzLine: { color: themeColour('line-strong'), labelBackgroundColor: themeColour('overlay') },
    },
  });
}

/** Marks in the library's form, each at the place of the axis that its time belongs to. */
export const toSeriesMarkers = (markers: readonly ChartMarker[], stepS: number): SeriesMarker<Time>[] =>
  [...markers]
    .sort((a, b) => a.atMs - b.atMs)
    .map((marker): SeriesMarker<Time> => ({
      time: (Math.floor(marker.atMs / 1_000 / stepS) * stepS) as UTCTimestamp,
      position: marker.shape === 'up' || marker.shape === 'dot' ? 'belowBar' : 'aboveBar',
      shape: SHAPES[marker.shape],
      color: toneColour(marker.tone),
      text: marker.text,
    }));

/** Widens the range of the scale where values hardly differ, so that a cent does not look like a crash. */
export function neverFlat(original: () => AutoscaleInfo | null): AutoscaleInfo | null {
  const info = original();
  const range = info?.priceRange ?? null;
  if (info === null || range === null) return info;
  const { minValue, maxValue } = range;
  const least = Math.max(Math.abs(minValue), Math.abs(maxValue)) * LEAST_SPAN;
  const missing = Math.max(0, least - (maxValue - minValue)) / 2;
  return { ...info, priceRange: { minValue: minValue - missing, maxValue: maxValue + missing } };
}

/**
 * Widens the scale so that its levels can be seen, but for those so far away that what is drawn would become a flat line:
 * a level further than three times its own span.
 */
export function withLevels(
  info: AutoscaleInfo | null,
  levels: readonly Pick<ChartLevel, 'price'>[],
): AutoscaleInfo | null {
  const range = info?.priceRange ?? null;
  if (info === null || range === null) return info;
  const { minValue, maxValue } = range;
  const reach = Math.max(maxValue - minValue, Math.abs(maxValue) * LEAST_SPAN) * LEVEL_REACH;
  const near = levels
    .map(({ price }) => price)
    .filter((price) => price >= minValue - reach && price <= maxValue + reach);
  return {
    ...info,
    priceRange: { minValue: Math.min(minValue, ...near), maxValue: Math.max(maxValue, ...near) },
  };
}

/** The smallest step of a scale of such values. It draws no line between values that are nearer; the library's own is a cent. */
export const stepOf = (value: number): number => Math.min(0.01, priceStep(value));

export const toneColour = (tone: ChartTone): string => themeColour(tone);

/** The value that a colour of the theme has now: a canvas does not read CSS variables. */
export const themeColour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--qd-${name}`).trim();

/** Room for a time with seconds and a gap to the next. */
const LABEL_CHARACTERS = 11;
/** Share of the time axis at its left end that bears no label. */
const EDGE_SHARE = 0.04;
/** The scale shows at least this share of the value. */
const LEAST_SPAN = 0.0004;
/** Spans of what is drawn up to which a level widens the scale. */
const LEVEL_REACH = 3;

const SHAPES = { up: 'arrowUp', down: 'arrowDown', dot: 'circle', square: 'square' } as const;

/** Cents that are nought on every mark of a scale say nothing. */
function withoutNoughts(texts: string[]): string[] {
  const noughts = /[.,]00$/;
  return texts.every((text) => text === '' || noughts.test(text))
    ? texts.map((text) => text.replace(noughts, ''))
    : texts;
}

const localTime = (seconds: number, spanMs: number): string =>
  formatMoment(seconds * 1_000, spanMs < HOUR_MS);

/** Short enough for neighbours not to touch: where a day begins the day, over several days; else the time. */
function tickMark(atMs: number, beginsDay: boolean, spanMs: number): string {
  if (spanMs > 2 * DAY_MS && beginsDay) return formatShortDay(atMs);
  return spanMs < 5 * MINUTE_MS ? formatShortSecond(atMs) : formatHour(atMs);
}

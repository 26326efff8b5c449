import type { IChartApiBase, ISeriesApi, SeriesMarker, SeriesType, Time } from 'lightweight-charts';
import { createSeriesMarkers } from 'lightweight-charts';

import type { ChartMarker } from './chart-look.ts';
import { toSeriesMarkers } from './chart-look.ts';

/** A label and where its middle stands, in pixels from the left of the chart; `null` where it stands nowhere. */
interface Label {
  x: number | null;
  text: string;
  /** Labels above the line and those below do not meet. */
  side: string;
}

/** What a character of the charts' type takes at most, on average, in pixels. */
const CHARACTER = 6.2;
/** Between two labels, in pixels. */
const GAP = 6;

/** The marks of a series. Each has its label where there is room: none runs over another or over the edge, and the newest goes first. */
export function drawMarks(
  api: IChartApiBase,
  series: ISeriesApi<SeriesType>,
): { set(markers: readonly ChartMarker[], stepS: number): void } {
  const marks = createSeriesMarkers<Time>(series, []);
  let all: readonly SeriesMarker<Time>[] = [];
  let drawn: readonly boolean[] | null = null;
  const scale = api.timeScale();
  scale.subscribeVisibleLogicalRangeChange(place);
  scale.subscribeSizeChange(place);
  return {
    set(markers, stepS) {
      all = toSeriesMarkers(markers, stepS);
      drawn = null;
      place();
    },
  };

  function place(): void {
    if (all.length === 0 && drawn !== null) return;
    const labels = all.map(({ time, text = '', position }) => ({
      x: scale.timeToCoordinate(time),
      text,
      side: position,
    }));
    const next = labelsWithRoom(labels, scale.width());
    if (drawn?.every((kept, index) => kept === next[index]) === true) return;
    drawn = next;
    marks.setMarkers(all.map((mark, index) => (next[index] === true ? mark : { ...mark, text: '' })));
  }
}

/** Which labels can be read in a chart of this width, the last one first. */
export function labelsWithRoom(labels: readonly Label[], width: number): readonly boolean[] {
  const freeUntil = new Map<string, number>();
  const kept = labels.map(() => false);
  for (const index of [...labels.keys()].reverse()) {
    const label = labels[index];
    if (label === undefined || label.x === null) continue;
    const half = (label.text.length * CHARACTER) / 2;
    const until = freeUntil.get(label.side) ?? width;
    if (label.x - half < 0 || label.x + half > until) continue;
    kept[index] = true;
    freeUntil.set(label.side, label.x - half - GAP);
  }
  return kept;
}

import type { LegendItem } from './chart-data.ts';
import { toneColour } from './chart-look.ts';

/** The names of what a chart draws, each with its look: shape as well as colour tells them apart. */
export function ChartLegend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul className="flex min-w-0 flex-1 items-center gap-3 overflow-hidden text-2xs text-muted">
      {items.map((item) => (
        <li key={item.name} className="flex shrink-0 items-center gap-1.5 whitespace-nowrap">
          <Swatch item={item} />
          {item.name}
        </li>
      ))}
    </ul>
  );
}

interface SwatchPart {
  path: string;
  /** Thickness of the line; it is filled without one. */
  line?: number;
  dash?: readonly number[];
  opacity?: number;
}

/** In a box of 14 by 10; the same on screen and in a picture. */
const SWATCHES: Readonly<Record<LegendItem['shape'], readonly SwatchPart[]>> = {
  area: [
    { path: 'M0 10 V5 L14 2 V10 Z', opacity: 0.25 },
    { path: 'M0 5 L14 2', line: 2 },
  ],
  line: [{ path: 'M0 5 H14', line: 2 }],
  dashed: [{ path: 'M0 5 H14', line: 1.5, dash: [3, 2] }],
  up: [{ path: 'M7 1 L11 9 H3 Z' }],
  down: [{ path: 'M7 9 L11 1 H3 Z' }],
  dot: [{ path: 'M3.8 5 A3.2 3.2 0 1 1 10.2 5 A3.2 3.2 0 1 1 3.8 5 Z' }],
  square: [{ path: 'M3 1 H11 V9 H3 Z' }],
};

function Swatch({ item: { shape, tone } }: { item: LegendItem }) {
  return (
    <svg width="14" height="10" viewBox="0 0 14 10" aria-hidden style={{ color: `var(--qd-${tone})` }}>
      {SWATCHES[shape].map(({ path, line, dash, opacity }) => (
        <path
          key={path}
          d={path}
          fill={line === undefined ? 'currentColor' : 'none'}
          {...(line === undefined ? {} : { stroke: 'currentColor', strokeWidth: line })}
          {...(dash === undefined ? {} : { strokeDasharray: dash.join(' ') })}
          {...(opacity === undefined ? {} : { opacity })}
        />
      ))}
    </svg>
  );
}

/** The look of a name as in the legend of the chart, for its picture. */
export function drawSwatch(
  pen: CanvasRenderingContext2D,
  { shape, tone }: Pick<LegendItem, 'shape' | 'tone'>,
  left: number,
  top: number,
): void {
  pen.save();
  pen.translate(left, top);
  pen.fillStyle = toneColour(tone);
  pen.strokeStyle = toneColour(tone);
  for (const { path, line, dash = [], opacity = 1 } of SWATCHES[shape]) {
    pen.globalAlpha = opacity;
    pen.lineWidth = line ?? 1;
    pen.setLineDash([...dash]);
    if (line === undefined) pen.fill(new Path2D(path));
    else pen.stroke(new Path2D(path));
  }
  pen.restore();
}

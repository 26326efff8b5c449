// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';

import type { LegendItem } from './chart-data.ts';
import { drawSwatch } from './chart-legend.tsx';

/** Notes what is drawn, with what: as much of a pen as a swatch needs. */
class Pen {
  readonly drawn: string[] = [];
  dash: readonly number[] = [];
  save(): void {}
  restore(): void {}
  translate(): void {}
  setLineDash(dash: readonly number[]): void {
    this.dash = dash;
  }
  fill({ path }: { path: string }): void {
    this.drawn.push(`filled ${path}`);
  }
  stroke({ path }: { path: string }): void {
    this.drawn.push(`line ${path}${this.dash.length > 0 ? ' dashed' : ''}`);
  }
}

function drawnOf(shape: LegendItem['shape']): string {
  const pen = new Pen();
  drawSwatch(pen as unknown as CanvasRenderingContext2D, { shape, tone: 'gain' }, 0, 0);
  return pen.drawn.join(', ');
}

afterEach(() => vi.unstubAllGlobals());

it('a name in the picture of a chart has the shape that it has on screen, so that colour alone tells nothing', () => {
  vi.stubGlobal(
    'Path2D',
    class {
      constructor(readonly path: string) {}
    },
  );
  const shapes = ['area', 'line', 'dashed', 'up', 'down', 'dot', 'square'] as const;
  expect(new Set(shapes.map(drawnOf)).size).toBe(shapes.length);
  expect(drawnOf('dashed')).toMatch(/^line .* dashed$/);
  expect(drawnOf('up')).toMatch(/^filled /);
});

// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';

import type { LegendItem } from './chart-data.ts';
import { drawSwatch } from './chart-legend.tsx';

class PathNamed {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

/** What is drawn, by a pen that notes it. */
function drawnOf(shape: LegendItem['shape']): string {
  const drawn: string[] = [];
  let isDashed = false;
  const pen = {
    save: vi.fn(),
    restore: vi.fn(),
    translate: vi.fn(),
    setLineDash: (dash: readonly number[]) => (isDashed = dash.length > 0),
    fill: ({ path }: PathNamed) => drawn.push(`filled ${path}`),
    stroke: ({ path }: PathNamed) => drawn.push(`line ${path}${isDashed ? ' dashed' : ''}`),
  };
  drawSwatch(pen as never, { shape, tone: 'gain' }, 0, 0);
  return drawn.join(', ');
}

afterEach(() => vi.unstubAllGlobals());

it('a name in the picture of a chart has the shape that it has on screen, so that colour alone tells nothing', () => {
  vi.stubGlobal('Path2D', PathNamed);
  const shapes = ['area', 'line', 'dashed', 'up', 'down', 'dot', 'square'] as const;
  expect(new Set(shapes.map(drawnOf)).size).toBe(shapes.length);
  expect(drawnOf('dashed')).toMatch(/^line .* dashed$/);
  expect(drawnOf('up')).toMatch(/^filled /);
});

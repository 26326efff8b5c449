// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { ChartFrame } from './chart-frame.tsx';

let root: Root;
let place: HTMLDivElement;

const draw = (newest: string): Promise<void> =>
  act(async () =>
    root.render(
      <ChartFrame
        title="Value"
        range={null}
        legend={[]}
        data={{
          columns: [{ name: 'Time' }, { name: 'Value' }],
          sort: 'test',
          isOverTime: true,
          count: 2,
          cells: (index) => (index === 0 ? ['14:03', '$1.00'] : ['14:04', newest]),
        }}
        practice={false}
        draw={() => document.createElement('canvas')}
        onCursor={() => {}}
      >
        <div />
      </ChartFrame>,
    ),
  );
const press = (key: string): Promise<void> =>
  act(async () => {
    const chart = place.querySelector('[role="application"]');
    chart?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });
const readOut = (): string => place.querySelector('output')?.textContent ?? '';
const written = (): string => place.querySelector('figcaption')?.textContent ?? '';

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
});

afterEach(async () => {
  await act(async () => root.unmount());
  place.remove();
  vi.unstubAllGlobals();
});

it('a value that ticks under the cursor is written anew, and not read out again', async () => {
  await draw('$2.00');
  await press('End');
  expect(readOut()).toBe('14:04, value $2.00');
  await draw('$3.00');
  expect(written()).toContain('14:04, value $3.00');
  expect(readOut()).toBe('14:04, value $2.00');
  await press('End');
  expect(readOut()).toBe('14:04, value $3.00');
  await press('Escape');
  expect(readOut()).toBe('');
});

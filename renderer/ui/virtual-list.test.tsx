// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { VirtualList } from './virtual-list.tsx';

const ROW_PX = 46;
const names = Array.from({ length: 40 }, (_, index) => `row ${index}`);

let root: Root;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  // The document has no layout: the box has a height, and its rows have none, as what is hidden for a moment.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(10 * ROW_PX);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(function (this: HTMLElement) {
    return this.dataset.index === undefined ? 10 * ROW_PX : 0;
  });
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(600);
  const place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('rows that are hidden for a moment do not come back on top of each other', async () => {
  const list = (items: readonly string[]) => (
    <VirtualList
      label="Rows"
      items={items}
      itemKey={(item) => item}
      estimateHeight={ROW_PX}
      renderItem={(item) => item}
    />
  );
  await act(async () => root.render(list(names)));
  await act(async () => root.render(list(['new', ...names])));
  const starts = [...document.querySelectorAll<HTMLElement>('[role="listitem"]')].map(
    ({ style }) => style.transform,
  );
  expect(starts.length).toBeGreaterThan(9);
  expect(starts).toEqual(starts.map((_, index) => `translateY(${index * ROW_PX}px)`));
});

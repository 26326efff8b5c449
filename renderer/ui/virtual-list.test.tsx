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

it('rows that are hidden for a moment keep the height that the list is scrolled by', async () => {
  await act(async () => root.render(list(names)));
  await act(async () => root.render(list(['new', ...names])));
  expect(document.querySelectorAll('[role="listitem"]').length).toBeGreaterThan(9);
  expect(flow().style.minHeight).toBe(`${41 * ROW_PX}px`);
});

it('no row can lie on another, whatever turns out taller and when: rows have no position of their own', async () => {
  await act(async () => root.render(list(names)));
  await act(async () => scrollTo(20 * ROW_PX));
  const rows = [...flow().children].filter((row) => row instanceof HTMLElement);
  const indexes = rows.map(({ dataset }) => Number(dataset.index));
  const [first = -1] = indexes;
  expect(first).toBeGreaterThan(0);
  expect(indexes).toEqual(indexes.map((_, place) => first + place));
  expect(new Set(rows.map(({ className, style }) => className + style.cssText))).toEqual(
    new Set(['relative']),
  );
  expect(flow().style.paddingTop).toBe(`${first * ROW_PX}px`);
});

const list = (items: readonly string[]) => (
  <VirtualList
    label="Rows"
    items={items}
    itemKey={(item) => item}
    estimateHeight={ROW_PX}
    renderItem={(item) => item}
  />
);

const flow = (): HTMLElement => {
  const found = document.querySelector<HTMLElement>('[role="list"]');
  if (found === null) throw new Error('There is no list.');
  return found;
};

function scrollTo(px: number): void {
  const scroller = flow().parentElement;
  if (scroller === null) throw new Error('The list has no scroller.');
  scroller.scrollTop = px;
  scroller.dispatchEvent(new Event('scroll'));
}

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
  const view = document.defaultView;
  if (view !== null) vi.spyOn(view, 'ResizeObserver').mockImplementation(PlayedObserver);
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
  await act(async () => root.render(list(names)));
  await act(async () => root.render(list(['new', ...names])));
  const starts = rowStarts();
  expect(starts.length).toBeGreaterThan(9);
  expect(starts).toEqual(starts.map((_, index) => at(index * ROW_PX)));
});

it('rows move in the frame in which one of them turns out taller, before anything else is drawn', async () => {
  await act(async () => root.render(list(names)));
  const [first] = document.querySelectorAll('[role="listitem"]');
  if (first === undefined) throw new Error('There is no row.');
  // As the browser calls it: nothing waits for React in between.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
  resize(first, 2 * ROW_PX);
  expect(rowStarts().slice(0, 3)).toEqual([at(0), at(2 * ROW_PX), at(3 * ROW_PX)]);
  expect(document.querySelector<HTMLElement>('[role="list"]')?.style.height).toBe(`${41 * ROW_PX}px`);
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

const at = (px: number): string => `translate3d(0, ${px}px, 0)`;

const rowStarts = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('[role="listitem"]')].map(({ style }) => style.transform);

/** What the browser tells of a box that has another height now. */
function resize(box: Element, blockSize: number): void {
  for (const observer of observers) observer.tell(box, blockSize);
}

const observers = new Set<PlayedObserver>();

/** The document has no layout: this says of boxes what the test wants said. */
class PlayedObserver {
  readonly #callback: ResizeObserverCallback;
  readonly #watched = new Set<Element>();

  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback;
    observers.add(this);
  }

  observe(box: Element): void {
    this.#watched.add(box);
  }

  unobserve(box: Element): void {
    this.#watched.delete(box);
  }

  disconnect(): void {
    this.#watched.clear();
    observers.delete(this);
  }

  tell(target: Element, blockSize: number): void {
    if (!this.#watched.has(target)) return;
    const size = [{ blockSize, inlineSize: 600 }];
    const entry = { target, borderBoxSize: size, contentBoxSize: size, devicePixelContentBoxSize: size };
    this.#callback([{ ...entry, contentRect: target.getBoundingClientRect() }], this);
  }
}

// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { later } from '../ui/later.tsx';
import { Layers } from './layers.tsx';

let root: Root;
let place: HTMLElement;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place, { onCaughtError: () => undefined });
});

afterEach(() => {
  act(() => root.unmount());
  place.remove();
  vi.unstubAllGlobals();
});

it('K10 a dialog that does not come leaves the desk and its other dialogs as they are, says so, and comes when it is tried again', async () => {
  let isThere = false;
  const Keys = () => <p>keys</p>;
  const fetched = later(() => (isThere ? Promise.resolve(Keys) : Promise.reject(new Error('no such file'))));
  const layers = [() => <fetched.Component meanwhile={null} />, () => <p>halt every bot</p>];
  await act(async () =>
    root.render(
      <>
        <button type="button">PANIC</button>
        <Layers of={layers} />
      </>,
    ),
  );
  expect(place.textContent).toContain('PANIC');
  expect(place.textContent).toContain('halt every bot');
  expect(place.textContent).toContain('no such file');
  isThere = true;
  await act(async () => place.querySelectorAll('button')[1]?.click());
  expect(place.textContent).toContain('keys');
  expect(place.textContent).not.toContain('no such file');
});

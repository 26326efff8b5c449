// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { later } from '../ui/later.tsx';
import { EachApart } from './each-apart.tsx';

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
        <EachApart parts={layers} as="over" />
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

it('K10 a strip that does not come leaves the board of PANIC and the other strips as they are, says so, and comes when it is tried again', async () => {
  let tries = 0;
  const strip = later(() => {
    tries += 1;
    return tries === 1
      ? Promise.reject(new Error('Its file is gone.'))
      : Promise.resolve(() => <p>While you were away</p>);
  });
  const strips = [
    () => <button type="button">Halt again</button>,
    () => <strip.Component meanwhile={null} />,
    () => <p>The vault is locked</p>,
  ];
  await act(async () => root.render(<EachApart parts={strips} as="strip" />));
  expect(place.textContent).toContain('Halt again');
  expect(place.textContent).toContain('The vault is locked');
  expect(place.textContent).toContain('Its file is gone.');
  await act(async () => place.querySelectorAll('button')[1]?.click());
  expect(place.textContent).toBe('Halt againWhile you were awayThe vault is locked');
});

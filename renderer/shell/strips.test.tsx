// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { later } from '../ui/later.tsx';
import { Strips } from './strips.tsx';

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
  await act(async () => root.render(<Strips of={strips} />));
  expect(place.textContent).toContain('Halt again');
  expect(place.textContent).toContain('The vault is locked');
  expect(place.textContent).toContain('Its file is gone.');
  await act(async () => place.querySelectorAll('button')[1]?.click());
  expect(place.textContent).toBe('Halt againWhile you were awayThe vault is locked');
});

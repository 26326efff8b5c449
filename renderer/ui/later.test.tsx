// @vitest-environment happy-dom
import type { ComponentType, ReactNode } from 'react';
import { act, Component } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { later } from './later.tsx';

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

const Greeting = ({ name }: { name: string }) => <p>Hello {name}</p>;
const draw = (node: ReactNode) => act(async () => root.render(node));

it('what stands in for a part is drawn until the part came, and then the part with its properties', async () => {
  const asked = Promise.withResolvers<ComponentType<{ name: string }>>();
  const load = vi.fn(() => asked.promise);
  const greeting = later(load);
  const node = <greeting.Component name="you" meanwhile={<i>wait</i>} />;
  await draw(node);
  expect(place.innerHTML).toBe('<i>wait</i>');
  await act(async () => asked.resolve(Greeting));
  expect(place.textContent).toBe('Hello you');
  expect(load).toHaveBeenCalledTimes(1);
});

it('a part that was fetched before it is drawn is there at once', async () => {
  const greeting = later(() => Promise.resolve(Greeting));
  await act(async () => greeting.preload());
  const drawn: string[] = [];
  await draw(<greeting.Component name="you" meanwhile={<Seen by={drawn} />} />);
  expect(place.textContent).toBe('Hello you');
  expect(drawn).toEqual([]);
});

it('a part that does not come is the trouble of the boundary around, and is asked for again', async () => {
  let tries = 0;
  const greeting = later(() => {
    tries += 1;
    return tries === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(Greeting);
  });
  const node = <greeting.Component name="you" meanwhile={<i>wait</i>} />;
  await draw(<Boundary key="first">{node}</Boundary>);
  expect(place.textContent).toBe('failed: gone');
  await draw(<Boundary key="second">{node}</Boundary>);
  expect(place.textContent).toBe('Hello you');
});

function Seen({ by }: { by: string[] }) {
  by.push('meanwhile');
  return null;
}

class Boundary extends Component<{ children: ReactNode }, { message: string | null }> {
  override state: { message: string | null } = { message: null };
  static getDerivedStateFromError = (error: Error) => ({ message: `failed: ${error.message}` });
  override render() {
    return this.state.message ?? this.props.children;
  }
}

// @vitest-environment happy-dom
import { act, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';

import { useWidgetBoxes, WidgetSlot } from './widget-slots.tsx';

const place = document.body.appendChild(document.createElement('div'));
const root = createRoot(place);

afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
});

it('a widget stays itself in whichever grid it stands, and goes with its slot', () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  const born = vi.fn();
  const show = (ids: readonly string[], grid: string): void =>
    act(() => root.render(<Grid ids={ids} name={grid} born={born} />));

  show(['a', 'b'], 'still');
  expect(place.textContent).toBe('still: a b ');
  const first = place.querySelector('p');
  show(['b', 'a', 'c'], 'edited');
  expect(place.textContent).toBe('edited: b a c ');
  expect(place.querySelectorAll('p')[1]).toBe(first);
  show(['a'], 'edited');
  expect(place.textContent).toBe('edited: a ');
  expect(born.mock.calls.flat()).toEqual(['a', 'b', 'c']);
});

interface GridProps {
  ids: readonly string[];
  name: string;
  born: (id: string) => void;
}

function Grid({ ids, name, born }: GridProps) {
  const boxes = useWidgetBoxes(ids);
  return (
    <>
      <section key={name}>
        {name}:{' '}
        {ids.map((id) => (
          <WidgetSlot key={id} box={boxes.get(id)} inert={false} />
        ))}
      </section>
      {[...boxes].map(([id, box]) => createPortal(<Child id={id} born={born} />, box, id))}
    </>
  );
}

function Child({ id, born }: { id: string; born: (id: string) => void }) {
  useEffect(() => born(id), [id, born]);
  return <p>{id} </p>;
}

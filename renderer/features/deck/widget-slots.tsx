import { useLayoutEffect, useRef, useState } from 'react';

/**
 * A box of its own for each widget. A widget is drawn into its box, and the box is put where the grid of the moment has a slot for it: so
 * it stays the same widget, with all that it shows, when the still grid gives way to the one that is edited.
 */
export function useWidgetBoxes(ids: readonly string[]): ReadonlyMap<string, HTMLElement> {
  const [boxes, setBoxes] = useState(() => boxesFor(ids, new Map()));
  const fits = ids.length === boxes.size && ids.every((id) => boxes.has(id));
  if (!fits) setBoxes(boxesFor(ids, boxes));
  return boxes;
}

function boxesFor(
  ids: readonly string[],
  before: ReadonlyMap<string, HTMLElement>,
): ReadonlyMap<string, HTMLElement> {
  return new Map(ids.map((id) => [id, before.get(id) ?? newBox()]));
}

function newBox(): HTMLElement {
  const box = document.createElement('div');
  box.className = 'h-full [&>*]:h-full';
  return box;
}

/** Where the box of a widget stands. */
export function WidgetSlot({ box, inert }: { box: HTMLElement | undefined; inert: boolean }) {
  const slot = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box !== undefined) slot.current?.append(box);
  }, [box]);
  return <div ref={slot} className="h-full" inert={inert} />;
}

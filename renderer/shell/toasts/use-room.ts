import type { RefObject } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';

import type { Room, Span } from './find-room.ts';
import { findRoom } from './find-room.ts';

/** From the notices to the edges of the place and to what they leave free. */
const MARGIN_PX = 12;
/** One notice of one line. */
const FOLDED_PX = 42;
/** Marks what a person decides, and with what. */
const CLEAR = '[data-keep-clear]';

/**
 * Finds room for the notices beside what is decided, wherever that is drawn at the moment, and does so again when the place, its scrolling
 * or the notices change. While the person points at them they stay where they are. `told` names those in sight.
 */
export function useRoom(section: RefObject<HTMLElement | null>, told: string, held: boolean): Room | null {
  const [room, setRoom] = useState<(Room & { told: string }) | null>(null);
  // What is told anew has all its words first, so that it is known how much room they take.
  const current = held || room?.told === told ? room : null;
  const folded = current?.folded ?? false;
  const fullPx = useRef(0);

  useLayoutEffect(() => {
    const element = section.current;
    if (element === null || told === '' || held) return;
    let frame = 0;
    const measure = (): void => {
      frame = 0;
      const box = element.getBoundingClientRect();
      if (!folded) fullPx.current = box.height;
      const found = findRoom(
        fullPx.current + MARGIN_PX,
        FOLDED_PX + MARGIN_PX,
        placeSpan(),
        takenBeside(box),
      );
      setRoom((before) =>
        before?.told === told && before.bottom === found.bottom && before.folded === found.folded
          ? before
          : { ...found, told },
      );
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(measure);
    };
    measure();
    const changes = new MutationObserver(soon);
    changes.observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-keep-clear'] });
    const sizes = new ResizeObserver(soon);
    sizes.observe(element);
    sizes.observe(document.body);
    window.addEventListener('scroll', soon, { capture: true, passive: true });
    return () => {
      cancelAnimationFrame(frame);
      changes.disconnect();
      sizes.disconnect();
      window.removeEventListener('scroll', soon, { capture: true });
    };
  }, [section, told, held, folded]);

  return current;
}

function placeSpan(): Span {
  const top = document.querySelector('main')?.getBoundingClientRect().top ?? 0;
  return { top, bottom: window.innerHeight };
}

/** What is to be kept clear in the columns over which the notices stand, as far as it is in sight. */
function takenBeside({ left, right }: DOMRect): Span[] {
  return [...document.querySelectorAll(CLEAR)].flatMap((element) => {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.right <= left || box.left >= right) return [];
    const span = { top: box.top, bottom: box.bottom };
    for (let around = element.parentElement; around !== null; around = around.parentElement) {
      if (getComputedStyle(around).overflowY === 'visible') continue;
      const edge = around.getBoundingClientRect();
      span.top = Math.max(span.top, edge.top);
      span.bottom = Math.min(span.bottom, edge.bottom);
    }
    return span.bottom > span.top ? [span] : [];
  });
}

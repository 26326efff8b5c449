import type { RefObject } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';

/** The size of a box in pixels, for drawings that are made for their place; nought until it is known. */
export function useBoxSize<Box extends HTMLElement>(): {
  box: RefObject<Box | null>;
  width: number;
  height: number;
} {
  const box = useRef<Box>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = (): void =>
      setSize((before) => {
        const now = { width: element.clientWidth, height: element.clientHeight };
        return now.width === before.width && now.height === before.height ? before : now;
      });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { box, ...size };
}

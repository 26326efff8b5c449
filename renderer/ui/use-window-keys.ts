import { useLayoutEffect, useRef } from 'react';

/**
 * Hears every press in the window while `listening`, from the moment that what it belongs to can be seen: a person (or a screen that
 * was slow to draw) may be faster than the effects which run after the paint.
 */
export function useWindowKeys(onKeyDown: (event: KeyboardEvent) => void, listening = true): void {
  const latest = useRef(onKeyDown);
  useLayoutEffect(() => {
    latest.current = onKeyDown;
  });
  useLayoutEffect(() => {
    if (!listening) return;
    const hear = (event: KeyboardEvent): void => latest.current(event);
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [listening]);
}

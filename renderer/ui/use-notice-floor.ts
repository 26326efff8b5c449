import type { RefObject } from 'react';
import { useEffect } from 'react';

/** Where notices end at the right, in pixels past the places: their width and margin. */
const NOTICE_REACH = 372;

/**
 * Keeps notices off an element at the foot of a place while it is drawn: they stand above it when it reaches under them.
 * One element at a time.
 */
export function useNoticeFloor(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const foot = element.current;
    if (foot === null) return;
    const root = document.documentElement;
    const measure = (): void => {
      const { left, height } = foot.getBoundingClientRect();
      const rail = parseFloat(getComputedStyle(root).getPropertyValue('--rail-width')) * 16;
      root.style.setProperty('--notice-floor', left < rail + NOTICE_REACH ? `${Math.ceil(height)}px` : '0px');
    };
    const observer = new ResizeObserver(measure);
    observer.observe(foot);
    return () => {
      observer.disconnect();
      root.style.removeProperty('--notice-floor');
    };
  }, [element]);
}

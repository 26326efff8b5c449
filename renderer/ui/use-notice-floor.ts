import type { RefObject } from 'react';
import { useEffect } from 'react';

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
      // The notices have their width also while there are none.
      const reach = document.querySelector('[data-notices]')?.getBoundingClientRect().right ?? 0;
      root.style.setProperty('--notice-floor', left < reach ? `${Math.ceil(height)}px` : '0px');
    };
    const observer = new ResizeObserver(measure);
    observer.observe(foot);
    return () => {
      observer.disconnect();
      root.style.removeProperty('--notice-floor');
    };
  }, [element]);
}

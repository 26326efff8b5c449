import type { IChartApiBase } from 'lightweight-charts';
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

/** A chart of the library with what is drawn in it. */
export interface DrawnChart {
  api: IChartApiBase;
  /** Puts the theme of now on it. */
  paint(): void;
}

/**
 * Makes a chart in a box, paints it anew when the theme changes and removes it in the end. `make` is memoised by the caller:
 * another one makes another chart. `formatValue` may change as it likes.
 */
export function useChart<Chart extends DrawnChart>(
  make: (box: HTMLDivElement, formatValue: (value: number) => string) => Chart,
  formatValue: (value: number) => string,
): { box: RefObject<HTMLDivElement | null>; chart: RefObject<Chart | null> } {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const format = useRef(formatValue);
  useEffect(() => {
    format.current = formatValue;
  }, [formatValue]);

  useEffect(() => {
    if (box.current === null) return;
    const made = make(box.current, (value) => format.current(value));
    chart.current = made;
    const repaint = new MutationObserver(() => made.paint());
    repaint.observe(document.documentElement, { attributes: true });
    return () => {
      repaint.disconnect();
      made.api.remove();
      chart.current = null;
    };
  }, [make]);

  return { box, chart };
}

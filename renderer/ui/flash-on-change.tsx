import type { ReactNode } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import type { DecimalString } from '#shared/money.ts';
import { compare } from '#shared/money.ts';

import { cx } from './cx.ts';

interface FlashOnChangeProps {
  /** What is watched; the flash tells up from down. */
  value: DecimalString | null;
  children: ReactNode;
  className?: string;
}

/** What moves again within this time keeps its colour; it fades once it rests. */
const HOLD_MS = 250;
const FADE_MS = 900;

/**
 * Flashes its background when the value moves, up or down. The animation runs on the element itself, so that a change costs
 * no second drawing; where a person wants little motion nothing flashes.
 */
export function FlashOnChange({ value, children, className }: FlashOnChangeProps) {
  const element = useRef<HTMLSpanElement>(null);
  const before = useRef(value);
  const [flash] = useState(createFlash);
  useEffect(() => flash.stop, [flash]);

  useLayoutEffect(() => {
    const from = before.current;
    before.current = value;
    if (from === null || value === null || element.current === null) return;
    const direction = compare(value, from);
    if (direction !== 0 && !wantsLittleMotion()) flash.show(element.current, direction);
  }, [value, flash]);

  return (
    <span ref={element} className={cx('-mx-1 rounded-sm px-1', className)}>
      {children}
    </span>
  );
}

interface Flash {
  show: (element: HTMLElement, direction: 1 | -1) => void;
  stop: () => void;
}

/**
 * One animation a figure. A colour that fades is painted anew in every frame, by the main thread: what moves ten times a second would
 * never rest, so that it stands still in its colour until nothing came for a while.
 */
function createFlash(): Flash {
  let animation: Animation | null = null;
  let shown: 1 | -1 | null = null;
  let movedAtMs = 0;
  let timer: number | null = null;

  function fade(): void {
    const restedMs = performance.now() - movedAtMs;
    if (restedMs < HOLD_MS) {
      timer = window.setTimeout(fade, HOLD_MS - restedMs);
      return;
    }
    timer = null;
    shown = null;
    animation?.play();
  }

  return {
    show(element, direction) {
      movedAtMs = performance.now();
      timer ??= window.setTimeout(fade, HOLD_MS);
      if (shown === direction) return;
      shown = direction;
      animation?.cancel();
      const colour = direction > 0 ? 'var(--qd-gain)' : 'var(--qd-loss)';
      animation = element.animate(
        [
          { backgroundColor: `color-mix(in srgb, ${colour} 18%, transparent)` },
          { backgroundColor: 'transparent' },
        ],
        { duration: FADE_MS, easing: 'ease-out' },
      );
      animation.pause();
    },
    stop() {
      if (timer !== null) window.clearTimeout(timer);
      animation?.cancel();
      timer = null;
      shown = null;
    },
  };
}

let littleMotion: MediaQueryList | null = null;
const wantsLittleMotion = (): boolean =>
  (littleMotion ??= window.matchMedia('(prefers-reduced-motion: reduce)')).matches;

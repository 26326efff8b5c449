import type { ReactNode } from 'react';
import { useLayoutEffect, useRef } from 'react';

import type { DecimalString } from '#shared/money.ts';
import { compare } from '#shared/money.ts';

import { cx } from './cx.ts';

interface FlashOnChangeProps {
  /** What is watched; the flash tells up from down. */
  value: DecimalString | null;
  children: ReactNode;
  className?: string;
}

/**
 * Flashes its background when the value moves, up or down. The animation runs on the element itself, so that a change costs
 * no second drawing; where a person wants little motion nothing flashes.
 */
export function FlashOnChange({ value, children, className }: FlashOnChangeProps) {
  const element = useRef<HTMLSpanElement>(null);
  const before = useRef(value);
  const flash = useRef<Animation | null>(null);

  useLayoutEffect(() => {
    const from = before.current;
    before.current = value;
    if (from === null || value === null || element.current === null) return;
    const direction = compare(value, from);
    if (direction === 0 || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const colour = direction > 0 ? 'var(--qd-gain)' : 'var(--qd-loss)';
    // One at a time: what moves ten times a second would else have nine of them running, each drawn anew every frame.
    flash.current?.cancel();
    flash.current = element.current.animate(
      [
        { backgroundColor: `color-mix(in srgb, ${colour} 18%, transparent)` },
        { backgroundColor: 'transparent' },
      ],
      { duration: 900, easing: 'ease-out' },
    );
  }, [value]);

  return (
    <span ref={element} className={cx('-mx-1 rounded-sm px-1', className)}>
      {children}
    </span>
  );
}

import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/**
 * Keys by which a person goes from one thing to the next, and may want to know what it is. Any other may open what then moves the focus, and
 * Escape gives it back: that is no question about what has it then, and an open tooltip would take the next Escape.
 */
const WALKING = new Set(['Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'F6']);
let walks = true;
window.addEventListener('keydown', ({ key }) => (walks = WALKING.has(key)), { capture: true });

interface TooltipProps {
  content: ReactNode;
  children: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  align?: 'start' | 'center' | 'end';
}

/** Says more about what it wraps. The child must be one element that takes a ref and can have the focus. */
export function Tooltip({ content, children, side = 'bottom', align = 'center' }: TooltipProps) {
  if (content === null || content === undefined || content === '') return children;
  return (
    <Radix.Root>
      <Radix.Trigger
        asChild
        onFocus={(event) => {
          if (!event.currentTarget.matches(':focus-visible') || !walks) event.preventDefault();
        }}
      >
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="animate-appear z-50 max-w-80 rounded-md border border-line-strong bg-overlay px-2.5 py-1.5 text-xs text-ink shadow-pop"
        >
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Once, around the whole window. */
export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={350} skipDelayDuration={150}>
    {children}
  </Radix.Provider>
);

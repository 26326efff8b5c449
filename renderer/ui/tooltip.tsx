import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/** Escape closes what was open and gives the focus back: that is no question about what has it then. */
let wasEscape = false;
window.addEventListener('keydown', ({ key }) => (wasEscape = key === 'Escape'), { capture: true });

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
          // A dialog that moves the focus asks for no help, and an open tooltip would take the dialog's first Escape.
          if (!event.currentTarget.matches(':focus-visible') || wasEscape) event.preventDefault();
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

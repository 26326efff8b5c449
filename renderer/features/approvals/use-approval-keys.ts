import { useEffect, useRef } from 'react';

interface ApprovalKeys {
  move: (step: 1 | -1) => void;
  /** Puts the focus on Approve; Enter then is the person's own second step. */
  arm: () => void;
  decline: () => void;
}

/** J and K move, A arms Approve, D declines: while no input has the focus and nothing lies over the place. */
export function useApprovalKeys(keys: ApprovalKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      switch (event.key.toLowerCase()) {
        case 'j':
          latest.current.move(1);
          break;
        case 'k':
          latest.current.move(-1);
          break;
        case 'a':
          latest.current.arm();
          break;
        case 'd':
          latest.current.decline();
          break;
        default:
          return;
      }
      event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);

import { useEffect, useRef } from 'react';

import { shortcutOf } from '../../stores/shortcuts.ts';

interface ApprovalKeys {
  move: (step: 1 | -1) => void;
  /** Puts the focus on Approve; Enter then is the person's own second step. */
  arm: () => void;
  decline: () => void;
}

/** J and K move, A arms Approve, D declines, or the keys that the person set for them. */
export function useApprovalKeys(keys: ApprovalKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      switch (shortcutOf(event)) {
        case 'approvals.next':
          latest.current.move(1);
          break;
        case 'approvals.previous':
          latest.current.move(-1);
          break;
        case 'approvals.arm':
          latest.current.arm();
          break;
        case 'approvals.decline':
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

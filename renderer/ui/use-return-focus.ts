import type { FocusEvent } from 'react';
import { useRef } from 'react';

import { focusPlace } from './focus-place.ts';

/** What had the focus last beyond any dialog, for one that took the place of another. */
let lastBeyond: HTMLElement | null = null;

/**
 * Puts the focus back to where it was before a dialog opened, for dialogs that no button of their own opens. What is gone
 * by then leaves it to the place. `goesOn` says that the person went elsewhere meanwhile, so that the place has it too.
 */
export function useReturnFocus(goesOn: () => boolean = () => false) {
  const before = useRef<HTMLElement | null>(null);
  return {
    /** Whoever had it when something in the dialog takes it. */
    onFocus({ currentTarget, relatedTarget }: FocusEvent): void {
      if (!(relatedTarget instanceof HTMLElement) || currentTarget.contains(relatedTarget)) return;
      const opener = openerOf(relatedTarget);
      before.current ??= opener;
      if (opener.closest('[role=dialog]') === null) lastBeyond = opener;
    },
    onCloseAutoFocus(event: Event): void {
      event.preventDefault();
      const found = [before.current, lastBeyond].find((one) => one?.isConnected === true);
      before.current = null;
      // Another dialog that opened meanwhile keeps it.
      if ((document.activeElement?.closest('[role=dialog]') ?? null) !== null) return;
      if (found instanceof HTMLElement && !goesOn()) found.focus();
      else focusPlace();
    },
  };
}

/** An entry of a menu is gone with its menu: then it is the button that the menu came from. */
function openerOf(element: HTMLElement): HTMLElement {
  const labelledBy = element.closest('[role=menu]')?.getAttribute('aria-labelledby') ?? null;
  return labelledBy === null ? element : (document.getElementById(labelledBy) ?? element);
}

import { useEffect } from 'react';

import { focusPlace } from '../ui/focus-place.ts';

/**
 * When what had the focus in the place is gone (a proposal was decided, a row was removed), the next Tab goes on in the
 * place instead of at the beginning of the window.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let wasInPlace = false;
    const onFocusIn = ({ target }: FocusEvent): void => {
      wasInPlace = target instanceof Element && target.closest('main') !== null;
    };
    const onPointerDown = (): void => void (wasInPlace = false);
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key === 'Tab' && wasInPlace && document.activeElement === document.body) focusPlace();
    };
    window.addEventListener('focusin', onFocusIn);
    window.addEventListener('pointerdown', onPointerDown);
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('focusin', onFocusIn);
      window.removeEventListener('pointerdown', onPointerDown);
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, []);
}

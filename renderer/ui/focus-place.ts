/** Puts the focus on the place itself, so that the next Tab leads into it. */
export function focusPlace(): void {
  document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
}

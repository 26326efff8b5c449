// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { setPaletteOpen, useUi } from '../../stores/ui.ts';
import { PaletteDialog } from './palette-dialog.tsx';

const root = createRoot(document.body);

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  // The window is never at rest: whoever opens the palette is faster than its pages.
  vi.stubGlobal('requestIdleCallback', () => 0);
  vi.stubGlobal('cancelIdleCallback', () => undefined);
});

afterEach(() => {
  root.unmount();
  vi.unstubAllGlobals();
});

it('what is typed and pressed before the palette has its list is not lost', async () => {
  await act(async () => root.render(<PaletteDialog />));
  act(() => setPaletteOpen(true));
  const box = boxNow();
  expect(document.querySelector('[cmdk-root]')).toBeNull();
  expect(document.activeElement).toBe(box);
  act(() => type(box, 'journal'));
  act(() => void box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })));
  expect(useUi.getState().place).toBe('deck');
  // From here on the window goes by itself: its pages come, and then their first frame.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
  await expect.poll(() => useUi.getState().place).toBe('journal');
  expect(useUi.getState().paletteOpen).toBe(false);
});

function boxNow(): HTMLInputElement {
  const box = document.querySelector('input');
  if (box === null) throw new Error('The palette has no box to type in.');
  return box;
}

/** As a person does it: React hears of a value that it did not set itself. */
function type(box: HTMLInputElement, text: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, text);
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

// @vitest-environment happy-dom
import { act, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { PalettePages } from './palette-pages.tsx';

const root = createRoot(document.body);

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
});

afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

it('what Enter takes is the first of the list, and the list stands at its top after every letter', async () => {
  await act(async () => root.render(<Palette />));
  for (const typed of ['s', 'st', 'sto']) {
    const list = document.querySelector('[cmdk-list]');
    if (list === null) throw new Error('The palette has no list.');
    list.scrollTop = 300;
    await act(async () => type(typed));
    await expect.poll(() => list.scrollTop).toBe(0);
    const [first] = document.querySelectorAll('[cmdk-item]');
    expect(first?.getAttribute('aria-selected')).toBe('true');
  }
});

function Palette() {
  const [search, setSearch] = useState('');
  return <PalettePages search={search} onSearch={setSearch} pressed={NONE} />;
}

const NONE: readonly string[] = [];

/** As a person does it: React hears of a value that it did not set itself. */
function type(text: string): void {
  const box = document.querySelector('input');
  if (box === null) throw new Error('The palette has no box to type in.');
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, text);
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import words from '#shared/words/de.json' with { type: 'json' };
import { speak } from '#shared/words.ts';

beforeEach(() => vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true));
afterEach(() => vi.unstubAllGlobals());

it('A3 how a check ended is said to a screen reader in the language of the desk', async () => {
  speak('de', words);
  const { ChecksList } = await import('./checks-list.tsx');
  const place = document.createElement('div');
  const root = createRoot(place);
  const checks = [
    { id: 'one', label: 'Eins', verdict: 'warn' as const, detail: '' },
    { id: 'two', label: 'Zwei', verdict: 'block' as const, detail: '' },
  ];
  await act(async () => root.render(<ChecksList checks={checks} trouble={null} />));
  expect([...place.querySelectorAll('.sr-only')].map(({ textContent }) => textContent)).toEqual([
    ': hält auf',
    ': warnt',
  ]);
  await act(async () => root.unmount());
});

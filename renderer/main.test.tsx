// @vitest-environment happy-dom
import type { ReactNode } from 'react';
import { expect, it, vi } from 'vitest';

const telling = vi.hoisted(() => ({ arrives: () => {} }));
vi.mock('./styles.css', () => ({}));
vi.mock('./shell/app.tsx', () => ({ App: () => 'the desk' }));
vi.mock('./shell/places.ts', () => ({ preloadPlace: () => {} }));
vi.mock('./features/lock/lock-gate.tsx', () => ({
  LockGate: ({ children }: { children: ReactNode }) => children,
}));
vi.mock('./telling.ts', () => ({
  loadTelling: () => new Promise<void>((resolve) => (telling.arrives = resolve)),
  tell: () => {},
  told: (text: string) => text,
}));

it('nothing is drawn before the window can speak its language', async () => {
  document.body.innerHTML = '<div id="root"></div>';
  await import('./main.tsx');
  const root = document.getElementById('root');
  // Long enough for whatever would be drawn at once.
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve));
  expect(root?.textContent).toBe('');
  telling.arrives();
  await expect.poll(() => root?.textContent).toBe('the desk');
});

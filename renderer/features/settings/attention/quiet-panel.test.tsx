// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { attentionPolicySettings } from '#shared/domain/attention/attention-policy.ts';

import { QuietPanel } from './quiet-panel.tsx';

beforeEach(() => vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true));
afterEach(() => vi.unstubAllGlobals());

it('a day of the quiet hours is called by the letters that stand on it, and by its whole name', async () => {
  const place = document.createElement('div');
  const root = createRoot(place);
  const policy = attentionPolicySettings.parse({});
  const quietHours = { ...policy.quietHours, enabled: true };
  await act(async () => root.render(<QuietPanel policy={{ ...policy, quietHours }} />));
  const days = [...place.querySelectorAll('[role="group"] button')];
  expect(days).toHaveLength(7);
  for (const day of days)
    expect(day.getAttribute('aria-label')?.split(/\W+/)).toEqual([
      day.textContent,
      expect.stringMatching(/day$/),
    ]);
  await act(async () => root.unmount());
});

import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { ask } from './window.ts';

/** A bot that is not practice; what it says is not looked at, so that a wrong credential will do. */
export async function saveRealBot(page: Page): Promise<void> {
  await expect
    .poll(async () => (await ask(page, 'desk.snapshot', {})).slices.backends.length)
    .toBeGreaterThan(0);
  const { slices } = await ask(page, 'desk.snapshot', {});
  const address = slices.backends.find(([id]) => id === 'practice')?.[1].address ?? '';
  const config = {
    id: 'main',
    kind: 'coinruler',
    name: 'Main bot',
    address,
    colour: '#4fd1a5',
    practice: false,
    enabled: true,
    allowPlainHttp: false,
  };
  await ask(page, 'backends.save', { config, secrets: { ownerId: 'not-the-owner' } });
}

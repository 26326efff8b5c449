import type { Page } from '@playwright/test';

import { HOUR_MS } from '../shared/time.ts';
import { axeFinds } from './harness/axe.ts';
import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

test('who comes back is told what happened meanwhile, is led to it, and puts it away', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  await practice.act('alert', { type: 'ltv_warning', severity: 'critical', message: 'LTV is 71 %' });
  await expect
    .poll(async () => (await ask(page, 'journal.search', { kinds: ['alert', 'approval'] })).length)
    .toBeGreaterThanOrEqual(2);
  await comeBackAfter(page, 2 * HOUR_MS);
  const note = page.getByRole('region', { name: 'While you were away' });
  await expect(note.getByRole('heading')).toHaveText('You were away for 2 h');
  await expect(note).toContainText('1 urgent alert');
  await expect(note).toContainText('1 proposal');
  expect(await axeFinds(page, 'all')).toEqual([]);
  if (process.env.QUARTERDECK_PICTURES !== undefined)
    for (const theme of ['dark', 'light'] as const)
      for (const width of [900, 1440]) {
        await page.setViewportSize({ width, height: 700 });
        await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
        await page.screenshot({ path: `${process.env.QUARTERDECK_PICTURES}/away-${theme}-${width}.png` });
      }

  await note.getByRole('button', { name: '1 urgent alert' }).press('Enter');
  await expect(page.getByRole('main').getByRole('heading', { name: 'Alerts' })).toBeVisible();
  await note.getByRole('button', { name: 'Put this away' }).press('Enter');
  await expect(note).toHaveCount(0);
  // Whoever was away for a minute saw it all, or nearly.
  await comeBackAfter(page, HOUR_MS / 60);
  await expect(page.getByRole('button', { name: 'Total value' })).toBeVisible();
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('main').getByRole('heading', { name: 'Deck' })).toBeAttached();
  await expect(note).toHaveCount(0);
});

/** The window is opened by somebody whose last sign was so long ago. */
async function comeBackAfter(page: Page, awayMs: number): Promise<void> {
  await page.evaluate(`localStorage.setItem('last-here', String(Date.now() - ${awayMs}))`);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Total value' })).toBeVisible();
  await page.mouse.move(600, 500);
}

import type { Locator, Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';

test('everything is a few keys away: a place, and back', async ({ desk, practice }) => {
  const { page } = desk;
  await practice.state();
  const palette = await openPalette(page);
  await page.keyboard.type('journal');
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(page.getByRole('main').getByRole('heading', { name: 'Journal' })).toBeVisible();
  await openPalette(page);
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
});

test('an act with parameters is filled in and sent without leaving the palette', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.state();
  const palette = await openPalette(page);
  await page.keyboard.type('propose a trade');
  await page.keyboard.press('Enter');
  await palette.getByRole('combobox', { name: 'Side' }).click();
  await page.getByRole('option', { name: 'Buy' }).click();
  await palette.getByLabel('Asset').fill('SOL');
  await palette.getByLabel('Share of the balance in %').fill('2');
  await palette.getByLabel('Title').fill('Proposed from the palette');
  await palette.locator('form').getByRole('button').last().click();
  await expect(palette.getByRole('status')).toContainText('Confirmed');
  await expect
    .poll(async () => (await practice.state()).approvals.map(({ title }) => title))
    .toContain('Proposed from the palette');
});

test('K10 PANIC from the palette halts only at the second step, which Enter is', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.state();
  await openPalette(page);
  await page.keyboard.type('panic');
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Halt every bot now?' });
  await expect(question).toBeVisible();
  await expect(question.getByRole('button', { name: 'Halt now' })).not.toBeFocused();
  await page.keyboard.press('Space');
  await expect(question).toBeVisible();
  expect((await practice.killSwitch()).enabled).not.toBe(true);

  await page.keyboard.press('Enter');
  await expect.poll(async () => (await practice.killSwitch()).enabled).toBe(true);
});

async function openPalette(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search and commands' });
  await expect(palette).toBeVisible();
  return palette;
}

import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';

async function openRegion(page: Page): Promise<void> {
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Language and region' }).click();
}

test('figures, dates and the days of a calendar follow the region and the time zone that are chosen', async ({
  desk,
}) => {
  const { page } = desk;
  await openRegion(page);
  await expect(page.getByRole('group', { name: 'Example' })).toContainText('$1,234.56');

  await page.getByRole('combobox', { name: 'Numbers and dates' }).click();
  await page.getByRole('option', { name: 'German (Germany)' }).click();
  // The window is loaded anew and shows the same section.
  const example = page.getByRole('group', { name: 'Example' });
  await expect(example).toContainText('1.234,56 $');
  await expect(example).toContainText('+1,91 %');
  await expect(example).toContainText('A week begins on Montag');

  await page.getByRole('button', { name: /^As the system/ }).click();
  await page.getByRole('combobox', { name: 'Time zones' }).fill('kathm');
  await expect(page.getByRole('option', { name: /^Asia\/Kathmandu/ })).toContainText('UTC+5:45');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Asia/Kathmandu' })).toBeVisible();

  // A day of the journal begins at the midnight of Kathmandu, on both sides of the bridge.
  const kathmandu = new Intl.DateTimeFormat('de-DE', {
    timeZone: 'Asia/Kathmandu',
    dateStyle: 'medium',
  });
  await expect(page.getByRole('group', { name: 'Example' })).toContainText(kathmandu.format(Date.now()));
});

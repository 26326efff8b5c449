import { AxeBuilder } from '@axe-core/playwright';
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

  await fieldsFollow(page);
  await openRegion(page);

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

/** Days and times are typed, and taken from the calendar, as the region writes them, whatever the system's language is. */
async function fieldsFollow(page: Page): Promise<void> {
  await page.getByRole('navigation').first().getByRole('button', { name: 'Journal' }).click();
  const day = page.getByRole('textbox', { name: 'From', exact: true });
  await day.focus();
  await page.keyboard.type('25112026');
  await expect(day).toHaveValue('25.11.2026');
  await page.keyboard.press('ArrowDown');
  await expect(day).toHaveValue('25.11.2025');
  const time = page.getByRole('textbox', { name: 'From what time' });
  await time.focus();
  await page.keyboard.type('1405');
  await page.keyboard.press('Tab');
  await expect(time).toHaveValue('14:05');

  await day.focus();
  await page.keyboard.press('Alt+ArrowDown');
  const calendar = page.getByRole('dialog', { name: 'Choose a day' });
  await expect(calendar.getByRole('columnheader').first()).toHaveText('Mo');
  await expect(calendar.getByRole('button', { name: 'Dienstag, 25. November 2025' })).toBeFocused();
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Enter');
  await expect(calendar).toHaveCount(0);
  await expect(day).toHaveValue('01.01.2026');
  await day.fill('');
  await expect(time).toHaveCount(0);
}

test('a calendar over a dialog has the keys to itself, and Escape closes it alone', async ({ desk }) => {
  const { page } = desk;
  await page.getByRole('navigation').first().getByRole('button', { name: 'Journal' }).click();
  await page.getByRole('button', { name: 'Play back' }).click();
  const stretch = page.getByRole('dialog', { name: 'Play back' });
  const from = stretch.getByRole('textbox', { name: 'From', exact: true });
  const calendar = page.getByRole('dialog', { name: 'Choose a day' });
  await from.fill('11/25/2026');
  await from.press('Alt+ArrowDown');
  await expect(calendar.getByRole('button', { name: 'Wednesday, November 25, 2026' })).toBeFocused();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Enter');
  await expect(from).toHaveValue('10/25/2026');
  await from.press('Alt+ArrowDown');
  await expect(calendar.getByRole('button', { name: 'Sunday, October 25, 2026' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(calendar).toHaveCount(0);
  await expect(stretch).toHaveCount(1);
});

/** English that would be left over where everybody sees it. */
const ENGLISH =
  /\b(?:the|and|your|with|Approvals|Settings|Alerts|Models|Market|Assistant|Language|Nothing|Search|Light|needs)\b/;

test('the whole window speaks German once it is chosen, and English again after that', async ({ desk }) => {
  const { page } = desk;
  await openRegion(page);
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: 'Deutsch' }).click();

  await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('group', { name: 'Beispiel' })).toContainText('1.234,56 $');
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);

  const places = page.locator('[data-region="places"]');
  expect(await places.innerText()).not.toMatch(ENGLISH);
  // What a backend is called is its own name in every language.
  const bar = (await page.locator('#bar').innerText()).replaceAll(/Practice \w+|^[A-Z]\w+$/gm, '');
  expect(bar).not.toMatch(ENGLISH);
  expect(await page.getByRole('navigation', { name: 'Bereiche' }).innerText()).not.toMatch(ENGLISH);
  for (const place of ['approvals', 'deck', 'portfolio', 'journal']) {
    await places.locator(`[data-place="${place}"]`).click();
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
    expect(await page.getByRole('main').getByRole('heading').first().innerText()).not.toMatch(ENGLISH);
  }

  await page.keyboard.press('Control+Shift+P');
  const question = page.getByRole('dialog');
  await expect(question.getByRole('button', { name: 'Abbrechen' })).toBeVisible();
  expect(await question.getByRole('heading').first().innerText()).not.toMatch(ENGLISH);
  await page.keyboard.press('Escape');

  await places.locator('[data-place="settings"]').click();
  await page.getByRole('button', { name: 'Sprache und Region' }).click();
  await page.getByRole('combobox', { name: 'Sprache' }).click();
  await page.getByRole('option', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Example' })).toContainText('$1,234.56');
});

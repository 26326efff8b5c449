import type { Locator, Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

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

test('an act on one thing is found as well, and asks by name which one', async ({ desk, practice }) => {
  const { page } = desk;
  await practice.state();
  const models = async () => (await ask(page, 'desk.snapshot', {})).slices.models.map(([, model]) => model);
  await expect.poll(async () => (await models()).length).toBeGreaterThan(1);
  const [model] = await models();
  if (model === undefined) throw new Error('The practice desk has no model.');
  const palette = await openPalette(page);
  await page.keyboard.type('change model');
  await page.keyboard.press('Enter');
  await expect(palette.getByRole('heading', { name: 'Change' })).toBeVisible();
  await palette.getByRole('combobox', { name: 'Model', exact: true }).press('Enter');
  await page.getByRole('option', { name: model.name, exact: true }).press('Enter');
  await palette.getByLabel('Name').fill('Renamed from the palette');
  await palette.getByLabel('Name').press('Enter');
  await expect(palette.getByRole('status')).toContainText('Confirmed');
  await expect
    .poll(async () => (await models()).find(({ id }) => id === model.id)?.name)
    .toBe('Renamed from the palette');
});

test('what the desk knows by name is found, a slip of a finger included', async ({ desk, practice }) => {
  const { page } = desk;
  await practice.state();
  const first = () => page.getByRole('dialog').getByRole('option', { selected: true });
  for (const [typed, found] of [
    ['jorunal', /^Journal/],
    ['notifcations and', /^Settings: Notifications and sound/],
    ['BTC', /^BTC/],
    ['mute for', /^Mute for an hour/],
    ['panci', /^PANIC: halt every bot/],
  ] as const) {
    await openPalette(page);
    await page.keyboard.type(typed);
    await expect(first()).toHaveText(found);
    await page.keyboard.press('Escape');
  }
  await openPalette(page);
  await page.keyboard.type('settings: limits');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Limits' }),
  ).toHaveAttribute('aria-current', 'page');
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

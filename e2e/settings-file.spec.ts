import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

test.use({ savesUnasked: true });

test('settings are saved to a file, and one is taken after a look at what it changes, and taken back', async ({
  desk,
  dataFolder,
}) => {
  const { page } = desk;
  await ask(page, 'settings.change', { limits: { softValueUsd: '250' } });
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Save and import' }).click();

  await page.getByRole('button', { name: 'Save to a file' }).click();
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices.getByText('Settings saved')).toBeVisible();
  const name = readdirSync(dataFolder).find((one) => one.startsWith('quarterdeck-settings-')) ?? '';
  const text = readFileSync(join(dataFolder, name), 'utf8');

  writeFileSync(join(dataFolder, 'given.json'), '<!doctype html>');
  await page.getByRole('button', { name: 'Open a file' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This is a web page');

  const file = JSON.parse(text) as { settings: { limits: object; appearance: object } };
  file.settings.limits = { ...file.settings.limits, softValueUsd: '90000' };
  file.settings.appearance = { ...file.settings.appearance, theme: 'light' };
  writeFileSync(join(dataFolder, 'given.json'), JSON.stringify(file));
  await page.getByRole('button', { name: 'Open a file' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take 2 settings from this file?' });
  await expect(dialog.getByRole('row', { name: /Ask again above/ })).toContainText('Allows more than now.');
  await expect(dialog.getByRole('checkbox')).not.toBeFocused();
  await expect(dialog.getByRole('button', { name: 'Take all of it' })).toBeDisabled();
  expect((await ask(page, 'settings.get', {})).limits.softValueUsd).toBe('250');
  await dialog.getByRole('checkbox', { name: 'I looked at the marked changes' }).check();
  await dialog.getByRole('button', { name: 'Take all of it' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  expect((await ask(page, 'settings.get', {})).limits.softValueUsd).toBe('90000');

  await page.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect((await ask(page, 'settings.get', {})).limits.softValueUsd).toBe('250');
  await expect(page.getByRole('button', { name: 'Undo import' })).toHaveCount(0);
});

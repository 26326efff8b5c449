import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { unzipSync } from 'fflate';

import { expect, test } from './harness/desk-test.ts';
import { PLANTED_SECRET, plantedBot } from './harness/planted-bot.ts';
import { ask } from './harness/window.ts';

test.use({ savesUnasked: true });

test('S1 the self-check says what it found by number, and the saved archive holds no secret', async ({
  desk,
  dataFolder,
  practice,
}) => {
  const { page } = desk;
  await practice.state();
  const bot = await plantedBot();
  await ask(page, 'backends.save', bot);
  await ask(page, 'app.report-error', { message: `it said ${PLANTED_SECRET} and owner=${PLANTED_SECRET}` });
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('button', { name: 'Check now' }).click();
  const found = page.getByRole('listitem');
  await expect(found.filter({ hasText: 'Journal is whole' })).toContainText('Passed');
  await expect(found.filter({ hasText: 'Notifications' })).toContainText('Passed');
  await expect(found.filter({ hasText: 'Backend Main bot' })).toContainText('It stopped at');
  await expect(found.filter({ hasText: 'Backend Practice desk' })).toContainText('Passed');

  await page.getByRole('button', { name: 'Save diagnostics' }).click();
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices.getByText('Diagnostics saved')).toBeVisible();
  const name = readdirSync(dataFolder).find((one) => one.startsWith('quarterdeck-diagnostics-')) ?? '';
  const files = Object.entries(unzipSync(readFileSync(join(dataFolder, name))));
  expect(files.map(([file]) => file)).toContain('logs/quarterdeck.log');
  for (const [file, bytes] of files) expect(Buffer.from(bytes).includes(PLANTED_SECRET), file).toBe(false);
});

test('About shows the notices of everything that the desk is built on', async ({ desk }) => {
  const { page } = desk;
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'About' }).click();
  await page.getByRole('button', { name: 'All notices' }).click();
  const notices = page.getByRole('dialog', { name: 'Third-party notices' });
  await expect(notices).toContainText('Permission is hereby granted');
  await expect(notices).toContainText('lightweight-charts');
});

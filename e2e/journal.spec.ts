import { readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import type { RunningDesk } from './harness/launch.ts';

const TITLE = 'Sell a little solana for the journal';

test.beforeEach(async ({ desk, practice }) => {
  const { page } = desk;
  const id = await practice.propose({ title: TITLE, symbol: 'SOL', side: 'sell', quantity: 0.1 });
  await page.getByRole('button', { name: `Open ${TITLE}` }).click();
  await page
    .getByRole('article', { name: TITLE })
    .getByRole('button', { name: /^Decline/ })
    .click();
  await expect.poll(() => practice.statusOf(id)).toBe('declined');
  await page.getByRole('navigation').first().getByRole('button', { name: 'Journal' }).click();
});

test('a decision just made is found by a word, and its kind narrows the list', async ({ desk }) => {
  const { page } = desk;
  const search = page.getByRole('search', { name: 'Search the journal' });
  await search.getByRole('searchbox', { name: 'Words to look for' }).fill('solana');
  await expect(rows(page).first()).toContainText(/solana/i);

  await search.getByRole('searchbox').fill('nothing-has-this-word');
  await expect(page.getByText('No entry matches')).toBeVisible();
  await page.getByRole('button', { name: 'Show everything' }).click();

  await search
    .getByRole('group', { name: 'Kinds' })
    .getByRole('button', { name: /command|decision/i })
    .first()
    .click();
  await expect(rows(page).first()).toContainText(/declin/i);
});

test('S5 the check of the chain says that nothing was changed', async ({ desk }) => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Check integrity' }).click();
  await expect(page.getByRole('dialog')).toContainText(/The chain holds over all \d+ entries/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('what is listed is saved as JSON and as CSV', async ({ desk, dataFolder }) => {
  const json = await save(desk, 'JSON', `${dataFolder}/journal.json`);
  const entries = JSON.parse(json) as { kind: string; summary: string }[];
  expect(entries.some(({ summary }) => summary.includes(TITLE) || /declin/i.test(summary))).toBe(true);

  const csv = await save(desk, 'CSV', `${dataFolder}/journal.csv`);
  expect(csv.split('\n').length).toBeGreaterThan(entries.length);
});

const rows = (page: Page) =>
  page
    .getByRole('main')
    .getByRole('row')
    .filter({ hasNot: page.getByRole('columnheader') });

async function save({ app, page }: RunningDesk, button: string, path: string): Promise<string> {
  const saved = app.evaluate(
    ({ session }, to) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (_event, item) => {
          item.setSavePath(to);
          item.once('done', (_done, state) => resolve(state));
        });
      }),
    path,
  );
  await page.getByRole('button', { name: button, exact: true }).click();
  expect(await saved).toBe('completed');
  return readFileSync(path, 'utf8');
}

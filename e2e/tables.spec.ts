import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import { downloadTo } from './harness/download.ts';
import type { RunningDesk } from './harness/launch.ts';

test.beforeEach(async ({ desk, practice }) => {
  await practice.state();
  await desk.page.getByRole('navigation').first().getByRole('button', { name: 'Portfolio' }).click();
  await expect(row(desk.page, 'BTC')).toBeVisible();
});

test('columns are chosen, and the choice is there after the window was loaded again', async ({ desk }) => {
  const { page } = desk;
  const heads = table(page).getByRole('columnheader');
  await expect(heads.filter({ hasText: 'Share' })).toBeVisible();
  await openMenu(page);
  await page.getByRole('menuitemcheckbox', { name: 'Share' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Held by' }).click();
  await page.keyboard.press('Escape');
  await expect(heads.filter({ hasText: 'Share' })).toHaveCount(0);
  await page.reload();
  await page.getByRole('navigation').first().getByRole('button', { name: 'Portfolio' }).click();
  await expect(row(page, 'BTC')).toBeVisible();
  await expect(heads.filter({ hasText: 'Share' })).toHaveCount(0);
  await expect(heads.filter({ hasText: 'Held by' })).toHaveCount(0);
  await expect(heads.filter({ hasText: 'Value' })).toBeVisible();
});

test('rows are filtered, picked by keyboard, copied as lines with tabs and saved as CSV', async ({
  desk,
  dataFolder,
}) => {
  const { page } = desk;
  await openMenu(page);
  await page.getByRole('menuitem', { name: 'Filter rows' }).click();
  await page.getByRole('searchbox', { name: 'Filter rows of Holdings' }).fill('eth');
  await expect(table(page).getByRole('row')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(row(page, 'BTC')).toBeVisible();

  await table(page).getByRole('row').nth(1).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(table(page).getByRole('row', { selected: true })).toHaveCount(2);
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
  await page.keyboard.press('Control+c');
  await expect(page.getByText('2 rows copied').last()).toBeVisible();
  const copied = await desk.app.evaluate(({ clipboard }) => clipboard.readText());
  const lines = copied.split('\n').map((line) => line.split('\t'));
  expect(lines.map(([asset]) => asset)).toEqual(['Asset', 'BTC', 'ETH']);
  expect(lines[1]?.[1]).toMatch(/^\d+\.\d+$/);

  await page.keyboard.press('Escape');
  await expect(table(page).getByRole('row', { selected: true })).toHaveCount(0);
  const path = await savedCsv(desk, join(dataFolder, 'holdings.csv'));
  const csv = readFileSync(path, 'utf8').split('\r\n');
  expect(csv[0]).toBe('"Asset","Quantity","Price","24 h","Value","Share","Held by","Age"');
  expect(csv.some((line) => line.startsWith('"ETH","'))).toBe(true);
});

test('D7 of 10,000 rows only those in sight are in the document, wherever it is scrolled to', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  const deposits = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`AST${index}`, 10 + index]),
  );
  await practice.act('portfolio', { deposits });
  await expect
    .poll(async () => Number(await table(page).getAttribute('aria-rowcount')), { timeout: 60_000 })
    .toBeGreaterThan(10_000);
  expect(await table(page).getByRole('row').count()).toBeLessThan(60);
  await table(page).getByRole('row').nth(1).focus();
  await page.keyboard.press('End');
  await expect
    .poll(async () => Number(await lastRow(page).getAttribute('aria-rowindex')))
    .toBeGreaterThan(10_000);
  expect(await table(page).getByRole('row').count()).toBeLessThan(60);
});

const table = (page: Page) => page.getByRole('main').getByRole('table', { name: 'Holdings' });
const lastRow = (page: Page) => table(page).getByRole('row').last();
const row = (page: Page, asset: string) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByText(asset, { exact: true }) });

const openMenu = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Columns, filter and export of Holdings' }).click();

async function savedCsv({ app, page }: RunningDesk, path: string): Promise<string> {
  await downloadTo(app, path, async () => {
    await openMenu(page);
    await page.getByRole('menuitem', { name: 'Save all rows as CSV' }).click();
  });
  return path;
}

import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

test.beforeEach(async ({ desk, practice }) => {
  await practice.state();
  await desk.page.getByRole('navigation').first().getByRole('button', { name: 'Portfolio' }).click();
});

test('a price that changes moves its row in place', async ({ desk, practice }) => {
  const { page } = desk;
  await expect(holding(page, 'BTC')).toBeVisible();
  // A mark on the element itself goes when the element does.
  for (const asset of ['BTC', 'ETH']) await holding(page, asset).evaluate(mark);
  await practice.act('price', { symbol: 'BTC', price: 71_234.5 });
  await expect(holding(page, 'BTC')).toContainText('$71,234.50');
  for (const asset of ['BTC', 'ETH']) expect(await holding(page, asset).evaluate(isMarked)).toBe(true);
});

const mark = (row: object): boolean => Reflect.set(row, 'markedByTest', true);
const isMarked = (row: object): boolean => Reflect.get(row, 'markedByTest') === true;

test('D7 with 500 holdings only the rows in sight are in the document', async ({ desk, practice }) => {
  const { page } = desk;
  const deposits = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`AST${index}`, 10 + index]));
  await practice.act('portfolio', { deposits });
  await expect
    .poll(async () => (await ask(page, 'desk.snapshot', {})).slices.holdings.length)
    .toBeGreaterThan(500);
  await expect(page.getByRole('main')).toContainText('BTC');
  expect(await page.getByRole('main').getByRole('row').count()).toBeLessThan(80);

  await page
    .getByRole('searchbox', { name: 'Asset' })
    .or(page.getByPlaceholder('Asset'))
    .first()
    .fill('AST499');
  await expect(holding(page, 'AST499')).toBeVisible();
});

test('today is the same figure in the bar and in the portfolio, also after the window was loaded again', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.act('price', { symbol: 'BTC', price: 69_900 });
  await expect(holding(page, 'BTC')).toContainText('$69,900.00');
  await expectSameToday(page);

  await page.reload();
  await page.getByRole('navigation').first().getByRole('button', { name: 'Portfolio' }).click();
  await expect(holding(page, 'BTC')).toContainText('$69,900.00');
  await expectSameToday(page);
});

async function expectSameToday(page: Page): Promise<void> {
  const money = /[+-]?\$[\d,]+\.\d\d/;
  await expect(async () => {
    const bar = await page.getByRole('button', { name: 'Total value' }).innerText();
    const today = await page.getByText('Today', { exact: true }).locator('..').innerText();
    const shown = money.exec(bar.replace(money, ''))?.[0];
    expect(shown).toBeDefined();
    expect(money.exec(today)?.[0]).toBe(shown);
  }).toPass();
}

const holding = (page: Page, asset: string) =>
  page
    .getByRole('main')
    .getByRole('row')
    .filter({ has: page.getByText(asset, { exact: true }) });

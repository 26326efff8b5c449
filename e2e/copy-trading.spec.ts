import type { Page } from '@playwright/test';

import { findFreePort } from '../electron/lib/testing/free-port.ts';
import type { PracticeControl } from './harness/practice-control.ts';
import { expect, test } from './harness/desk-test.ts';

const TRADER = 'Mira Tailwind';
/** The server lists what is told at a pace of its own, and an exit is given some seconds before it counts as missed. */
const REREAD = { timeout: 60_000 };

test.beforeEach(async ({ desk, practice }) => {
  await practice.state();
  const { page } = desk;
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: 'Copy trading' })
    .click();
  await expect(page.getByRole('table', { name: 'Traders' }).getByText(TRADER)).toBeVisible();
});

test.describe('side by side', () => {
  // What traders hold is read one trader a minute, which passes sooner on a fast clock.
  test.use({
    startOptions: async ({ dataFolder }, use) => {
      await use({ dataFolder, controlPort: await findFreePort(), quietPractice: true, clockFactor: 8 });
    },
  });

  test('a trader is followed, what they open is copied, and the copy stands beside theirs', async ({
    desk,
    practice,
  }) => {
    const { page } = desk;
    await follow(page);
    await expect(page.getByText('1 followed')).toBeVisible();
    await trade(practice, 'buy', 'BTC', 0.05);

    await openCopies(page);
    const row = copyOf(page, 'BTC');
    await expect(row).toContainText('Long');
    await expect(row).toContainText(`You${TRADER}`);
    await expect(row).toContainText('Both hold it', REREAD);
    await expect(row).toContainText('0.05');
  });
});

test('a copy that stays open when its trader leaves is told and marked', async ({ desk, practice }) => {
  const { page } = desk;
  await follow(page);
  await trade(practice, 'buy', 'BTC', 0.05);
  await openCopies(page);
  await expect(copyOf(page, 'BTC')).toBeVisible();

  await practice.act('copy-missed-exit', { symbol: 'BTC' });
  await trade(practice, 'sell', 'BTC', 0.05);
  await expect(copyOf(page, 'BTC')).toContainText('Missed exit', REREAD);
  await expect(page.getByRole('tabpanel').getByRole('alert')).toContainText('your copy of it is still open');
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Alerts' }).click();
  await expect(page.getByRole('main')).toContainText(/Mira Tailwind is out of BTC/);
});

test('the stop-loss of a copy is changed, and the row shows what the server has', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await follow(page);
  await trade(practice, 'buy', 'ETH', 0.5);
  await openCopies(page);
  await expect(copyOf(page, 'ETH')).toBeVisible();

  await copyOf(page, 'ETH')
    .getByRole('button', { name: /Stop-loss and take-profit/ })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Stop-loss price').fill('2000');
  // Further away than the present one, so that more can be lost: that is asked about before anything is sent.
  await goOn(page);
  await expect(dialog.getByRole('alertdialog')).toContainText('More can be lost');
  await dialog.getByRole('button', { name: 'Send it all the same' }).click();
  await closeWhenConfirmed(page);
  await expect(copyOf(page, 'ETH')).toContainText('$2,000.00');
});

test('an order that is copied by hand is judged before it can be sent', async ({ desk, practice }) => {
  const { page } = desk;
  await page.getByRole('table', { name: 'Traders' }).getByText(TRADER).click();
  await page.getByRole('main').getByRole('button', { name: 'Copy an order now' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Market/).fill('ETH-USDC');
  await dialog.getByLabel(/^Size of the trader/).fill('0.5');
  await dialog.getByLabel('Most of this trade').fill('50');
  await dialog.getByRole('combobox', { name: /^Side/ }).click();
  await page.getByRole('option', { name: 'Buy' }).click();
  await goOn(page);

  const question = dialog.getByRole('alertdialog');
  // 0.5 ETH costs far more than 50, so the size is cut to what 50 buys.
  await expect(question).toContainText(/Size of the copy: 0\.5 × 1 = 0\.5/);
  await expect(question).toContainText('A real order');
  await question.getByRole('button', { name: 'No' }).click();
  await expect(question).toHaveCount(0);
  const { copyTrading } = await practice.state();
  expect(copyTrading.positions).toEqual([]);
});

test('follows that the server forgot are shown as lost, and nobody is followed again', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await follow(page);
  await practice.act('copy-restart');
  await expect(page.getByText(/1 lost: the backend no longer knows of it/)).toBeVisible(REREAD);
  await page.getByRole('button', { name: 'All traders' }).click();
  const row = page.getByRole('table', { name: 'Traders' }).getByRole('row', { name: new RegExp(TRADER) });
  await expect(row).toContainText('Lost');
  const { copyTrading } = await practice.state();
  expect(copyTrading.follows).toEqual([]);
});

const copyOf = (page: Page, symbol: string) =>
  page
    .getByRole('table', { name: /Your copies beside/ })
    .getByRole('row', { name: new RegExp(`${symbol}/`) });

const trade = (practice: PracticeControl, side: 'buy' | 'sell', symbol: string, amount: number) =>
  practice.act('copy-trade', { trader: TRADER, side, symbol, amount });

async function openCopies(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'All traders' }).click();
  await page.getByRole('tab', { name: /Your copies/ }).click();
}

/** Follows with 500, and stays on the trader's page. */
async function follow(page: Page): Promise<void> {
  await page.getByRole('table', { name: 'Traders' }).getByText(TRADER).click();
  await page.getByRole('main').getByRole('button', { name: 'Follow', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Amount/).fill('500');
  await expect(dialog.getByRole('region', { name: 'Checks' })).toContainText('No halt in force');
  await send(page);
  await expect(page.getByRole('main').getByText('Following', { exact: true })).toBeVisible();
}

/** Sends what the open form holds, and closes the dialog once it is confirmed. */
async function send(page: Page): Promise<void> {
  await goOn(page);
  await closeWhenConfirmed(page);
}

/** Submits the open form and says yes to the act's own question. */
async function goOn(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await dialog
    .getByRole('alertdialog')
    .getByRole('button', { name: /Practice traders/ })
    .click();
}

async function closeWhenConfirmed(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('status').filter({ hasText: 'Confirmed' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

import { readFileSync } from 'node:fs';

import { modelPerformance } from '../shared/domain/bots/model.ts';

import { expect, test } from './harness/desk-test.ts';
import { downloadTo } from './harness/download.ts';
import type { RunningDesk } from './harness/launch.ts';
import {
  BACKEND,
  card,
  heading,
  idOf,
  MOMENTUM,
  open,
  said,
  showModels,
  start,
  toast,
} from './harness/model-window.ts';
import { ask } from './harness/window.ts';
import { holdNotices } from './harness/notices.ts';

test.beforeEach(async ({ desk, practice }) => {
  await practice.state();
  await showModels(desk.page);
});

test('performance, curve, log and positions are those that the server tells', async ({ desk }) => {
  const { page } = desk;
  const params = { modelId: String(await idOf(page, MOMENTUM)) };
  await open(page, MOMENTUM);
  await page.getByRole('tab', { name: 'Performance' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Performance' });
  await expect(panel).toContainText('Sharpe ratio');
  const told = modelPerformance.parse(
    await ask(page, 'backends.read', { backendId: BACKEND, read: 'model-performance', params }),
  );
  const figure = (label: string) =>
    panel
      .locator('div')
      .filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) })
      .last()
      .locator('dd');
  await expect(figure('Sharpe ratio')).toHaveText(String(told.sharpeRatio?.toFixed(2)));
  await expect(figure('Win rate')).toHaveText(`${String(told.winRatePct?.toFixed(1))}%`);
  await expect(figure('Max drawdown')).toContainText(Math.abs(told.maxDrawdownPct ?? 0).toFixed(2));
  await expect(figure('Days traded')).toHaveText(String(told.tradingDays));
  // A line of values, or the word that the server kept none.
  await expect(
    panel
      .getByRole('img', { name: /^Value of Momentum on BTC at the end of each day/ })
      .or(panel.getByText('No line of its value')),
  ).toBeVisible();

  await page.getByRole('tab', { name: 'Log' }).click();
  await expect(
    page
      .getByRole('list', { name: `Log of ${MOMENTUM}` })
      .getByRole('listitem')
      .first(),
  ).toBeVisible();
  await page.getByRole('tab', { name: 'Positions' }).click();
  await page.getByRole('radio', { name: 'Day by day' }).click();
  await expect(
    page
      .getByRole('table', { name: `Positions of ${MOMENTUM} day by day` })
      .getByRole('row')
      .nth(1),
  ).toBeVisible();
  await page.getByRole('tab', { name: /^Runs/ }).click();
  await page
    .getByRole('table', { name: `Runs of ${MOMENTUM}` })
    .getByRole('row')
    .nth(1)
    .click();
  const dialog = page.getByRole('dialog', { name: new RegExp(`^${MOMENTUM}, run `) });
  await expect(dialog.getByRole('table', { name: 'Positions of the run' })).toBeVisible();
});

test('what a model said is saved as JSON and as CSV, each event once', async ({
  desk,
  practice,
  dataFolder,
}) => {
  const { page } = desk;
  await start(page, MOMENTUM);
  const modelId = await idOf(page, MOMENTUM);
  for (const message of ['=1+1 is no formula', 'a "quoted", word'])
    await practice.act('ai-event', { modelId, type: 'thinking', data: { message, step: 1 } });
  await open(page, MOMENTUM);
  await expect(said(page, MOMENTUM).filter({ hasText: 'a "quoted", word' })).toHaveCount(1);

  const json = JSON.parse(
    readFileSync(await exported(desk, 'JSON', `${dataFolder}/events.json`), 'utf8'),
  ) as {
    model: string;
    included: string;
    events: { id: string; message: string; receivedAt: string }[];
  };
  expect(json.model).toBe(MOMENTUM);
  expect(json.events.filter(({ message }) => message === 'a "quoted", word')).toHaveLength(1);
  expect(new Set(json.events.map(({ id }) => id)).size).toBe(json.events.length);
  expect(json.included).toContain(`${json.events.length} events`);

  const csv = readFileSync(await exported(desk, 'CSV', `${dataFolder}/events.csv`), 'utf8');
  expect(csv).toContain('"a ""quoted"", word"');
  expect(csv).not.toMatch(/(^|,)=1\+1/m);
});

test('a stop says what it deletes, asks, and is over when the server says so', async ({ desk }) => {
  const { page } = desk;
  await start(page, MOMENTUM);
  await expect(card(page, MOMENTUM)).toContainText('Running');
  await card(page, MOMENTUM).getByRole('button', { name: 'Stop' }).click();
  const dialog = page.getByRole('dialog');
  // One question at once, and "No" has the focus.
  await expect(dialog.getByRole('alertdialog').getByRole('button', { name: 'No' })).toBeFocused();
  const yes = dialog.getByRole('alertdialog').getByRole('button').last();
  await yes.click();
  await expect(dialog.getByText(/DELETES run #\d+ with its positions and reasoning/)).toBeVisible();
  await yes.click();
  await expect(dialog.getByRole('status').filter({ hasText: 'Confirmed' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Close' }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(card(page, MOMENTUM)).toContainText('Idle');
  // What was stopped from here is no news from elsewhere.
  await expect(toast(page, /no longer runs/)).toHaveCount(0);
});

test('D4 figures of a model that runs are drawn as old when the server can no longer be read', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await start(page, MOMENTUM);
  await expect(card(page, MOMENTUM)).toContainText('Running');
  await practice.act('hang', { what: 'requests' });
  await expect(card(page, MOMENTUM)).toContainText(/is not live\. Its figures were read \d+ s ago/, {
    timeout: 60_000,
  });
  await open(page, MOMENTUM);
  await expect(page.getByRole('status').filter({ hasText: 'Its figures were read' })).toBeVisible();
  await practice.act('resume-hang', {});
  await expect(page.getByRole('status').filter({ hasText: 'Its figures were read' })).toHaveCount(0, {
    timeout: 60_000,
  });
  await expect(heading(page)).toContainText('Running');
});

test('L3 many trades in a moment are few toasts, with a count', async ({ desk, practice }) => {
  const { page } = desk;
  await start(page, MOMENTUM);
  const modelId = await idOf(page, MOMENTUM);
  await expect(card(page, MOMENTUM)).toContainText('Running');
  const letNoticesGo = await holdNotices(page);
  for (let trade = 0; trade < 40; trade += 1) {
    const data = {
      action: 'buy',
      symbol: 'BTC',
      amount: 0.01,
      price: 64_000 + trade,
      message: `BUY at ${64_000 + trade}`,
    };
    await practice.act('ai-event', { modelId, type: 'trade', data });
  }
  await expect(toast(page, /\d+ more trades/)).toBeVisible();
  expect(await page.locator('[data-toast]').count()).toBeLessThanOrEqual(3);
  await letNoticesGo();
  await open(page, MOMENTUM);
  await expect(
    said(page, MOMENTUM)
      .filter({ hasText: /BUY at 640\d\d/ })
      .first(),
  ).toBeVisible();
});

/** Saves what the model said, without the system's dialog, and answers where. */
async function exported({ app, page }: RunningDesk, form: 'JSON' | 'CSV', path: string): Promise<string> {
  await downloadTo(app, path, async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: form }).click();
  });
  return path;
}

import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

const BACKEND = 'practice-ai-trader';
const READ = { timeout: 30_000 };
const [MOMENTUM, REVERSION, SCALPER] = [
  'Momentum on BTC',
  'Reversion on SOL and LINK',
  'Scalper on AVAX and DOT',
];

test.beforeEach(async ({ desk, practice }) => {
  await practice.state();
  await desk.page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Models' }).click();
  await expect(card(desk.page, MOMENTUM)).toBeVisible(READ);
});

test('a model is started, and its status, its trades, a toast and its positions follow', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await expect(page.getByRole('main')).toContainText('0 of 4 running');
  await start(page, MOMENTUM);
  await expect(card(page, MOMENTUM)).toContainText('Running', READ);
  await expect(page.getByRole('main')).toContainText('1 of 4 running');
  await expect(toast(page, /Momentum on BTC on .*: run \d+ started/)).toBeVisible(READ);

  await practice.act('ai-event', {
    modelId: await idOf(page, MOMENTUM),
    type: 'trade',
    data: { action: 'buy', symbol: 'BTC', amount: 0.02, price: 64_000, message: 'BUY 0.02 BTC at 64000' },
  });
  await expect(toast(page, /Momentum on BTC on .*: (bought|sold) BTC|\d+ more trades/)).toBeVisible(READ);

  await open(page, MOMENTUM);
  await expect(said(page, MOMENTUM).filter({ hasText: 'BUY 0.02 BTC at 64000' })).toHaveCount(1, READ);
  // The positions are those that the server tells when it is asked again after the trade.
  await expect
    .poll(async () => {
      const shown = await page.getByRole('table', { name: `Positions of ${MOMENTUM}` }).innerText();
      const { slices } = await ask(page, 'desk.snapshot', {});
      const owner = `model:${String(await idOf(page, MOMENTUM))}`;
      const held = slices.positions.filter(
        ([, { backendId, owner: of }]) => backendId === BACKEND && of === owner,
      );
      return held.length === 0
        ? shown.includes('It holds nothing')
        : held.every(([, { symbol }]) => shown.includes(symbol));
    }, READ)
    .toBe(true);
});

test('a whole run goes to its end, and its line of time, its figures and its list say so', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await start(page, MOMENTUM);
  await open(page, MOMENTUM);
  const modelId = await idOf(page, MOMENTUM);
  await expect(heading(page)).toContainText('Running', READ);
  await expect(page.getByRole('group', { name: /^Run \d+ of Momentum on BTC: \d+ moments/ })).toBeVisible(
    READ,
  );
  await practice.act('ai-step', { modelId, beats: 40 });
  await practice.act('ai-finish', { modelId });

  await expect(heading(page)).toContainText('Idle', READ);
  await expect(said(page, MOMENTUM).filter({ hasText: 'Trading session completed' }).first()).toBeVisible(
    READ,
  );
  await page.getByRole('tab', { name: /^Runs/ }).click();
  const newest = page
    .getByRole('table', { name: `Runs of ${MOMENTUM}` })
    .getByRole('row')
    .nth(1);
  await expect(newest).toContainText('Completed', READ);
  await page.getByRole('radio', { name: 'Table' }).click();
  await expect(page.getByRole('group', { name: 'Moments of the run' })).toContainText('Start');
  await page.getByRole('tab', { name: 'Performance' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Performance' })).toContainText('Sharpe ratio', READ);
});

test('several models side by side stay apart', async ({ desk, practice }) => {
  const { page } = desk;
  const names = [MOMENTUM, REVERSION, SCALPER] as const;
  for (const name of names) await start(page, name);
  await expect(page.getByRole('main')).toContainText('3 of 4 running', READ);
  for (const name of names) {
    await practice.act('ai-event', {
      modelId: await idOf(page, name),
      type: 'thinking',
      data: { message: `only ${name} thinks this`, step: 1 },
    });
  }
  for (const name of names) {
    await open(page, name);
    await expect(said(page, name).filter({ hasText: `only ${name} thinks this` })).toHaveCount(1, READ);
    for (const other of names) {
      if (other !== name) await expect(said(page, name).filter({ hasText: `only ${other}` })).toHaveCount(0);
    }
    await page.getByRole('button', { name: 'All models' }).click();
  }
});

test('D3 a connection that is lost during a run comes back, and what was missed is read', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await start(page, MOMENTUM);
  const modelId = await idOf(page, MOMENTUM);
  await expect.poll(() => linkState(page, modelId), READ).toBe('live');
  const before = await reconnections(page, modelId);
  await practice.act('drop-connections', {});
  await expect.poll(() => reconnections(page, modelId), READ).toBeGreaterThan(before);
  await expect.poll(() => linkState(page, modelId), READ).toBe('live');

  await practice.act('ai-event', { modelId, type: 'thinking', data: { message: 'heard again', step: 2 } });
  await open(page, MOMENTUM);
  await expect(said(page, MOMENTUM).filter({ hasText: 'heard again' })).toHaveCount(1, READ);
  await expect(heading(page)).toContainText('Running');
});

test('an error is told once and shown, and one click starts the model again', async ({ desk, practice }) => {
  const { page } = desk;
  await start(page, MOMENTUM);
  const modelId = await idOf(page, MOMENTUM);
  await expect(card(page, MOMENTUM)).toContainText('Running', READ);
  await practice.act('ai-error', { modelId, message: 'the model library is out of reach' });
  await expect(toast(page, /run failed/)).toHaveCount(1, READ);
  await expect(card(page, MOMENTUM)).toContainText('the model library is out of reach', READ);
  await expect(card(page, MOMENTUM)).toContainText('Idle', READ);

  await card(page, MOMENTUM).getByRole('button', { name: 'Again' }).click();
  await expect(card(page, MOMENTUM)).toContainText('Running', READ);
});

const card = (page: Page, name: string) => page.getByRole('article', { name, exact: true });
const heading = (page: Page) => page.getByRole('main').locator('header').first();
const toast = (page: Page, words: RegExp) => page.locator('[data-sonner-toast]').filter({ hasText: words });
const said = (page: Page, name: string) =>
  page.getByRole('list', { name: `What ${name} said` }).getByRole('listitem');

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Open ${name}` }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** Starts a model by the form, as it comes, in its queued way. */
async function start(page: Page, name: string): Promise<void> {
  await card(page, name).getByRole('button', { name: 'Start' }).click();
  const dialog = page.getByRole('dialog');
  const ways = dialog.getByRole('radiogroup', { name: 'How' });
  await ways.getByRole('radio', { name: /intraday/i }).click();
  await expect(dialog.getByRole('region', { name: 'Checks' })).toBeVisible();
  await dialog.locator('form').getByRole('button').last().click();
  const yes = dialog.getByRole('alertdialog').getByRole('button').last();
  await expect(yes.or(dialog.getByRole('status').filter({ hasText: 'Confirmed' }))).toBeVisible(READ);
  if (await yes.isVisible()) await yes.click();
  await expect(dialog.getByRole('status').filter({ hasText: 'Confirmed' })).toBeVisible(READ);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

async function idOf(page: Page, name: string): Promise<number> {
  const { slices } = await ask(page, 'desk.snapshot', {});
  const found = slices.models.find(([, model]) => model.backendId === BACKEND && model.name === name);
  if (found === undefined) throw new Error(`no model ${name}`);
  return Number(found[1].id);
}

async function linkOf(page: Page, modelId: number) {
  const { slices } = await ask(page, 'desk.snapshot', {});
  return slices.links.find(
    ([, { backendId, linkId }]) => backendId === BACKEND && linkId === `model-${modelId}`,
  )?.[1];
}
const linkState = async (page: Page, modelId: number) => (await linkOf(page, modelId))?.state.kind;
const reconnections = async (page: Page, modelId: number) =>
  (await linkOf(page, modelId))?.reconnections ?? 0;

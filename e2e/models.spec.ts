import { expect, test } from './harness/desk-test.ts';
import {
  BACKEND,
  card,
  heading,
  idOf,
  linkState,
  MOMENTUM,
  open,
  reconnections,
  said,
  showModels,
  start,
  toast,
} from './harness/model-window.ts';
import { ask } from './harness/window.ts';
import { holdNotices } from './harness/notices.ts';

const [REVERSION, SCALPER] = ['Reversion on SOL and LINK', 'Scalper on AVAX and DOT'];

test.beforeEach(async ({ desk, practice }) => {
  await practice.state();
  await showModels(desk.page);
});

test('a model is started, and its status, its trades, a toast and its positions follow', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await expect(page.getByRole('main')).toContainText('0 of 4 running');
  const letNoticesGo = await holdNotices(page);
  await start(page, MOMENTUM);
  await expect(card(page, MOMENTUM)).toContainText('Running');
  await expect(page.getByRole('main')).toContainText('1 of 4 running');
  await expect(toast(page, /Momentum on BTC on .*: run \d+ started/)).toBeVisible();

  await practice.act('ai-event', {
    modelId: await idOf(page, MOMENTUM),
    type: 'trade',
    data: { action: 'buy', symbol: 'BTC', amount: 0.02, price: 64_000, message: 'BUY 0.02 BTC at 64000' },
  });
  await expect(toast(page, /Momentum on BTC on .*: (bought|sold) BTC|\d+ more trades/)).toBeVisible();
  await letNoticesGo();

  await open(page, MOMENTUM);
  await expect(said(page, MOMENTUM).filter({ hasText: 'BUY 0.02 BTC at 64000' })).toHaveCount(1);
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
    })
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
  await expect(heading(page)).toContainText('Running');
  await expect(page.getByRole('group', { name: /^Run \d+ of Momentum on BTC: \d+ moments/ })).toBeVisible();
  await practice.act('ai-step', { modelId, beats: 40 });
  await practice.act('ai-finish', { modelId });

  await expect(heading(page)).toContainText('Idle');
  await expect(said(page, MOMENTUM).filter({ hasText: 'Trading session completed' }).first()).toBeVisible();
  await page.getByRole('tab', { name: /^Runs/ }).click();
  const newest = page
    .getByRole('table', { name: `Runs of ${MOMENTUM}` })
    .getByRole('row')
    .nth(1);
  await expect(newest).toContainText('Completed');
  await page.getByRole('button', { name: /^Run \d+ of Momentum on BTC as a table/ }).click();
  await expect(page.getByRole('table', { name: /^Run \d+ of Momentum on BTC, as a table/ })).toContainText(
    'Start',
  );
  await page.getByRole('tab', { name: 'Performance' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Performance' })).toContainText('Sharpe ratio');
});

test('several models side by side stay apart', async ({ desk, practice }) => {
  const { page } = desk;
  const names = [MOMENTUM, REVERSION, SCALPER] as const;
  for (const name of names) await start(page, name);
  await expect(page.getByRole('main')).toContainText('3 of 4 running');
  for (const name of names) {
    await practice.act('ai-event', {
      modelId: await idOf(page, name),
      type: 'thinking',
      data: { message: `only ${name} thinks this`, step: 1 },
    });
  }
  for (const name of names) {
    await open(page, name);
    await expect(said(page, name).filter({ hasText: `only ${name} thinks this` })).toHaveCount(1);
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
  await expect.poll(() => linkState(page, modelId)).toBe('live');
  const before = await reconnections(page, modelId);
  await practice.act('drop-connections', {});
  await expect.poll(() => reconnections(page, modelId)).toBeGreaterThan(before);
  await expect.poll(() => linkState(page, modelId)).toBe('live');

  await practice.act('ai-event', { modelId, type: 'thinking', data: { message: 'heard again', step: 2 } });
  await open(page, MOMENTUM);
  await expect(said(page, MOMENTUM).filter({ hasText: 'heard again' })).toHaveCount(1);
  await expect(heading(page)).toContainText('Running');
});

test('an error is told once and shown, and one click starts the model again', async ({ desk, practice }) => {
  const { page } = desk;
  await start(page, MOMENTUM);
  const modelId = await idOf(page, MOMENTUM);
  await expect(card(page, MOMENTUM)).toContainText('Running');
  const letNoticesGo = await holdNotices(page);
  await practice.act('ai-error', { modelId, message: 'the model library is out of reach' });
  await expect(toast(page, /run failed/)).toHaveCount(1);
  await letNoticesGo();
  await expect(card(page, MOMENTUM)).toContainText('the model library is out of reach');
  await expect(card(page, MOMENTUM)).toContainText('Idle');

  await card(page, MOMENTUM).getByRole('button', { name: 'Again' }).click();
  await expect(card(page, MOMENTUM)).toContainText('Running');
});

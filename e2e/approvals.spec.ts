import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

test('A1 A5 a proposal is approved from the window, and the backend shows it', async ({ desk, practice }) => {
  const { page } = desk;
  const id = await practice.propose({
    title: 'Buy a little ether',
    symbol: 'ETH',
    side: 'buy',
    quantity: 0.01,
  });
  await page.getByRole('button', { name: 'Open Buy a little ether' }).click();
  const card = page.getByRole('article', { name: 'Buy a little ether' });
  await expect(card).toContainText('A test asked for this proposal.');

  await card.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect.poll(() => practice.statusOf(id)).toBe('approved');
  await expect(page.getByRole('button', { name: 'Nothing needs you' })).toBeVisible();
});

test('A8 a proposal is declined in one step with the keyboard', async ({ desk, practice }) => {
  const { page } = desk;
  const id = await practice.propose({
    title: 'Sell a little solana',
    symbol: 'SOL',
    side: 'sell',
    quantity: 0.1,
  });
  await page.getByRole('button', { name: 'Open Sell a little solana' }).click();
  await expect(page.getByRole('article', { name: 'Sell a little solana' })).toBeVisible();
  await page.keyboard.press('d');
  await expect.poll(() => practice.statusOf(id)).toBe('declined');
});

test('A4 a large one asks a second, different question before anything is sent', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  const id = await practice.propose({
    title: 'Buy a lot of bitcoin',
    symbol: 'BTC',
    side: 'buy',
    quantity: 0.5,
  });
  await page.getByRole('button', { name: 'Open Buy a lot of bitcoin' }).click();
  await page.getByRole('article').getByRole('button', { name: 'Approve', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'This needs a second look' });
  const send = question.getByRole('button', { name: 'Approve all the same' });
  await expect(send).toBeDisabled();
  expect(await practice.statusOf(id)).toBe('pending');

  for (const box of await question.getByRole('checkbox').all()) await box.click();
  await send.click();
  await expect.poll(() => practice.statusOf(id)).toBe('approved');
});

test('A6 what was decided elsewhere leaves the queue', async ({ desk, practice }) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Buy some ripple', symbol: 'XRP', side: 'buy', quantity: 5 });
  const open = page.getByRole('button', { name: 'Open Buy some ripple' });
  await expect(open).toBeVisible();
  await practice.act('declined-elsewhere', { id });
  await expect(open).toHaveCount(0);
  const { slices } = await ask(page, 'desk.snapshot', {});
  const [, approval] = slices.approvals.find(([key]) => key.endsWith(id)) ?? [];
  expect(approval).toMatchObject({ status: 'declined', decidedHere: false });
});

test('executing trades on the practice account, and the holdings follow', async ({ desk, practice }) => {
  const { page } = desk;
  const id = await practice.propose({
    title: 'Buy ether for real practice',
    symbol: 'ETH',
    side: 'buy',
    quantity: 0.01,
  });
  const before = (await practice.state()).balances.ETH ?? 0;
  await page.getByRole('button', { name: 'Open Buy ether for real practice' }).click();
  await page.getByRole('article').getByRole('button', { name: 'Approve & execute' }).click();
  await expect.poll(() => practice.statusOf(id)).toBe('executed');
  const after = (await practice.state()).balances.ETH ?? 0;
  expect(after).toBeGreaterThan(before);
  await expect
    .poll(async () => {
      const { slices } = await ask(page, 'desk.snapshot', {});
      return Number(slices.holdings.find(([key]) => key === 'practice/ETH')?.[1].quantity);
    })
    .toBeCloseTo(after, 6);
});

import type { CommandOrigin } from '../shared/domain/command.ts';
import { openApprovals } from './harness/approvals.ts';
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

test('A1 the card says who asks for what, at which price then and now, how old it is, until when and why', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  const { slices } = await ask(page, 'desk.snapshot', {});
  const name = slices.backends.find(([id]) => id === 'practice')?.[1].name ?? '';
  await page.getByRole('button', { name: 'Open Buy a little ether' }).click();
  const card = page.getByRole('article', { name: 'Buy a little ether' });
  await expect(card).toContainText(name);
  await expect(card).toContainText('asked by');
  await expect(card).toContainText(/Buy.*0\.01 ETH/);
  await expect(card).toContainText(/about \$\d/);
  for (const figure of ['Quantity', 'Value', 'Price then', 'Price now', 'Moved since', 'Held now']) {
    const shown = card.getByRole('term').filter({ hasText: figure });
    await expect(shown.locator('xpath=following-sibling::dd')).toHaveText(/\d/);
  }
  await expect(card).toContainText(/asked \d+ s ago/);
  await expect(card).toContainText(/\d+:\d\d|\d+ min/);
  await expect(card.getByRole('heading', { name: 'Why' })).toBeVisible();
  await expect(card).toContainText('A test asked for this proposal.');
  await expect(card.getByRole('heading', { name: 'Risk' })).toBeVisible();
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

test('A8 a reason goes with Enter, the word of it names what was declined, and the total stays where it is as others wait', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  const total = page.getByRole('banner').getByRole('button', { name: /^Total value/ });
  await expect(total).toContainText('$');
  const before = await total.boundingBox();
  const declined = await practice.propose({ title: 'Sell some', symbol: 'SOL', side: 'sell', quantity: 0.1 });
  const other = await practice.propose({ title: 'Buy some', symbol: 'ETH', side: 'buy', quantity: 0.01 });
  await expect(page.getByRole('button', { name: /^2 need you/ })).toBeVisible();
  expect(await total.boundingBox()).toEqual(before);

  await page.getByRole('button', { name: 'Open Sell some' }).click();
  const reason = page.getByRole('textbox', { name: /^Reason for declining/ });
  await reason.fill('Too early');
  await reason.press('Enter');
  await expect.poll(() => practice.statusOf(declined)).toBe('declined');
  await expect(page.locator('[data-toast]').filter({ hasText: 'Sell some: Declined' })).toBeVisible();
  expect(await practice.statusOf(other)).toBe('pending');
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

test('A5 window, palette, hotkey, assistant, tray and notification at once are one decision', async ({
  desk,
  notifications,
  practice,
  tray,
}) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Buy it from everywhere', symbol: 'ETH', quantity: 0.01 });
  const shown = await notifications.waitFor('Buy it from everywhere');
  await expect(page.getByRole('button', { name: 'Open Buy it from everywhere' })).toBeVisible();
  // The server takes its time, so that all of them come while the first is under way.
  await practice.act('delay', { ms: 1_000 });
  const submit = (origin: CommandOrigin) =>
    ask(page, 'command.submit', {
      requestId: `from-${origin}`,
      backendId: 'practice',
      act: 'approval.approve',
      params: { approvalId: id },
      origin,
      acceptedWarnings: [],
    });
  for (const key of shown.actions.filter((_key, index) => index % 2 === 0))
    notifications.press(shown.id, key);
  const [outcomes] = await Promise.all([
    Promise.all((['window', 'palette', 'hotkey', 'assistant', 'window'] as const).map(submit)),
    tray.choose('PRACTICE · Buy it from everywhere', 'Approve'),
  ]);
  await practice.act('delay', { ms: 0 });
  await expect.poll(() => practice.statusOf(id)).toBe('approved');
  expect(outcomes.map(({ status }) => status)).toContain('confirmed');
  expect(outcomes.every(({ status }) => status === 'confirmed' || status === 'blocked')).toBe(true);
  expect((await practice.state()).requests['PATCH /approvals/:id']).toBe(1);
});

test('A7 several are approved after one summary, each with its own end', async ({ desk, practice }) => {
  const { page } = desk;
  const ids = [
    await practice.propose({ title: 'Buy ether first', symbol: 'ETH', quantity: 0.01 }),
    await practice.propose({ title: 'Buy solana second', symbol: 'SOL', quantity: 0.1 }),
    await practice.propose({ title: 'Buy much bitcoin', symbol: 'BTC', quantity: 0.5 }),
  ];
  await openApprovals(page);
  for (const title of ['Buy ether first', 'Buy solana second', 'Buy much bitcoin'])
    await page.getByRole('checkbox', { name: `Pick ${title}` }).click();
  await page.getByRole('button', { name: 'Approve…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Approve 3 proposals?' });
  await expect(dialog).toContainText('Total value');
  const send = dialog.getByRole('button', { name: 'Approve 3', exact: true });
  await expect(send).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /Within your limits, 1/ }).click();
  await send.click();
  const done = page.getByRole('dialog', { name: /^Approving 3 proposals/ });
  await expect(done).toContainText('3 approved. What was sent cannot be taken back.');
  for (const id of ids) expect(await practice.statusOf(id)).toBe('approved');
  expect((await practice.state()).requests['PATCH /approvals/:id']).toBe(3);
});

test('A8 several are declined in one step', async ({ desk, practice }) => {
  const { page } = desk;
  const ids = [
    await practice.propose({ title: 'Sell ether', symbol: 'ETH', side: 'sell', quantity: 0.01 }),
    await practice.propose({ title: 'Sell solana', symbol: 'SOL', side: 'sell', quantity: 0.1 }),
  ];
  await openApprovals(page);
  for (const title of ['Sell ether', 'Sell solana'])
    await page.getByRole('checkbox', { name: `Pick ${title}` }).click();
  await page.getByRole('button', { name: 'Decline 2' }).click();
  await expect(page.getByRole('dialog', { name: /^Declining 2 proposals/ })).toContainText('2 declined.');
  for (const id of ids) expect(await practice.statusOf(id)).toBe('declined');
});

test('A8 the history says who declined, from where, why and how long it took', async ({ desk, practice }) => {
  const { page } = desk;
  await practice.propose({ title: 'Sell some ether', symbol: 'ETH', side: 'sell', quantity: 0.01 });
  await page.getByRole('button', { name: 'Open Sell some ether' }).click();
  const card = page.getByRole('article', { name: 'Sell some ether' });
  await card.getByRole('textbox', { name: 'Reason for declining, optional' }).fill('not before the news');
  const keys = page.getByRole('main').getByText('move,');
  await expect(keys).toBeVisible();
  await card.getByRole('button', { name: /^Decline/ }).click();
  await page.getByRole('tab', { name: 'Decided' }).click();
  // The keys of the queue do nothing here, and are not offered.
  await expect(keys).toHaveCount(0);
  await page.getByRole('table', { name: 'Decisions' }).getByText('Declined').click();
  const decision = page.getByRole('complementary', { name: 'The decision' });
  await expect(decision).toContainText('not before the news');
  await expect(decision).toContainText('You');
  await expect(decision).toContainText('Window');
  await expect(decision).toContainText(/After \d/);
});

test('A2 the same again replaces the older one, which can only be declined', async ({ desk, practice }) => {
  const { page } = desk;
  const wanted = { title: 'Buy the dip', symbol: 'ETH', quantity: 0.01 };
  const old = await practice.propose(wanted);
  const newer = await practice.propose(wanted);
  await openApprovals(page);
  await page.getByRole('button', { name: /Buy the dip/ }).click();
  await page.getByRole('list', { name: 'Proposals of this group' }).getByText('replaced').click();
  const card = page.getByRole('article', { name: 'Buy the dip' });
  await expect(card).toContainText('Its bot asked the same again');
  await expect(card.getByRole('button', { name: 'Approve', exact: true })).toBeDisabled();
  await card.getByRole('button', { name: /^Decline/ }).click();
  await expect.poll(() => practice.statusOf(old)).toBe('declined');
  expect(await practice.statusOf(newer)).toBe('pending');
});

test('K3 while killed a card says that only declining is possible, and declining works', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Buy in a halt', symbol: 'ETH', quantity: 0.01 });
  await ask(page, 'panic.press', { origin: 'window' });
  await page.getByRole('button', { name: 'Open Buy in a halt' }).click();
  const card = page.getByRole('article', { name: 'Buy in a halt' });
  await expect(card).toContainText('Only what lowers risk can be done here: PANIC is on.');
  await expect(card.getByRole('button', { name: 'Approve', exact: true })).toBeDisabled();
  await card.getByRole('button', { name: /^Decline/ }).click();
  await expect.poll(() => practice.statusOf(id)).toBe('declined');
});

test('A8 approving never has the focus by itself: A arms it, Enter sends it', async ({ desk, practice }) => {
  const { page } = desk;
  const first = await practice.propose({ title: 'Buy one', symbol: 'ETH', quantity: 0.01 });
  const second = await practice.propose({ title: 'Buy two', symbol: 'SOL', quantity: 0.1 });
  await openApprovals(page);
  const card = page.getByRole('article', { name: 'Buy two' });
  const approve = page.getByRole('article').getByRole('button', { name: 'Approve', exact: true });
  await expect(card).toBeVisible();
  await expect(approve).toBeEnabled();
  await expect(approve).not.toBeFocused();
  await page.keyboard.press('j');
  await expect(page.getByRole('article', { name: 'Buy one' })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('a');
  await expect(approve).toBeFocused();
  expect(await practice.statusOf(first)).toBe('pending');
  await page.keyboard.press('Enter');
  await expect.poll(() => practice.statusOf(first)).toBe('approved');
  expect(await practice.statusOf(second)).toBe('pending');
});

test('A4 the card says whose price it is, and what is left of the day', async ({ desk, practice }) => {
  const { page } = desk;
  await ask(page, 'settings.change', { limits: { hardDayUsd: '5000' } });
  await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  await page.getByRole('button', { name: 'Open Buy a little ether' }).click();
  const card = page.getByRole('article', { name: 'Buy a little ether' });
  await expect(card).toContainText(/Price now by .+ for ETH/);
  await expect(card).toContainText(/\$0 decided today in practice\. \$[\d,.]+ left of \$5,000 after this\./);
});

import { expect, test } from './harness/desk-test.ts';
import { ofWindow } from './harness/window.ts';

test('L4 the tray lists what waits, and a decision there goes through the door', async ({
  practice,
  tray,
}) => {
  const id = await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  await tray.choose('PRACTICE · Buy a little ether', 'Approve');
  await expect.poll(() => practice.statusOf(id)).toBe('approved');
  await expect
    .poll(async () => (await tray.menu()).map(({ label }) => label))
    .not.toContain('PRACTICE · Buy a little ether');
});

test('A4 what needs a second question opens the window at it, and nothing is sent', async ({
  desk,
  practice,
  tray,
}) => {
  const { app, page } = desk;
  const id = await practice.propose({ title: 'Buy a lot of bitcoin', symbol: 'BTC', quantity: 0.5 });
  await ofWindow({ app, page }, (window) => window.hide());
  await tray.choose('PRACTICE · Buy a lot of bitcoin', 'Approve');
  await expect(page.getByRole('article', { name: 'Buy a lot of bitcoin' })).toBeVisible();
  expect(await ofWindow({ app, page }, (window) => window.isVisible())).toBe(true);
  expect(await practice.statusOf(id)).toBe('pending');
});

test('closing hides the window where a tray can bring it back, and the desk goes on', async ({
  desk,
  practice,
  notifications,
  tray,
}) => {
  const { app, page } = desk;
  await ofWindow({ app, page }, (window) => window.close());
  await expect.poll(() => ofWindow({ app, page }, (window) => window.isVisible())).toBe(false);
  await practice.propose({ title: 'Proposed behind a closed window', symbol: 'ETH', quantity: 0.01 });
  await notifications.waitFor('Proposed behind a closed window');
  await tray.choose('Open Quarterdeck');
  await expect.poll(() => ofWindow({ app, page }, (window) => window.isVisible())).toBe(true);
  await expect(page.getByRole('button', { name: 'Open Proposed behind a closed window' })).toBeVisible();
});

test('sound is switched off and on from the tray', async ({ desk, tray }) => {
  const sound = desk.page.getByRole('button', { name: /^Turn sound/ });
  await expect(sound).toHaveAccessibleName('Turn sound off');
  await tray.choose('Sound');
  await expect(sound).toHaveAccessibleName('Turn sound on');
});

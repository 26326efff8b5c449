import { expect, test } from './harness/desk-test.ts';
import { launchDesk } from './harness/launch.ts';
import { ask, askRaw } from './harness/window.ts';

const PIN = 'four words 4711';

test('S7 a locked desk shows nothing and refuses what acts, PANIC works, and it is locked after a restart', async ({
  desk,
  practice,
  tray,
  startOptions,
}) => {
  const { page } = desk;
  await practice.propose({ title: 'Buy a little ether' });
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Security', exact: true }).click();
  await page.getByRole('button', { name: 'Set up a lock' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up a lock' });
  await dialog.getByLabel('New PIN or passphrase').fill(PIN);
  await dialog.getByLabel('The same again').fill(PIN);
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(dialog).toHaveCount(0);

  const loadedAt = await page.evaluate(() => performance.timeOrigin);
  await page.getByRole('button', { name: 'Lock now' }).click();
  const locked = page.getByRole('main', { name: 'The desk is locked' });
  await expect(locked).toBeVisible();
  // Another page: what the one before held is gone with it.
  expect(await page.evaluate(() => performance.timeOrigin)).toBeGreaterThan(loadedAt);
  expect(await page.locator('body').innerText()).not.toMatch(/ether|Practice desk/);
  const approval = (await practice.state()).approvals.find(({ title }) => title === 'Buy a little ether');
  for (const [name, params] of [
    ['desk.snapshot', {}],
    ['journal.search', {}],
    ['settings.change', { security: { whileLocked: 'read-only' } }],
    [
      'command.submit',
      {
        requestId: 'locked-request-1',
        backendId: 'practice',
        act: 'approval.approve',
        params: { approvalId: approval?.id },
        origin: 'window',
        acceptedWarnings: [],
      },
    ],
  ] as const)
    expect(await askRaw(page, name, params)).toMatchObject({ ok: false, error: { code: 'locked' } });
  expect((await ask(page, 'settings.get', {})).backends).toEqual([]);
  await expect
    .poll(async () => (await tray.menu()).map(({ label }) => label))
    .toEqual(['PANIC', '', 'Unlock Quarterdeck', 'Quit']);

  await page.getByRole('button', { name: 'PANIC', exact: true }).click();
  await page.getByRole('button', { name: 'Halt now' }).click();
  await expect.poll(async () => (await practice.state()).killSwitch.enabled).toBe(true);
  await expect(locked).toContainText('PANIC is on: 3 of 3 confirmed as halted.');
  expect((await practice.state()).approvals.find(({ id }) => id === approval?.id)?.status).toBe('pending');
  await desk.close();

  const again = await launchDesk(startOptions);
  await expect(again.page.getByRole('main', { name: 'The desk is locked' })).toBeVisible();
  await again.page.getByLabel('PIN or passphrase').fill('wrong');
  await again.page.getByRole('button', { name: 'Unlock' }).click();
  await expect(again.page.getByRole('main')).toContainText('That does not open the desk.');
  await expect(again.page.getByRole('main')).not.toContainText('The next try is possible');
  await again.page.getByLabel('PIN or passphrase').fill(PIN);
  await again.page.getByRole('button', { name: 'Unlock' }).click();
  await expect(again.page.getByRole('navigation').first()).toBeVisible();
  await expect(again.page.getByRole('group', { name: 'Backends' })).toContainText('Halted');
  await again.close();
});

test('S7 while it is locked notifications say that something is there and not what, as the notification server gets them', async ({
  desk,
  notifications,
  practice,
}) => {
  const { page } = desk;
  await ask(page, 'lock.set', { opensBy: 'own', text: PIN, current: null });
  await practice.act('alert', { type: 'system', severity: 'critical', message: 'told before the lock' });
  const before = await notifications.waitFor('told before the lock');
  // The page is loaded anew before it can hear the answer.
  const lock = () => ask(page, 'lock.now', {}).catch(() => null);
  await lock();
  // What the system still showed is taken away.
  await notifications.waitForClosed(before.id);

  await practice.propose({ title: 'Buy a secret thing', symbol: 'ETH', quantity: 0.01 });
  await practice.act('alert', { type: 'system', severity: 'critical', message: 'a secret trouble' });
  const urgent = await notifications.waitFor('Something urgent needs you');
  expect(urgent).toMatchObject({
    urgency: 2,
    body: 'The desk is locked. Unlock Quarterdeck to see it.',
  });
  await notifications.waitFor('Something new on the desk');
  expect(notifications.everything()).not.toMatch(/secret/);
  // A click leads to the lock and nowhere else.
  notifications.click(urgent.id);
  await expect(page.getByRole('main', { name: 'The desk is locked' })).toBeVisible();

  await page.getByLabel('PIN or passphrase').fill(PIN);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await ask(page, 'settings.change', { security: { textsWhileLocked: true } });
  await lock();
  await expect(page.getByRole('main', { name: 'The desk is locked' })).toBeVisible();
  await practice.act('alert', {
    type: 'system',
    severity: 'critical',
    message: 'said although it is locked',
  });
  await notifications.waitFor('said although it is locked');
});

import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

test('a new proposal is notified, and a click opens exactly it', async ({ desk, notifications, practice }) => {
  const { app, page } = desk;
  await practice.propose({ title: 'Buy some other thing', symbol: 'SOL', quantity: 0.1 });
  await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  const shown = await notifications.waitFor(({ title, body }) => `${title} ${body}`.includes('Buy a little ether'));
  expect(shown.title).toContain('PRACTICE');

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  notifications.click(shown.id);
  await expect(page.getByRole('article', { name: 'Buy a little ether' })).toBeVisible();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
});

test('L2 where the system passes no buttons on, none are promised', async ({ desk, notifications, practice }) => {
  await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  const shown = await notifications.waitFor(({ title, body }) => `${title} ${body}`.includes('Buy a little ether'));
  const { notificationButtons } = await ask(desk.page, 'app.info', {});
  const buttons = shown.actions.filter((_key, index) => index % 2 === 0).filter((key) => key !== 'default');
  expect(buttons.length > 0).toBe(notificationButtons);
});

test('A6 a notification goes away when its proposal was decided elsewhere', async ({ desk, notifications, practice }) => {
  void desk;
  const id = await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  const shown = await notifications.waitFor(({ title, body }) => `${title} ${body}`.includes('Buy a little ether'));
  await practice.act('declined-elsewhere', { id });
  await notifications.waitForClosed(shown.id);
});

test('L1 a critical alert is notified as urgent, with a sound, and both outcomes can be read', async ({ desk, notifications, practice }) => {
  const { page } = desk;
  await practice.act('alert', { type: 'system', severity: 'critical', message: 'The exchange refuses orders' });
  const shown = await notifications.waitFor(({ title, body }) => `${title} ${body}`.includes('The exchange refuses orders'));
  expect(shown.urgency).toBe(2);
  await expect
    .poll(async () => {
      const entries = await ask(page, 'journal.search', { kinds: ['notification'] });
      return entries.map((entry) => `${entry.summary} ${entry.data}`).join('\n');
    })
    .toMatch(/The exchange refuses orders[\s\S]*"channel":"native","result":"shown"|"channel":"sound","result":"shown"/);
});

test('K12 a kill made elsewhere is notified', async ({ desk, notifications, practice }) => {
  await practice.act('kill-switch', { enabled: true, reason: 'halted by the other client', setBy: 'other:client' });
  const shown = await notifications.waitFor(({ title, body }) => `${title} ${body}`.includes('halted by the other client'));
  expect(shown.urgency).toBe(2);
  await expect(desk.page.getByRole('region', { name: 'Halted backends' })).toContainText('other:client');
});

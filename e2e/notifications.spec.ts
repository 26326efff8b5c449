import { expect, test } from './harness/desk-test.ts';
import { ask, ofWindow } from './harness/window.ts';

test('a new proposal is notified, and a click opens exactly it', async ({
  desk,
  notifications,
  practice,
}) => {
  const { app, page } = desk;
  await practice.propose({ title: 'Buy some other thing', symbol: 'SOL', quantity: 0.1 });
  await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  const shown = await notifications.waitFor('Buy a little ether');
  expect(shown.title).toContain('PRACTICE');

  await ofWindow({ app, page }, (window) => window.hide());
  notifications.click(shown.id);
  await expect(page.getByRole('article', { name: 'Buy a little ether' })).toBeVisible();
  expect(await ofWindow({ app, page }, (window) => window.isVisible())).toBe(true);
});

test('L2 where the system passes no buttons on, none are promised', async ({
  desk,
  notifications,
  practice,
}) => {
  await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  const shown = await notifications.waitFor('Buy a little ether');
  const { notificationButtons } = await ask(desk.page, 'app.info', {});
  const buttons = shown.actions.filter((_key, index) => index % 2 === 0).filter((key) => key !== 'default');
  expect(buttons.length > 0).toBe(notificationButtons);
});

test('A6 a notification goes away when its proposal was decided elsewhere', async ({
  notifications,
  practice,
}) => {
  const id = await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  const shown = await notifications.waitFor('Buy a little ether');
  await practice.act('declined-elsewhere', { id });
  await notifications.waitForClosed(shown.id);
});

test('L1 a critical alert is notified as urgent, with a sound, and every outcome can be read', async ({
  desk,
  notifications,
  practice,
}) => {
  const message = 'The exchange refuses orders';
  await practice.act('alert', { type: 'system', severity: 'critical', message });
  const shown = await notifications.waitFor(message);
  expect(shown.urgency).toBe(2);
  await expect
    .poll(async () => {
      const entries = await ask(desk.page, 'journal.search', { kinds: ['notification'] });
      return entries.find(({ data }) => data.includes(message))?.summary ?? '';
    })
    .toMatch(/native: shown.*sound: shown|sound: shown.*native: shown/);
});

test('L1 with the sound switched off the attempt is recorded as muted', async ({
  desk,
  notifications,
  practice,
}) => {
  await ask(desk.page, 'settings.change', { attention: { sound: false } });
  await practice.act('alert', { type: 'system', severity: 'critical', message: 'The exchange is closed' });
  await notifications.waitFor('The exchange is closed');
  await expect
    .poll(async () => {
      const entries = await ask(desk.page, 'journal.search', { kinds: ['notification'] });
      return entries.find(({ data }) => data.includes('The exchange is closed'))?.summary ?? '';
    })
    .toContain('sound: muted');
});

test('K12 a kill made elsewhere is notified', async ({ desk, notifications, practice }) => {
  await practice.act('kill-switch', {
    enabled: true,
    reason: 'halted by the other client',
    setBy: 'other:client',
  });
  const shown = await notifications.waitFor('halted by the other client');
  expect(shown.urgency).toBe(2);
  await expect(desk.page.getByRole('region', { name: 'Halted backends' })).toContainText('other:client');
});

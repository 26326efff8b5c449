import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';

const toasts = (page: Page) => page.locator('[data-toast]');
const alert = (message: string, severity = 'critical') => ({ type: 'system', severity, message });

test('L3 never more than three notices at once: the others wait with a count, and a critical one stays until it is dismissed', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await page.keyboard.press('Control+3');
  // A place whose own parts take no focus: nothing moves it but this test.
  await expect(page.getByRole('main')).toBeFocused();
  for (const number of [1, 2, 3, 4, 5]) {
    await practice.act('alert', { ...alert(`Something grave, number ${number}`), type: `system-${number}` });
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText(
      number <= 3 ? `number ${number}` : `${number - 3} more`,
    );
  }
  await expect(toasts(page)).toHaveCount(3);
  await expect(page.locator('[data-toast="critical"]')).toHaveCount(3);
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('2 more wait');
  await expect(page.getByRole('alert').filter({ hasText: 'number 3' })).toHaveCount(1);

  // Closed by keyboard, the next that waited comes up, and the focus is in the place.
  await page
    .locator('[data-toast]')
    .first()
    .getByRole('button', { name: 'Close this notice' })
    .press('Enter');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('1 more waits');
  await expect(toasts(page)).toHaveCount(3);
  await expect(page.getByRole('main')).toBeFocused();
});

test('information goes by itself, and stays while it is pointed at', async ({ desk, practice }) => {
  const { page } = desk;
  await practice.state();
  await page.getByRole('button', { name: 'Mute for an hour' }).click();
  await expect(toasts(page)).toHaveAttribute('data-toast', 'info');
  await toasts(page).hover();
  await expect(toasts(page).getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.mouse.move(900, 60);
  await expect(toasts(page)).toHaveCount(0);
});

test('L4 the badge on a place says what waits there, and is gone when it was dealt with elsewhere', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  const approvals = page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: /^Approvals/ });
  await expect(approvals).toHaveAccessibleName(/1 waiting/);
  await practice.act('declined-elsewhere', { id });
  await expect(approvals).not.toHaveAccessibleName(/waiting/);
});

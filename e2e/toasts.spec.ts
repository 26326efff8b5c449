import type { Page } from '@playwright/test';
import type { BrowserWindow } from 'electron';

import { expect, test } from './harness/desk-test.ts';
import { holdNotices } from './harness/notices.ts';

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

test('A8 no notice lies over the proposal that is being decided, under the board of PANIC neither', async ({
  desk,
  practice,
}) => {
  const { app, page } = desk;
  const window = await app.browserWindow(page);
  await practice.state();
  for (const number of [1, 2, 3, 4, 5, 6])
    await practice.propose({ title: `Buy number ${number}`, symbol: 'ETH', quantity: number / 100 });
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: /^Approvals/ })
    .click();
  const queue = page.getByRole('main').getByRole('list', { name: 'Proposals that wait' });
  await expect(queue.getByRole('button')).toHaveCount(6);
  for (const number of [1, 2, 3])
    await practice.act('alert', { ...alert(`Something grave, number ${number}`), type: `system-${number}` });
  await expect(toasts(page).first()).toBeVisible();

  for (const [width, height] of SIZES) {
    await window.evaluate((shown: BrowserWindow, [wide, high]) => shown.setContentSize(wide, high), [
      width,
      height,
    ] as const);
    // Down the queue and up again: with each step something else is decided.
    for (const key of ['j', 'j', 'j', 'j', 'j', 'k', 'k', 'k', 'k', 'k']) {
      await page.keyboard.press(key);
      await expect(queue.locator('[aria-current="true"]')).toHaveCount(1);
      await expect
        .poll(() => page.evaluate<string[]>(COVERED), { message: `${width} x ${height}` })
        .toEqual([]);
      await expect(toasts(page).first()).toBeVisible();
    }
  }

  // The board of PANIC leaves the place less room, and the notices with it.
  await page.getByRole('button', { name: 'PANIC', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Halt/ }).click();
  await expect(page.getByRole('alert', { name: 'Panic' })).toContainText('confirmed', { timeout: 30_000 });
  await expect.poll(() => page.evaluate<string[]>(COVERED)).toEqual([]);
});

/** From a second screen down to the smallest window that there is. */
const SIZES = [
  [1440, 900],
  [900, 700],
  [900, 600],
] as const;

/** What of that which is decided lies under a notice, as far as it is in sight. */
const COVERED = `[...document.querySelectorAll('[data-keep-clear]')].flatMap((one) => {
  const box = one.getBoundingClientRect();
  return [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((across) => [0.1, 0.5, 0.9].flatMap((down) => {
    const hit = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
    return hit?.closest('[data-notices]') ? [one.textContent.slice(0, 40)] : [];
  }));
})`;

test('information goes by itself, and stays while it is pointed at', async ({ desk, practice }) => {
  const { page } = desk;
  await practice.state();
  const letNoticesGo = await holdNotices(page);
  await page.getByRole('button', { name: 'Mute for an hour' }).click();
  await expect(toasts(page)).toHaveAttribute('data-toast', 'info');
  await toasts(page).hover();
  await letNoticesGo();
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

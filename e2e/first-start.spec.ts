import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

test.describe('the first start', () => {
  test.use({ lively: true });

  test('shows live practice data within seconds, marked as practice', async ({ desk }) => {
    const { page } = desk;
    const total = page.getByRole('button', { name: 'Total value' });
    await expect(total).toContainText(/\$\d/);
    await expect(total).toContainText(/practice/i);

    const first = await total.innerText();
    await expect(total).not.toHaveText(first);
    const lights = page.getByRole('group', { name: 'Backends' }).getByRole('button');
    await expect(lights.first()).toHaveAccessibleName(/practice/i);
  });

  test('opens every place without an error', async ({ desk }) => {
    const { page } = desk;
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    for (const place of [
      'Approvals',
      'Portfolio',
      'Alerts',
      'Bot room',
      'Assistant',
      'Journal',
      'Settings',
      'Deck',
    ]) {
      await page.getByRole('navigation').first().getByRole('button', { name: place }).click();
      await expect(page.getByRole('main')).toBeVisible();
      await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    }
    expect(errors).toEqual([]);
  });

  test('shows the shape of the desk in the chosen theme before any of its scripts, and nothing of it after', async ({
    desk: { page },
  }) => {
    await ask(page, 'settings.change', { appearance: { theme: 'light' } });
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.reload();
    const shape = page.locator('.first-look');
    await expect(shape).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await page.unroute('**/assets/*.js');
    await page.reload();
    await expect(page.getByRole('button', { name: 'PANIC', exact: true })).toBeVisible();
    await expect(shape).toBeHidden();
  });
});

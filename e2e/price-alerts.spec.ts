import { expect, test } from './harness/desk-test.ts';
import { holdNotices } from './harness/notices.ts';

test('a price alert set beside a price rings as practice, can be removed and brought back', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.state();
  const goTo = (name: string) =>
    page.getByRole('navigation').first().getByRole('button', { name }).first().click();
  await goTo('Market');
  const row = page.getByRole('table', { name: 'Watch list' }).getByRole('row', { name: /BTC-USDC/ });
  await expect(row).toBeVisible();
  await practice.act('price', { symbol: 'BTC', price: 60_000 });
  await expect(row).toContainText('$60,000');
  await row.click();

  await page.getByRole('button', { name: 'Price alert' }).click();
  const dialog = page.getByRole('dialog', { name: /Set a price alert/ });
  await expect(dialog).toContainText('Practice');
  await dialog.getByRole('button', { name: 'Set it' }).click();
  await expect(dialog).toContainText('A price above zero');
  await dialog.getByLabel('Price', { exact: false }).last().fill('90,000');
  await dialog.getByLabel('Note').fill('Sell a third.');
  await dialog.getByRole('button', { name: 'Set it' }).click();
  await expect(dialog).toBeHidden();

  await goTo('Alerts');
  await page.getByRole('tab', { name: /Price alerts/ }).click();
  const item = page.getByRole('list', { name: 'Price alerts' }).getByRole('listitem');
  await expect(item).toContainText('at or above 90,000');
  await expect(item).toContainText('Armed');
  await practice.act('price', { symbol: 'BTC', price: 91_000 });
  await expect(item).toContainText('Rang');

  await page.getByRole('tab', { name: 'All alerts' }).click();
  await expect(page.getByRole('row', { name: /at or above 90,000/ }).first()).toContainText('Sell a third.');

  await page.getByRole('tab', { name: /Price alerts/ }).click();
  await holdNotices(page);
  await item.getByRole('button', { name: /^Remove/ }).click();
  await expect(page.getByText('No price alerts')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(item).toContainText('Rang');
});

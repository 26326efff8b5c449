import { expect, test } from './harness/desk-test.ts';

test('D5 what a link could not understand is counted and named on its page, without its secrets', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.act('raw-frame', {
    text: 'data: {"event":"approval:created","apiKey":"sk-live-4242424242424242424242"\n\n',
  });
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  const card = page.getByRole('region', { name: 'Practice desk' });
  await expect(card.getByRole('term').filter({ hasText: 'Not understood' }).first()).toBeVisible();
  await card.getByText('What was not understood').click();
  await expect(card.getByText('approval:created')).toBeVisible();
  await expect(card.getByText('sk-live')).toHaveCount(0);
  for (const figure of ['Age of data', 'In the last minute', 'Delay', 'Re-connections', 'Requests in 1 min'])
    await expect(card.getByRole('term').filter({ hasText: figure }).first()).toBeVisible();
});

test('D2 D4 a link that is cut says so on its page, ages, and comes back with the cut counted', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  const card = page.getByRole('region', { name: 'Practice desk' });
  const reconnections = card
    .getByRole('term')
    .filter({ hasText: 'Re-connections' })
    .first()
    .locator('xpath=following-sibling::dd');
  await expect(reconnections).toHaveText('0');
  await practice.act('drop-connections');
  await expect(reconnections).toHaveText('1');
});

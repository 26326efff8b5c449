import { expect, test } from './harness/desk-test.ts';
import { launchDesk } from './harness/launch.ts';
import { ask, ofWindow } from './harness/window.ts';

test('a bot is connected by the form: a wrong owner id is named by the test, and it can be removed', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.state();
  const { slices } = await ask(page, 'desk.snapshot', {});
  const address = slices.backends.find(([id]) => id === 'practice')?.[1].address ?? '';
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Connect your bot' }).click();

  const form = page.getByRole('dialog', { name: 'Connect your bot' });
  await form.getByLabel('Name').fill('Form bot');
  await form.getByLabel('Address').fill(address);
  await form.getByLabel('Owner id').fill('not-the-owner');
  await form.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(form.getByRole('status').last()).toContainText('It stopped at: Owner id');

  await form.getByRole('button', { name: 'Save all the same' }).click();
  await expect(form).toHaveCount(0);
  const card = page.getByRole('region', { name: 'Form bot' });
  await expect(card).toContainText(/owner/i);

  await card.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(card).toHaveCount(0);
  expect((await ask(page, 'settings.get', {})).backends).toEqual([]);
});

test('the practice desk passes its own test, step by step', async ({ desk, practice }) => {
  const { page } = desk;
  await practice.state();
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  const card = page.getByRole('region', { name: 'Practice desk' });
  await card.getByRole('button', { name: 'Test' }).click();
  await expect(card).toContainText('Everything that was tried works.');
});

test('L1 the test of a sound plays it and says what became of it, also while the window is hidden', async ({
  desk,
}) => {
  const { app, page } = desk;
  await page.evaluate(WATCH_SOUNDS);
  const playedSounds = () => page.evaluate<string[]>('played');
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Notifications and sound' }).click();
  await page.getByRole('button', { name: 'Test Critical' }).click();
  await expect.poll(playedSounds).toEqual([expect.stringMatching(/critical/)]);
  await expect(page.getByRole('main').getByRole('status')).toContainText('sound: shown');

  await ofWindow({ app, page }, (window) => window.hide());
  await ask(page, 'attention.test', { sound: 'kill' });
  await expect.poll(playedSounds).toHaveLength(2);
});

test('theme and limits are there after a restart', async ({ desk, startOptions }) => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Light theme' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await ask(page, 'settings.change', { limits: { softValueUsd: '250' } });
  await desk.close();

  const again = await launchDesk(startOptions);
  await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'light');
  expect((await ask(again.page, 'settings.get', {})).limits.softValueUsd).toBe('250');
  await again.close();
});

/** Runs in the window: notes each sound that really began to play. */
const WATCH_SOUNDS = `(() => {
  globalThis.played = [];
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    this.addEventListener('playing', () => globalThis.played.push(this.src));
    return play.call(this);
  };
})()`;

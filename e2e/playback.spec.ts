import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect, test as base } from './harness/desk-test.ts';
import type { RunningDesk } from './harness/launch.ts';
import type { PracticeControl } from './harness/practice-control.ts';
import { ask, askRaw } from './harness/window.ts';

/** On a desk whose clock is fast, so that there is soon a past to look at. */
const test = base.extend({
  startOptions: async ({ startOptions }, use) => use({ ...startOptions, clockFactor: 20 }),
});

const TITLE = 'Buy a little ether';

const deskNow = async (page: Page): Promise<number> => (await ask(page, 'playback.kept', {})).nowMs;

/** Waits for so much of the desk's own time. */
async function passes(page: Page, ms: number): Promise<void> {
  const untilMs = (await deskNow(page)) + ms;
  await expect.poll(async () => (await deskNow(page)) > untilMs).toBe(true);
}

const heldOf = async (page: Page): Promise<string | undefined> =>
  (await ask(page, 'desk.snapshot', {})).slices.holdings.find(([key]) => key === 'practice/ETH')?.[1]
    .quantity;

const statusOf = async (page: Page, id: string): Promise<string | undefined> =>
  (await ask(page, 'desk.snapshot', {})).slices.approvals.find(([, approval]) => approval.id === id)?.[1]
    .status;

/** A proposal that waited for a while and was then executed; when it still waited, and what was held then. */
async function executeOne(page: Page, practice: PracticeControl) {
  const id = await practice.propose({ title: TITLE });
  await expect(page.getByText(TITLE).first()).toBeVisible();
  await passes(page, 20_000);
  const [waitedMs, held] = [await deskNow(page), await heldOf(page)];
  await passes(page, 20_000);
  await ask(page, 'command.submit', {
    requestId: 'executed-in-the-present',
    backendId: 'practice',
    act: 'approval.execute',
    params: { approvalId: id },
    origin: 'window',
    acceptedWarnings: [],
  });
  await expect.poll(() => practice.statusOf(id)).toBe('executed');
  await expect.poll(() => heldOf(page)).not.toBe(held);
  await passes(page, 20_000);
  return { id, waitedMs, held };
}

async function openPast(desk: RunningDesk, atMs: number): Promise<Page> {
  const [past] = await Promise.all([
    desk.app.waitForEvent('window'),
    ask(desk.page, 'playback.open', { atMs, stretch: null }),
  ]);
  await expect(past.getByRole('region', { name: 'Playback' })).toBeVisible();
  return past;
}

const goTo = (page: Page, place: string) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();

test('A2 K3 what is decided now shows as it was then, with the figures of then, and nothing can be done there', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  const { id, waitedMs, held } = await executeOne(page, practice);

  // By hand: from the journal, over a stretch.
  await goTo(page, 'Journal');
  await page.getByRole('button', { name: 'Play back' }).click();
  const dialog = page.getByRole('dialog', { name: 'Play back' });
  await expect(dialog).toContainText('Kept since');
  await dialog.getByRole('button', { name: 'Last 15 minutes' }).click();
  const [past] = await Promise.all([
    desk.app.waitForEvent('window'),
    dialog.getByRole('button', { name: 'Play back' }).click(),
  ]);
  const band = past.getByRole('region', { name: 'Playback' });
  await expect(band).toContainText('not now');
  await expect(past).toHaveTitle(/^PLAYBACK .*, not now · Quarterdeck$/);
  await expect.poll(() => past.evaluate('document.documentElement.dataset.playback')).toBe('');

  await ask(past, 'playback.act', { act: 'seek', atMs: waitedMs });
  await expect.poll(() => statusOf(past, id)).toBe('pending');
  expect(await heldOf(past)).toBe(held);
  expect(await heldOf(page)).not.toBe(held);
  await goTo(past, 'Approvals');
  await expect(past.getByText(TITLE).first()).toBeVisible();
  const approve = past.getByRole('button', { name: 'Approve', exact: true });
  await expect(approve).toBeDisabled();
  await expect(past.getByRole('button', { name: 'Decline' })).toBeDisabled();
  await expect(past.getByText('This is the past. It is decided in the main window')).toBeVisible();
  // Its reason is read by the pointer and by the focus, and said to whoever presses it all the same.
  await approve.hover();
  await expect(past.getByRole('tooltip')).toHaveText('This is the past. Nothing can be done here.');
  await approve.press('Enter');
  await expect(past.locator('[data-toast="error"]')).toContainText(
    'This is the past. Nothing can be done here.',
  );
  await expect(band).toBeVisible();

  // Past its page as well.
  const second = await practice.propose({ title: 'Sell some of it' });
  await expect.poll(() => statusOf(page, second)).toBe('pending');
  for (const approvalId of [id, second]) {
    const wish = {
      requestId: `from-the-past-${approvalId}`,
      backendId: 'practice',
      act: 'approval.execute',
      params: { approvalId },
      origin: 'window',
      acceptedWarnings: [],
    };
    expect(await askRaw(past, 'command.submit', wish)).toMatchObject({ ok: false, error: { code: 'past' } });
  }
  expect(await askRaw(past, 'panic.resume', { typedWord: 'RESUME' })).toMatchObject({
    ok: false,
    error: { code: 'past' },
  });
  expect(await practice.statusOf(second)).toBe('pending');
  // The live window went on, and the past knows nothing of it.
  expect(await statusOf(past, second)).toBeUndefined();

  // The keys of the line, and playing by the space bar.
  const line = past.getByRole('slider', { name: 'Time of the playback' });
  await line.focus();
  await past.keyboard.press('End');
  await expect.poll(() => statusOf(past, id)).toBe('executed');
  await expect(past.getByText('Nothing waits for you').first()).toBeVisible();
  await past.keyboard.press('Home');
  await expect.poll(() => statusOf(past, id)).toBeUndefined();
  await past.getByRole('radio', { name: '120×' }).click();
  await line.focus();
  await past.keyboard.press('Space');
  await expect(past.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect.poll(() => statusOf(past, id)).toBe('pending');
  await expect.poll(() => statusOf(past, id)).toBe('executed');
  await expect(past.getByRole('button', { name: 'Play', exact: true })).toBeVisible();

  // What is not kept says so.
  await goTo(past, 'Settings');
  await expect(past.getByText('Settings are of now')).toBeVisible();
  await goTo(past, 'Journal');
  await expect(past.getByText(TITLE).first()).toBeVisible();
  await expect(past.getByText('Sell some of it')).toHaveCount(0);
});

test('K2 K10 PANIC in a window of the past halts the present in two steps, and both windows say so', async ({
  desk,
  practice,
}) => {
  await passes(desk.page, 20_000);
  const past = await openPast(desk, await deskNow(desk.page));
  await past.keyboard.press('Control+Shift+P');
  const question = past.getByRole('dialog', { name: 'Halt every bot now?' });
  await expect(question).toContainText('This acts on the present');
  expect((await practice.state()).killSwitch.enabled).not.toBe(true);
  await question.getByRole('button', { name: 'Halt now' }).click();
  await expect.poll(async () => (await practice.state()).killSwitch.enabled).toBe(true);
  await expect(past.getByText('PANIC is on now')).toBeVisible();
  await expect(past.getByRole('alert', { name: 'Panic' })).toHaveCount(0);
  await expect(desk.page.getByRole('alert', { name: 'Panic' })).toContainText('PANIC is on');
});

test('the window of the past has no axe violations in any theme, is covered by the lock, and ends with its window', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.propose({ title: TITLE });
  await expect(page.getByText(TITLE).first()).toBeVisible();
  await passes(page, 20_000);
  const past = await openPast(desk, await deskNow(page));
  for (const place of ['Deck', 'Approvals', 'Journal', 'Settings']) {
    await goTo(past, place);
    for (const [theme, contrast] of [
      ['dark', 'normal'],
      ['light', 'normal'],
      ['dark', 'high'],
      ['light', 'high'],
    ]) {
      await past.evaluate(
        `Object.assign(document.documentElement.dataset, { theme: '${theme}', contrast: '${contrast}' })`,
      );
      const { violations } = await new AxeBuilder({ page: past }).setLegacyMode(true).analyze();
      expect(violations, `${place} ${theme} ${contrast}`).toEqual([]);
    }
  }
  await ask(page, 'lock.set', { opensBy: 'own', text: 'four words 4711', current: null });
  await page.evaluate(`void quarterdeck.request('lock.now', {})`);
  await expect(past.getByRole('main', { name: 'The desk is locked' })).toBeVisible();
  expect(await past.locator('body').innerText()).not.toContain(TITLE);
  expect(await askRaw(past, 'playback.timeline', {})).toMatchObject({ ok: false, error: { code: 'locked' } });
  await past.getByLabel('PIN or passphrase').fill('four words 4711');
  await past.getByRole('button', { name: 'Unlock' }).click();
  await expect(past.getByRole('region', { name: 'Playback' })).toContainText('not now');

  await past.close();
  await expect.poll(() => ask(page, 'playback.state', {})).toBeNull();
  await openPast(desk, await deskNow(page));
});

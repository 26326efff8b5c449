import { once } from 'node:events';

import type { Page } from '@playwright/test';

import type { PanicTarget } from '../shared/domain/panic/kill-switch.ts';
import { expect, test } from './harness/desk-test.ts';
import { launchDesk } from './harness/launch.ts';
import { HALT_NOW } from './harness/practice-control.ts';
import { ask, ofWindow } from './harness/window.ts';

const COMES_BACK = { timeout: 60_000 };

test('D1 K4 PANIC on a practice process that is frozen is UNCONFIRMED, and confirmed when it goes on', async ({
  desk,
  practice,
  tray,
}) => {
  const id = await practice.propose({ title: 'Proposed before it froze', symbol: 'ETH', quantity: 0.01 });
  const thaw = await practice.freeze();
  try {
    await tray.choose('PANIC', HALT_NOW);
    await expect
      .poll(async () => states(await targets(desk.page)), COMES_BACK)
      .toEqual(expect.arrayContaining(['unconfirmed']));
    expect(states(await targets(desk.page))).not.toContain('confirmed');
  } finally {
    thaw();
  }
  await expect
    .poll(
      async () =>
        states(await targets(desk.page)).filter(
          (state) => state !== 'confirmed' && state !== 'not-supported',
        ),
      COMES_BACK,
    )
    .toEqual([]);
  expect((await practice.killSwitch()).enabled).toBe(true);
  await expect
    .poll(async () => {
      const { slices } = await ask(desk.page, 'desk.snapshot', {});
      return slices.approvals.map(([, approval]) => [approval.id, approval.status]);
    }, COMES_BACK)
    .toEqual([[id, 'pending']]);
});

test('A5 D6 a decision that was under way when the desk was killed has an end after the next start', async ({
  desk,
  practice,
  startOptions,
}) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Cut off by the kill', symbol: 'SOL', quantity: 0.1 });
  await practice.act('lose-replies', { remaining: 1, path: `/approvals/${id}`, silent: true });
  await page.getByRole('button', { name: 'Open Cut off by the kill' }).click();
  await page
    .getByRole('article', { name: 'Cut off by the kill' })
    .getByRole('button', { name: /^Decline/ })
    .click();
  await expect.poll(() => practice.statusOf(id), COMES_BACK).toBe('declined');
  const ended = once(desk.app.process(), 'exit');
  desk.app.process().kill('SIGKILL');
  await ended;

  const again = await launchDesk(startOptions);
  await expect
    .poll(async () => {
      const entries = await ask(again.page, 'journal.search', { kinds: ['command'] });
      return entries.map(({ summary }) => summary).join('\n');
    }, COMES_BACK)
    .toContain('Quarterdeck ended before it was known what became of it');
  expect((await ask(again.page, 'journal.verify', {})).intact).toBe(true);
  await again.close();
});

test('K2 PANIC from the tray works while the window’s process is killed', async ({
  desk,
  practice,
  tray,
}) => {
  const pid = await ofWindow(desk, (window) => window.webContents.getOSProcessId());
  process.kill(pid, 'SIGKILL');
  await tray.choose('PANIC', HALT_NOW);
  await expect.poll(async () => (await practice.state()).killSwitch.enabled, COMES_BACK).toBe(true);
});

async function targets(page: Page): Promise<readonly PanicTarget[]> {
  const { slices } = await ask(page, 'desk.snapshot', {});
  return slices.panic.flatMap(([, panic]) => (panic.kind === 'latched' ? panic.targets : []));
}

const states = (list: readonly PanicTarget[]): string[] => list.map(({ state }) => state);

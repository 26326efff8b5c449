import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, test } from './harness/desk-test.ts';
import { launchCommand, launchDesk } from './harness/launch.ts';
import { HALT_NOW } from './harness/practice-control.ts';
import { ask, ofWindow } from './harness/window.ts';

test('D3 the backend is killed and restarted in between, and nothing is lost', async ({ desk, practice }) => {
  const { page } = desk;
  const kept = await practice.propose({ title: 'Proposed before the crash', symbol: 'ETH', quantity: 0.01 });
  const decided = await practice.propose({ title: 'Decided before the crash', symbol: 'SOL', quantity: 0.1 });
  await page.getByRole('button', { name: 'Open Decided before the crash' }).click();
  await page
    .getByRole('article', { name: 'Decided before the crash' })
    .getByRole('button', { name: /^Decline/ })
    .click();
  await expect.poll(() => practice.statusOf(decided)).toBe('declined');

  await practice.kill();
  await expect(
    page.getByRole('group', { name: 'Backends' }).getByRole('button', { name: /^Practice desk/ }),
  ).not.toHaveAccessibleName(/: Live/);
  await expect
    .poll(() =>
      practice.state().then(
        ({ liveStreams }) => liveStreams,
        () => 0,
      ),
    )
    .toBe(1);
  const later = await practice.propose({ title: 'Proposed after the crash', symbol: 'XRP', quantity: 5 });

  await expect
    .poll(async () => {
      const { slices } = await ask(page, 'desk.snapshot', {});
      return Object.fromEntries(slices.approvals.map(([, { id, status }]) => [id, status]));
    })
    .toEqual({ [kept]: 'pending', [decided]: 'declined', [later]: 'pending' });
  expect(await practice.statusOf(decided)).toBe('declined');
});

test('the window crashes and is loaded again, says so, and shows the desk as it is', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.propose({ title: 'Proposed before the crash', symbol: 'ETH', quantity: 0.01 });
  await expect(page.getByRole('button', { name: 'Open Proposed before the crash' })).toBeVisible();

  const reloaded = ofWindow(
    desk,
    ({ webContents }) =>
      new Promise<void>((resolve) => {
        webContents.once('did-finish-load', () => resolve());
        webContents.forcefullyCrashRenderer();
      }),
  );
  await reloaded;
  await practice.propose({ title: 'Proposed after the crash', symbol: 'SOL', quantity: 0.1 });
  const text = () =>
    ofWindow(desk, async ({ webContents }) =>
      String(await webContents.executeJavaScript('document.body.innerText')),
    );
  // Proposals and notices are drawn one after the other.
  await expect
    .poll(text)
    .toMatch(/Proposed after the crash[^]*loaded again|loaded again[^]*Proposed after the crash/);
  expect(await text()).toContain('Proposed before the crash');
});

test('a second start on the same data shows the first window and ends', async ({ desk, startOptions }) => {
  const { app, page } = desk;
  await ofWindow({ app, page }, (window) => window.hide());
  const { executablePath, args, cwd, env } = launchCommand(startOptions);
  const second = spawn(executablePath, args, { cwd, env, stdio: 'ignore' });
  const [code] = (await once(second, 'exit')) as [number | null];
  expect(code).toBe(0);
  await expect.poll(() => ofWindow({ app, page }, (window) => window.isVisible())).toBe(true);
});

test('K6 a panic is still latched after the desk was killed and started again', async ({
  desk,
  practice,
  startOptions,
  tray,
}) => {
  await tray.choose('PANIC', HALT_NOW);
  await expect.poll(async () => (await practice.killSwitch()).enabled).toBe(true);
  await expect
    .poll(async () => {
      const { slices } = await ask(desk.page, 'desk.snapshot', {});
      return slices.panic.map(([, panic]) => panic.kind === 'latched' && panic.durable);
    })
    .toEqual([true]);
  const ended = once(desk.app.process(), 'exit');
  desk.app.process().kill('SIGKILL');
  await ended;

  const again = await launchDesk(startOptions);
  await expect(again.page.getByRole('alert', { name: 'Panic' })).toContainText('PANIC is on');
  await again.close();
});

test('D6 what was journaled is there after the desk was killed', async ({ desk, practice, startOptions }) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Decided before the kill', symbol: 'SOL', quantity: 0.1 });
  await page.getByRole('button', { name: 'Open Decided before the kill' }).click();
  await page
    .getByRole('article')
    .getByRole('button', { name: /^Decline/ })
    .click();
  await expect.poll(() => practice.statusOf(id)).toBe('declined');
  const ended = once(desk.app.process(), 'exit');
  desk.app.process().kill('SIGKILL');
  await ended;

  const again = await launchDesk(startOptions);
  const commands = await ask(again.page, 'journal.search', { kinds: ['command'], text: id });
  expect(commands.length).toBeGreaterThan(0);
  expect((await ask(again.page, 'journal.verify', {})).intact).toBe(true);
  await again.close();
});

import type { Page } from '@playwright/test';

import type { RunningDesk } from './harness/launch.ts';
import { expect, test } from './harness/desk-test.ts';
import { launchDesk } from './harness/launch.ts';
import { ask, askRaw } from './harness/window.ts';

/** Tears a place off by the mouse, and answers the page of its window. */
async function tearOff({ app, page }: RunningDesk, label: string): Promise<Page> {
  const [apart] = await Promise.all([
    app.waitForEvent('window'),
    page
      .getByRole('navigation', { name: 'Places' })
      .getByRole('button', { name: label })
      .click({ modifiers: ['Control'] }),
  ]);
  await expect(apart).toHaveTitle(`${label} · Quarterdeck`);
  await expect(apart.locator('main')).toBeVisible();
  return apart;
}

/** The page of the window that opened by itself for a place. */
async function windowApart({ app }: RunningDesk): Promise<Page> {
  const apart = (): Page | undefined => app.windows().find((page) => page.url().includes('?'));
  await expect.poll(apart).toBeDefined();
  const page = apart();
  if (page === undefined) throw new Error('the window is gone again');
  return page;
}

test('a place in a window of its own stays live with a sequence of its own, and shows other places in the main window', async ({
  desk,
  practice,
}) => {
  await practice.state();
  const apart = await tearOff(desk, 'Approvals');
  await expect(apart.getByRole('navigation', { name: 'Places' })).toHaveCount(0);
  await expect(desk.page.getByRole('heading', { name: /^Needs you/ })).toBeVisible();

  await practice.propose({ title: 'Take profit: sell 2 ETH', side: 'sell', quantity: 2 });
  await expect(apart.getByText('Take profit: sell 2 ETH').first()).toBeVisible();
  await expect(desk.page.getByText('Take profit: sell 2 ETH').first()).toBeVisible();

  await apart.keyboard.press('Control+6');
  await expect(desk.page.getByRole('heading', { name: 'Market', exact: true })).toBeVisible();
  await expect(apart).toHaveTitle('Approvals · Quarterdeck');

  // Asked for once more it is the same window.
  await ask(desk.page, 'app.open-place', { destination: { place: 'approvals', itemId: null }, alone: true });
  expect(await windowsOf(desk)).toHaveLength(2);
  await apart.close();
  await expect.poll(() => windowsOf(desk)).toHaveLength(1);
  await practice.propose({ title: 'Take profit: sell 3 ETH', side: 'sell', quantity: 3 });
  await expect(
    desk.page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Approvals' }),
  ).toContainText('2');
});

test('A5 a decision made in both windows at the same time is one decision, and both show it', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Buy it twice', symbol: 'ETH', quantity: 0.01 });
  const apart = await tearOff(desk, 'Approvals');
  const key = `practice/${id}`;
  await expect.poll(async () => hasPending(page, key)).toBe(true);
  const submit = (from: Page, requestId: string) =>
    askRaw(from, 'command.submit', {
      requestId,
      backendId: 'practice',
      act: 'approval.approve',
      params: { approvalId: id },
      origin: 'window',
      acceptedWarnings: [],
    });
  // The server takes its time, so that the second comes while the first is under way.
  await practice.act('delay', { ms: 1_000 });
  await Promise.all([submit(page, 'from-the-main-window'), submit(apart, 'from-its-own-window')]);
  await practice.act('delay', { ms: 0 });
  await expect.poll(async () => hasPending(apart, key)).toBe(false);
  await expect.poll(() => practice.statusOf(id)).toBe('approved');
  const { requests } = await practice.state();
  expect(
    Object.entries(requests)
      .filter(([call]) => /^(?!GET).*approv/.test(call))
      .map(([, count]) => count),
  ).toEqual([1]);
  await expect(apart.getByRole('button', { name: 'Approve' })).toHaveCount(0);
});

test('S7 the lock covers every window, PANIC is reached in each by the same gesture, and all end with the desk', async ({
  desk,
  practice,
  startOptions,
}) => {
  const { page } = desk;
  await practice.propose({ title: 'Buy a little ether' });
  const apart = await tearOff(desk, 'Approvals');
  await expect(apart.getByText('Buy a little ether').first()).toBeVisible();
  await ask(page, 'lock.set', { opensBy: 'own', text: 'four words 4711', current: null });
  // Not awaited in the page, which is gone before it could answer.
  await page.evaluate(`void quarterdeck.request('lock.now', {})`);
  for (const window of [page, apart]) {
    await expect(window.getByRole('main', { name: 'The desk is locked' })).toBeVisible();
    expect(await window.locator('body').innerText()).not.toMatch(/ether/);
    expect(await askRaw(window, 'desk.snapshot', {})).toMatchObject({ ok: false, error: { code: 'locked' } });
  }
  await unlock(apart);
  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
  await expect(apart.getByText('Buy a little ether').first()).toBeVisible();

  await apart.keyboard.press('Control+Shift+P');
  await apart.getByRole('dialog').getByRole('button', { name: /^Halt/ }).click();
  await expect.poll(async () => (await practice.state()).killSwitch.enabled).toBe(true);
  for (const window of [page, apart])
    await expect(window.getByRole('alert', { name: 'Panic' })).toContainText('confirmed');
  await desk.close();

  // Opened again by itself, it shows no more than the window that it stands behind.
  const again = await launchDesk(startOptions);
  const reopened = await windowApart(again);
  await expect(reopened.getByRole('main', { name: 'The desk is locked' })).toBeVisible();
  await unlock(again.page);
  await expect(reopened.getByText('Buy a little ether').first()).toBeVisible();
  await again.close();
});

test('windows of their own open again at the next start where they were, behind the desk; a closed one stays closed', async ({
  desk,
  practice,
  startOptions,
}) => {
  await practice.state();
  await tearOff(desk, 'Market');
  const closed = await tearOff(desk, 'Alerts');
  await closed.close();
  // The driver answers before the main process has heard of it, and a window that was still there at the end comes back.
  await expect.poll(() => countOf(desk)).toBe(2);
  await desk.app.evaluate(({ BrowserWindow }) => {
    const alone = BrowserWindow.getAllWindows().find(
      (window) =>
        !window.isDestroyed() &&
        !window.webContents.isDestroyed() &&
        window.webContents.getURL().includes('?'),
    );
    alone?.setBounds({ x: 30, y: 40, width: 950, height: 640 });
  });
  await desk.close();

  const again = await launchDesk(startOptions);
  const reopened = await windowApart(again);
  await expect(reopened).toHaveTitle('Market · Quarterdeck');
  expect(await reopened.evaluate<number[]>('[screenX, screenY, outerWidth, outerHeight]')).toEqual([
    30, 40, 950, 640,
  ]);
  expect(await windowsOf(again)).toHaveLength(2);
  // From the palette it is the same window, brought to the front.
  await again.page.keyboard.press('Control+6');
  await again.page.keyboard.press('Control+k');
  await again.page.getByRole('option', { name: 'Market in its own window' }).click();
  await expect(again.page.getByRole('dialog')).toHaveCount(0);
  expect(await windowsOf(again)).toHaveLength(2);
  await reopened.close();
  await expect.poll(() => countOf(again)).toBe(1);
  await again.close();

  const last = await launchDesk(startOptions);
  await expect(last.page.getByRole('navigation', { name: 'Places' })).toBeVisible();
  expect(await windowsOf(last)).toHaveLength(1);
  await last.close();
});

test('S2 a window of its own goes nowhere else, opens nothing, has no Node, and a strange page in it is refused', async ({
  desk,
  practice,
}) => {
  await practice.state();
  const apart = await tearOff(desk, 'Portfolio');
  const address = apart.url();
  expect(await apart.evaluate('typeof require + typeof process')).toBe('undefinedundefined');
  expect(await apart.evaluate(`open('https://example.com/') === null`)).toBe(true);
  expect(
    await askRaw(apart, 'app.open-place', {
      destination: { place: '../evil', itemId: null },
      alone: true,
    }),
  ).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  await apart.evaluate(`void (location.href = 'https://example.com/')`);
  await apart.evaluate(`void (location.href = 'file:///etc/passwd')`);
  expect(apart.url()).toBe(address);
  expect(await windowsOf(desk)).toHaveLength(2);
  // Only the main process could do this; it stands for whatever gets past the refusal to navigate.
  const code = await desk.app.evaluate(async ({ BrowserWindow }) => {
    const alone = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes('?'));
    await alone?.loadURL('data:text/html,<p>elsewhere</p>');
    const envelope: unknown = await alone?.webContents.executeJavaScript(
      `quarterdeck.request('settings.get', {})`,
    );
    return JSON.stringify(envelope);
  });
  expect(code).toContain('forbidden-sender');
});

test('D7 a window that nobody sees is sent nothing, and shows the present the moment it is seen again', async ({
  desk,
  practice,
}) => {
  await practice.state();
  const apart = await tearOff(desk, 'Approvals');
  await apart.evaluate(
    `globalThis.heard = 0; quarterdeck.on('desk.patches', () => { globalThis.heard += 1; })`,
  );
  const show = (seen: boolean) =>
    desk.app.evaluate(({ BrowserWindow }, wanted) => {
      const alone = BrowserWindow.getAllWindows().find(({ webContents }) =>
        webContents.getURL().includes('?'),
      );
      if (wanted) alone?.show();
      else alone?.hide();
    }, seen);
  await show(false);
  const before = await apart.evaluate<number>('globalThis.heard');
  await practice.propose({ title: 'Take profit: sell 2 ETH', side: 'sell', quantity: 2 });
  await expect(desk.page.getByText('Take profit: sell 2 ETH').first()).toBeVisible();
  expect(await apart.evaluate<number>('globalThis.heard')).toBe(before);
  await expect(apart.getByText('Take profit: sell 2 ETH')).toHaveCount(0);
  await show(true);
  await expect(apart.getByText('Take profit: sell 2 ETH').first()).toBeVisible();
});

test('D7 a window that hangs is ended and loaded again, and lives as before: the desk’s own and one of its own', async ({
  desk,
  practice,
}) => {
  await practice.propose({ title: 'Proposed before it hung' });
  const apart = await tearOff(desk, 'Approvals');
  await expect(apart.getByText('Proposed before it hung').first()).toBeVisible();
  // Chromium finds a hang by input that is not taken, which a test can only stand in for.
  await desk.app.evaluate(({ BrowserWindow }) =>
    Promise.all(
      BrowserWindow.getAllWindows().map(
        (window) =>
          new Promise<void>((resolve) => {
            window.webContents.once('did-finish-load', () => resolve());
            window.emit('unresponsive');
          }),
      ),
    ),
  );
  await practice.propose({ title: 'Proposed after it hung' });
  const texts = () =>
    desk.app.evaluate(({ BrowserWindow }) =>
      Promise.all(
        BrowserWindow.getAllWindows().map(async ({ webContents }) =>
          String(await webContents.executeJavaScript('document.body.innerText')),
        ),
      ),
    );
  const contained = expect.stringContaining('Proposed after it hung') as unknown;
  await expect.poll(texts).toEqual([contained, contained]);
});

test('D7 a window of its own whose page could not be loaded loads it again', async ({ desk, practice }) => {
  await practice.propose({ title: 'Proposed before it failed' });
  const apart = await tearOff(desk, 'Approvals');
  await expect(apart.getByText('Proposed before it failed').first()).toBeVisible();
  const code = await desk.app.evaluate(({ BrowserWindow, session }) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().includes('?'),
    );
    const { webRequest } = session.defaultSession;
    return new Promise<number>((resolve) => {
      window?.webContents.once('did-fail-load', (_event, failedWith) => {
        webRequest.onBeforeRequest(null);
        window.webContents.once('did-finish-load', () => resolve(failedWith));
      });
      webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (_details, answer) => answer({ cancel: true }));
      window?.webContents.reload();
    });
  });
  expect(code).toBeLessThan(0);
  // A page that cannot be read has failed to load as well; an answer without a text would be an empty window for good.
  const tellOf = (file: string): string =>
    `fetch('app://quarterdeck/${file}').then(({ status }) => status, () => 'failed')`;
  expect(await apart.evaluate(tellOf('gone.html'))).toBe('failed');
  expect(await apart.evaluate(tellOf('gone.js'))).toBe(404);
  await expect(apart.getByText('Proposed before it failed').first()).toBeVisible();
});

async function unlock(page: Page): Promise<void> {
  await page.getByLabel('PIN or passphrase').fill('four words 4711');
  await page.getByRole('button', { name: 'Unlock' }).click();
}

/** With one that is just going. */
const countOf = ({ app }: RunningDesk): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

/** Without one whose page has just gone: it is still among all for a moment. */
const windowsOf = ({ app }: RunningDesk): Promise<string[]> =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => !window.isDestroyed() && !window.webContents.isDestroyed())
      .map(({ webContents }) => webContents.getURL()),
  );

async function hasPending(page: Page, key: string): Promise<boolean> {
  const { slices } = await ask(page, 'desk.snapshot', {});
  return slices.approvals.some(([one, approval]) => one === key && approval.status === 'pending');
}

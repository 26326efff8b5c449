import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import { launchDesk } from './harness/launch.ts';
import { startNotificationServer } from './harness/notification-server.ts';
import { steerPractice } from './harness/practice-control.ts';
import { ask, ofWindow } from './harness/window.ts';
import { holdNotices } from './harness/notices.ts';

/** The journal's line of the attempt that mentions `text`, with everything that became of it. */
async function attemptOf(page: Page, text: string) {
  let found: { summary: string; data: string } | undefined;
  await expect
    .poll(async () => {
      const entries = await ask(page, 'journal.search', { kinds: ['notification'] });
      found = entries.find(({ data }) => data.includes(text));
      return found?.summary ?? '';
    })
    .not.toBe('');
  return found ?? { summary: '', data: '' };
}

const alert = (message: string, severity = 'critical') => ({ type: 'moon', severity, message });

test('a click on the notification of an alert opens exactly that alert', async ({
  desk,
  notifications,
  practice,
}) => {
  await practice.act('alert', alert('The first thing'));
  await practice.act('alert', alert('The second thing', 'high'));
  const shown = await notifications.waitFor('The first thing');
  expect(shown.title).toBe('PRACTICE · Practice desk: moon');
  notifications.click(shown.id);
  await expect(desk.page.getByRole('complementary', { name: 'Alert in detail' })).toContainText(
    'The first thing',
  );
  expect((await notifications.waitFor('The second thing')).urgency).toBe(1);
});

test('L1 do not disturb is an outcome, and the window shows what the system holds back', async ({
  desk,
  notifications,
  practice,
}) => {
  notifications.setInhibited(true);
  await practice.act('alert', alert('Held back by the system'));
  const attempt = await attemptOf(desk.page, 'Held back by the system');
  expect(attempt.summary).toContain('native: blocked');
  expect(attempt.data).toContain('do not disturb is on');
  await expect(desk.page.getByText('Held back by the system').first()).toBeVisible();
});

test('L1 without a notification service the attempt has failed, and the window shows and plays it', async ({
  desk,
  notifications,
  practice,
}) => {
  notifications.stop();
  await practice.act('alert', alert('Nobody shows this'));
  const attempt = await attemptOf(desk.page, 'Nobody shows this');
  expect(attempt.summary).toMatch(/native: (?:failed|blocked)/);
  expect(attempt.summary).toMatch(/sound: shown.*in-app: shown/);
  await expect(desk.page.getByText('Nobody shows this').first()).toBeVisible();
});

test('L1 a notification service that died and came back shows what comes then', async ({
  desk,
  notifications,
  practice,
}) => {
  await practice.act('alert', alert('Shown by the first'));
  await notifications.waitFor('Shown by the first');
  notifications.stop();
  await practice.act('alert', alert('While there is none'));
  expect((await attemptOf(desk.page, 'While there is none')).summary).toMatch(/native: (?:failed|blocked)/);
  const second = await startNotificationServer();
  await practice.act('alert', alert('Shown by the second'));
  const shown = await second.waitFor('Shown by the second');
  expect((await attemptOf(desk.page, 'Shown by the second')).summary).toContain('native: shown');
  second.click(shown.id);
  await expect(desk.page.getByRole('main')).toContainText('Shown by the second');
  second.stop();
});

test('L1 without a session bus the desk starts, and the window shows and plays what the system cannot', async ({
  startOptions,
}) => {
  const desk = await launchDesk({ ...startOptions, busAddress: 'unix:path=/nonexistent/bus' });
  const practice = await steerPractice(desk, startOptions.controlPort ?? 0);
  await practice.act('alert', alert('No bus at all'));
  const attempt = await attemptOf(desk.page, 'No bus at all');
  expect(attempt.summary).toMatch(/native: (?:failed|blocked).*in-app: shown/);
  await expect(desk.page.getByText('No bus at all').first()).toBeVisible();
  await desk.close();
});

test('L1 a sound is heard with the window closed, and without any window', async ({ desk, practice }) => {
  const { app, page } = desk;
  await ofWindow({ app, page }, (window) => window.close());
  await practice.act('alert', alert('Behind a closed window'));
  expect((await attemptOf(page, 'Behind a closed window')).summary).toContain('sound: shown');

  // A page that hangs answers nothing: another one that nobody sees plays, and says why.
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const { webContents } = window ?? {};
    // What is asked of the page is lost on its way, as with one that hangs.
    if (webContents !== undefined) {
      const send = webContents.send.bind(webContents);
      webContents.send = (channel: string, ...rest: unknown[]) => {
        if (rest[0] !== 'attention.play-sound') send(channel, ...rest);
      };
    }
  });
  // A page for it that cannot be loaded is not kept: the next sound gets another one.
  await app.evaluate(({ session }) =>
    session.defaultSession.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, ({ url }, answer) =>
      answer({ cancel: url.endsWith('/sound.html') }),
    ),
  );
  await practice.act('alert', { ...alert('Its page cannot be loaded', 'high'), type: 'sun' });
  expect((await attemptOf(page, 'Its page cannot be loaded')).summary).toContain('sound: failed');
  await app.evaluate(({ session }) => session.defaultSession.webRequest.onBeforeRequest(null));
  await practice.act('alert', alert('To a window that hangs', 'high'));
  const attempt = await attemptOf(page, 'To a window that hangs');
  expect(attempt.summary).toContain('sound: shown');
  expect(attempt.data).toContain('Played without the window');
});

test('mute from the tray holds, names the rule, and is taken back in the bar', async ({
  desk,
  notifications,
  practice,
  tray,
}) => {
  const { page } = desk;
  await tray.choose('Mute for an hour');
  await expect(page.getByRole('button', { name: /^Unmute, muted until/ })).toBeVisible();
  await practice.act('alert', alert('While it is muted', 'high'));
  const attempt = await attemptOf(page, 'While it is muted');
  expect(attempt.data).toMatch(/Muted until (?:\d{4}-\d\d-\d\d )?\d\d:\d\d\./);
  expect(attempt.summary).toMatch(/native: muted, sound: muted, in-app: shown/);

  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Settings/ })
    .click();
  await page.getByRole('button', { name: 'Notifications and sound' }).click();
  await expect(page.getByText(/System, Sound: Muted until/).first()).toBeVisible();

  await page.getByRole('button', { name: /^Unmute, muted until/ }).click();
  await expect(page.getByRole('button', { name: 'Mute for an hour' }).first()).toBeVisible();
  await practice.act('alert', alert('Loud again', 'high'));
  await notifications.waitFor('Loud again');
});

test('an alert is snoozed, needs nobody meanwhile, and is woken with Undo; its kind is muted and unmuted', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.act('alert', { type: 'moonshine', severity: 'high', message: 'Snooze this' });
  await expect(page.getByRole('button', { name: /1 needs? you ?: 1 urgent alert/ })).toBeVisible();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Alerts/ })
    .click();
  await page.getByRole('table', { name: 'Alerts' }).getByText('Snooze this').click();
  const letNoticesGo = await holdNotices(page);
  await page.getByRole('button', { name: 'Snooze or mute' }).click();
  await page.getByRole('menuitem', { name: 'Snooze for 10 minutes' }).click();
  await expect(page.getByRole('button', { name: /^Snoozed until/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Nothing needs you' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await letNoticesGo();
  await expect(page.getByRole('button', { name: /1 needs? you/ })).toBeVisible();

  await page.getByRole('button', { name: 'Snooze or mute' }).click();
  await page.getByRole('menuitem', { name: 'Mute “moonshine” of Practice desk' }).click();
  await expect(page.getByRole('button', { name: 'Nothing needs you' })).toBeVisible();
  await page.getByRole('button', { name: /is muted: unmute/ }).click();
  await expect(page.getByRole('button', { name: /1 needs? you/ })).toBeVisible();
});

test('L1 the task bar flashes for what is critical while nobody looks', async ({ desk, practice }) => {
  const { app, page } = desk;
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) return;
    window.isFocused = () => Reflect.get(globalThis, 'looksAtIt') === true;
    window.flashFrame = (on) => void Reflect.set(globalThis, 'flashed', on);
    Reflect.set(globalThis, 'looksAtIt', true);
  });
  const flashed = () => app.evaluate(() => Reflect.get(globalThis, 'flashed') === true);
  await practice.act('alert', alert('Seen as it comes'));
  await attemptOf(page, 'Seen as it comes');
  expect(await flashed()).toBe(false);
  await app.evaluate(() => void Reflect.set(globalThis, 'looksAtIt', false));
  await practice.act('alert', alert('Seen by nobody'));
  await expect.poll(flashed).toBe(true);
});

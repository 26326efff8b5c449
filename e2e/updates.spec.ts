import type { UpdateState } from '#shared/domain/settings/desktop.ts';
import { PUSH_CHANNEL } from '#shared/ipc/channels.ts';

import { expect, test } from './harness/desk-test.ts';

const UPDATE = {
  version: '9.9.9',
  notes: 'Prices are drawn faster.\n<b>Not bold</b>',
  releasedAtMs: Date.UTC(2030, 0, 2),
  sizeBytes: 91_000_000,
};

test('S3 each state of an update is shown with what can be done about it, and text of the feed stays text', async ({
  desk,
}) => {
  const { app, page } = desk;
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Updates', exact: true }).click();
  const main = page.getByRole('main');
  // A desk that runs from its sources has nowhere to look, and offers nothing.
  await expect(main.getByRole('status')).not.toBeEmpty();
  await expect(main.getByRole('button', { name: 'Check now' })).toHaveCount(0);

  /** As the main process says it while it looks, fetches and checks. */
  const say = (state: UpdateState) =>
    app.evaluate(
      ({ BrowserWindow }, [channel, given]) =>
        BrowserWindow.getAllWindows()[0]?.webContents.send(channel, 'updates.state', given),
      [PUSH_CHANNEL, state] as const,
    );
  const offers = async (...names: (string | RegExp)[]): Promise<void> => {
    for (const name of names) await expect(main.getByRole('button', { name })).toBeVisible();
  };

  await say({ kind: 'available', update: UPDATE });
  await expect(main.getByRole('status')).toContainText('Version 9.9.9 is there.');
  await expect(main.getByRole('region', { name: 'What is new' })).toContainText('<b>Not bold</b>');
  await offers('Download (91 MB)');

  await say({ kind: 'downloading', update: UPDATE, percent: 42 });
  await expect(main.getByRole('progressbar', { name: 'Download' })).toHaveAttribute('value', '42');
  await expect(main.getByRole('status')).toContainText('42 % downloaded');
  await offers('Cancel');

  await say({ kind: 'ready', update: UPDATE, atQuit: 'no' });
  await expect(main.getByRole('status')).toContainText('It is not installed unless you say so.');
  await offers('When I quit', 'Install and start again…');
  await say({ kind: 'ready', update: UPDATE, atQuit: 'always' });
  await expect(main.getByRole('status')).toContainText('This system installs it when you quit.');

  const message = 'What was fetched is not what was announced. It was thrown away.';
  await say({ kind: 'failed', message, update: UPDATE });
  await expect(main.getByRole('alert')).toContainText(message);
  await expect(main).toContainText('Nothing was changed; this version goes on as it is.');
  await offers('Download again');
  await say({
    kind: 'failed',
    message: 'The announcement is not signed with the key of Quarterdeck.',
    update: null,
  });
  await expect(main.getByRole('alert')).toContainText('not signed');
  await offers('Check now');
});

import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

import { listPackage } from '@electron/asar';

import { expect, test } from './harness/desk-test.ts';
import { packageDesk, startPackagedDesk } from './harness/packaged-desk.ts';
import { ask } from './harness/window.ts';

const ROOT = join(import.meta.dirname, '..');
/** Well above what is needed; something large that slips in is past it. */
const MAX_ARCHIVE_BYTES = 28_000_000;

let program: string;
test.beforeAll(() => {
  test.setTimeout(180_000);
  program = packageDesk();
});

/** What makes Electron run as plain Node, or load code of a stranger's, where a fuse lets it. */
const STRANGER = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/nonexistent/stranger.js' };

test.use({ lively: true });

test('S2 the packaged desk starts, watches, halts, remembers and quits, and a stranger cannot bend its start', async ({
  startOptions,
  dataFolder,
  tray,
}) => {
  const desk = await startPackagedDesk(program, startOptions, STRANGER);
  try {
    const { page } = desk;
    const info = await ask(page, 'app.info', {});
    expect(info.dataFolder).toBe(dataFolder);
    // Only the official Electron is given to people, and the folder says the same as the desk.
    expect(info.notForRelease !== null).toBe(program.includes('not-for-release'));

    // Made without a feed, it has nobody to ask, and says so.
    expect((await ask(page, 'updates.check', {})).kind).toBe('unavailable');

    // The practice desk's process answers, and its figures move.
    const total = page.getByRole('button', { name: 'Total value' });
    await expect(total).toContainText(/\$\d/);
    const first = await total.innerText();
    await expect(total).not.toHaveText(first);

    // What is loaded with its first use is packaged too: what writes the settings, and the words of another language.
    for (const [language, places] of [
      ['de', 'Bereiche'],
      ['en', 'Places'],
    ] as const) {
      // The page may be loaded anew before it hears the answer.
      await ask(page, 'settings.change', { region: { language } }).catch(() => undefined);
      await expect(page.getByRole('navigation', { name: places })).toBeVisible();
    }

    await page.getByRole('button', { name: 'PANIC' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /halt/i }).click();
    await expect
      .poll(async () => (await tray.menu())[0]?.label)
      .toBe('PANIC is on: 3 of 3 backends confirmed');
    await expect
      .poll(async () => (await ask(page, 'journal.search', { limit: 200 })).map(({ summary }) => summary))
      .toContainEqual(expect.stringMatching(/was started$/));

    await tray.choose('Quit');
    expect(await desk.ended).toBe(0);
  } finally {
    desk.kill();
  }
  const journal = join(dataFolder, 'journal.sqlite');
  const verified = spawnSync(
    process.execPath,
    [join(ROOT, 'electron', 'journal', 'chain', 'cli.ts'), 'verify', journal],
    { encoding: 'utf8' },
  );
  expect(verified.stdout).toMatch(/intact/i);
  expect(verified.status).toBe(0);
});

test('S2 the fuses of the packaged program are read back as they should be', () => {
  const read = spawnSync(process.execPath, [join(ROOT, 'scripts', 'read-fuses.mjs'), program], {
    encoding: 'utf8',
  });
  expect(read.stdout.split('\n')).toEqual(
    expect.arrayContaining([
      'ok    RunAsNode is off',
      'ok    EnableNodeOptionsEnvironmentVariable is off',
      'ok    EnableNodeCliInspectArguments is off',
      'ok    EnableCookieEncryption is on',
      'ok    OnlyLoadAppFromAsar is on',
      'ok    GrantFileProtocolExtraPrivileges is off',
    ]),
  );
  expect(read.status).toBe(0);
});

test('what is packaged is what runs: no sources, tests, source maps or tools', () => {
  const archive = join(program, '..', 'resources', 'app.asar');
  const files = listPackage(archive, { isPack: false });
  expect(files).toContain('/out/main/main.js');
  expect(files).toContain('/LICENSE');
  expect(files).toContain('/out/THIRD-PARTY-NOTICES.txt');
  expect(
    files.filter((file) => /\.(ts|tsx|map)$|\.test\.|\.spec\.|^\/(e2e|electron|scripts|bench)\//.test(file)),
  ).toEqual([]);
  // The page for development, which a built desk run from its sources has.
  expect(files.filter((file) => file.includes('design-system'))).toEqual([]);
  expect(
    files.filter((file) => /^\/node_modules\/(electron|vite|vitest|react|playwright)\//.test(file)),
  ).toEqual([]);
  expect(statSync(archive).size).toBeLessThan(MAX_ARCHIVE_BYTES);
});

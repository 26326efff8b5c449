/**
 * Takes a picture of every place, dark and light, wide and narrow, into screenshots/: `node scripts/screenshots.mjs [place ...]`.
 * With `--theme dark` or `--size wide` only those. The desk runs on practice data that has had a little while to gather.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { _electron } from '@playwright/test';

import { harnessEnvironment, isInsideSession, runInOwnSession, startKeyring } from '../e2e/session.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { projectRoot } from './lib/paths.mjs';

const PLACES = [
  'deck',
  'approvals',
  'portfolio',
  'alerts',
  'models',
  'market',
  'copy-trading',
  'bot-room',
  'assistant',
  'journal',
  'settings',
];
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 900, height: 700 } };
const THEMES = ['dark', 'light'];
const GATHER_MS = 20_000;
const SETTLE_MS = 700;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { theme: { type: 'string' }, size: { type: 'string' }, gather: { type: 'string' } },
});
const places = positionals.length > 0 ? positionals : PLACES;
const themes = values.theme === undefined ? THEMES : [values.theme];
const sizes = values.size === undefined ? Object.keys(SIZES) : [values.size];

if (!isInsideSession()) process.exit(runInOwnSession(fileURLToPath(import.meta.url), process.argv.slice(2)));

ensureBuilt();
const folder = join(projectRoot, 'screenshots');
mkdirSync(folder, { recursive: true });
const dataFolder = mkdtempSync(join(tmpdir(), 'quarterdeck-screenshots-'));
const stopKeyring = await startKeyring();
const env = { ...harnessEnvironment(), QUARTERDECK_DATA: dataFolder };
const app = await _electron.launch({ ...JSON.parse(env.QUARTERDECK_E2E_ELECTRON), env });
try {
  const page = await app.firstWindow();
  page.on('console', (message) => console.log(`[window ${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => console.log(`[window error] ${error.message}`));
  await page.waitForTimeout(Number(values.gather ?? GATHER_MS));
  for (const theme of themes) {
    await page.evaluate(
      (wanted) => window.quarterdeck.request('settings.change', { appearance: { theme: wanted } }),
      theme,
    );
    for (const size of sizes) {
      await app.evaluate(({ BrowserWindow }, wanted) => {
        BrowserWindow.getAllWindows()[0].setContentSize(wanted.width, wanted.height);
      }, SIZES[size]);
      for (const place of places) {
        await app.evaluate(
          ({ BrowserWindow }, destination) => {
            BrowserWindow.getAllWindows()[0].webContents.send(
              'quarterdeck:push',
              'window.open-place',
              destination,
            );
          },
          { place, itemId: null },
        );
        await page.waitForTimeout(SETTLE_MS);
        const file = join(folder, `${place}-${theme}-${size}.png`);
        await page.screenshot({ path: file });
        console.log(file);
      }
    }
  }
} finally {
  await app.close();
  stopKeyring();
  rmSync(dataFolder, { recursive: true, force: true });
}

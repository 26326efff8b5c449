import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

import type { Locator, Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

const DAY_MS = 86_400_000;
const TITLE = 'Sell a little solana for the journal';

test.beforeEach(async ({ desk, practice }) => {
  const { page } = desk;
  const id = await practice.propose({ title: TITLE, symbol: 'SOL', side: 'sell', quantity: 0.1 });
  await page.getByRole('button', { name: `Open ${TITLE}` }).click();
  await page
    .getByRole('article', { name: TITLE })
    .getByRole('button', { name: /^Decline/ })
    .click();
  await expect.poll(() => practice.statusOf(id)).toBe('declined');
  await page.getByRole('navigation').first().getByRole('button', { name: 'Journal' }).click();
});

test('a decision just made is found by a word, and its kind narrows the list', async ({ desk }) => {
  const { page } = desk;
  const search = page.getByRole('search', { name: 'Search the journal' });
  await search.getByRole('searchbox', { name: 'Words to look for' }).fill('solana');
  await expect(rows(page).first()).toContainText(/solana/i);

  await search.getByRole('searchbox').fill('nothing-has-this-word');
  await expect(page.getByText('No entry matches')).toBeVisible();
  await page.getByRole('button', { name: 'Show everything' }).click();

  await search
    .getByRole('group', { name: 'Kinds' })
    .getByRole('button', { name: /command|decision/i })
    .first()
    .click();
  await expect(rows(page).first()).toContainText(/declin/i);
});

test('S5 an entry tells in plain words who decided what from where, and what belongs to it leads on', async ({
  desk,
}) => {
  const { page } = desk;
  await page.getByRole('searchbox', { name: 'Words to look for' }).fill('"status confirmed"');
  await rows(page)
    .filter({ hasText: /confirmed/i })
    .first()
    .click();
  const detail = page.getByRole('complementary', { name: 'Entry in detail' });
  await expect(detail.getByRole('term').filter({ hasText: 'Request id' })).toBeVisible();
  const related = detail.getByRole('region', { name: 'What belongs to it' });
  await related.getByRole('button', { name: /asked from window/i }).click();
  await expect(detail.getByRole('term').filter({ hasText: 'Origin' })).toBeVisible();
  await expect(detail.getByText(TITLE).first()).toBeVisible();
  await expect(related.getByRole('button', { name: /asked from window/i })).toBeDisabled();
});

test('what happened stands along a line of time, narrowed by severity and symbol', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.act('alert', { type: 'ltv_warning', severity: 'critical', message: 'Collateral is thin' });
  await page.getByRole('radio', { name: 'Timeline' }).click();
  const timeline = page.getByRole('list', { name: 'Timeline' });
  const search = page.getByRole('search', { name: 'Search the journal' });
  await search.getByRole('combobox', { name: 'Severity' }).click();
  await page.getByRole('option', { name: 'Critical' }).click();
  await expect(timeline.getByText('Today')).toBeVisible();
  await expect(timeline.getByRole('button').first()).toContainText('Critical');
  await expect(timeline.getByText(TITLE)).toHaveCount(0);

  await page.getByRole('button', { name: 'Clear' }).click();
  await search.getByRole('textbox', { name: 'Symbol' }).fill('sol');
  await expect(timeline.getByRole('button', { name: TITLE }).first()).toBeVisible();
  await expect(timeline.getByText('Collateral is thin')).toHaveCount(0);
});

test('S5 the check of the chain says that nothing was changed', async ({ desk }) => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Check integrity' }).click();
  await expect(page.getByRole('dialog')).toContainText(/The chain holds over all \d+ entries/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('S5 the head of a day can be copied, and is that of the newest entry for today', async ({ desk }) => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Check integrity' }).click();
  const dialog = page.getByRole('dialog', { name: 'Integrity of the journal' });
  await expect(dialog).toContainText('The chain holds');
  await dialog.getByRole('textbox', { name: 'Head of a day' }).fill(today());
  const head = dialog.getByRole('region', { name: 'Head of a day' });
  await expect(head.getByText(/^\d+:[0-9a-f]{64}$/)).toBeVisible();
  await head.getByRole('button', { name: 'Copy the head' }).click();
  await expect(head.getByRole('button', { name: 'Copied' })).toBeVisible();
});

test('D8 what would be deleted is said before it is saved, and what is saved is there again', async ({
  desk,
}) => {
  const { page } = desk;
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Journal' }).click();
  const preview = page.getByRole('status', { name: 'What would be deleted now' });
  const kept = page.locator('section', { has: page.getByRole('heading', { name: 'What is kept' }) });
  const save = kept.getByRole('button', { name: 'Save', exact: true });
  await expect(preview).toHaveText('Nothing would be deleted now.');
  await expect(save).toBeDisabled();

  const days = page.getByRole('textbox', { name: 'Keep entries for' });
  await days.fill('0');
  await expect(page.getByText('Type a whole number from 1 to 36,500.')).toBeVisible();
  await days.fill('30');
  await expect(preview).toHaveText('Nothing would be deleted now.');
  await page.getByRole('switch', { name: 'Keep decisions for: on or off' }).click();
  await save.click();
  await expect(save).toBeDisabled();
  expect((await ask(page, 'settings.get', {})).retention).toEqual({
    keepDays: 30,
    keepDecisionsDays: 3_650,
    maxSizeMb: 4_096,
  });
  await expect(days).toHaveValue('30');
});

test('an export that is cancelled, in the file dialog or behind it, writes nothing', async ({
  desk,
  dataFolder,
}) => {
  const { app, page } = desk;
  const dialog = await openExport(page);
  await app.evaluate(({ dialog: system }) => {
    system.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' });
  });
  await dialog.getByRole('button', { name: 'Choose a file and export' }).click();
  await expect(dialog.getByRole('status')).toHaveText('Cancelled. Nothing was written.');

  // This one stands open until the test says what was chosen.
  await app.evaluate(({ dialog: system }) => {
    system.showSaveDialog = () =>
      new Promise((resolve) => {
        Reflect.set(globalThis, 'choose', (filePath: string) => resolve({ canceled: false, filePath }));
      });
  });
  await dialog.getByRole('button', { name: 'Choose a file and export' }).click();
  await expect(dialog.getByRole('progressbar', { name: 'Export' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('button', { name: 'Cancelling' })).toBeDisabled();
  await app.evaluate(
    (_electron, path) => (Reflect.get(globalThis, 'choose') as (path: string) => void)(path),
    `${dataFolder}/late.ndjson`,
  );
  await expect(dialog.getByRole('status')).toHaveText('Cancelled. Nothing was written.');
  expect(readdirSync(dataFolder).filter((name) => name.includes('ndjson'))).toEqual([]);
});

test.describe('an export', () => {
  test.use({ savesUnasked: true });

  test('S5 of everything is whole, and its chain is checked from the file alone', async ({ desk }) => {
    const { page } = desk;
    const { path, entries } = await exportAs(page, 'NDJSON');
    expect(readFileSync(path, 'utf8')).toContain(TITLE);
    const head = await ask(page, 'journal.day-head', { beforeMs: Date.now() + DAY_MS });
    expect(head?.seq).toBeGreaterThanOrEqual(entries);
    expect(verify(path)).toContain(`Intact: ${entries} entries`);
  });

  test('takes the filter along, as JSON and as CSV', async ({ desk }) => {
    const { page } = desk;
    await page.getByRole('searchbox', { name: 'Words to look for' }).fill('solana');
    await expect(rows(page).first()).toContainText(/solana/i);
    const json = await exportAs(page, 'JSON', 'with the words “solana”');
    const found = JSON.parse(readFileSync(json.path, 'utf8')) as { summary: string; data: object }[];
    expect(found).toHaveLength(json.entries);
    expect(found.some(({ summary }) => summary.includes(TITLE))).toBe(true);

    // That export is an entry itself by now, and names the word that it looked for.
    const nowFound = () => ask(page, 'journal.search', { text: 'solana' });
    await expect.poll(async () => (await nowFound()).length).toBe(json.entries + 1);
    const csv = await exportAs(page, 'CSV', 'with the words “solana”');
    expect(csv.entries).toBe(json.entries + 1);
    expect(readFileSync(csv.path, 'utf8').split('\r\n')).toHaveLength(csv.entries + 2);
  });
});

const rows = (page: Page) =>
  page
    .getByRole('main')
    .getByRole('row')
    .filter({ hasNot: page.getByRole('columnheader') });

async function openExport(page: Page): Promise<Locator> {
  await page.getByRole('main').getByRole('button', { name: 'Export', exact: true }).click();
  return page.getByRole('dialog', { name: 'Export the journal' });
}

/** Exports what the filter lets through and reads from the window where to, and how many entries that were. */
async function exportAs(
  page: Page,
  format: string,
  words = 'Everything',
): Promise<{ path: string; entries: number }> {
  const dialog = await openExport(page);
  await expect(dialog).toContainText(words);
  await dialog.getByRole('radio', { name: format, exact: true }).click();
  await dialog.getByRole('button', { name: 'Choose a file and export' }).click();
  const done = dialog.getByRole('status');
  await expect(done).toContainText(/written/);
  const entries = Number(/^([\d,]+) entr/.exec((await done.textContent()) ?? '')?.[1]?.replaceAll(',', ''));
  const path = (await done.locator('code').textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Done' }).click();
  return { path, entries };
}

/** The check as a person runs it; throws where the chain does not hold. */
const verify = (path: string): string =>
  execFileSync(process.execPath, ['electron/journal/chain/cli.ts', 'verify', path], { encoding: 'utf8' });

/** Today as a date input takes it. */
function today(): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

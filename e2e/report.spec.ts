import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import type { JournalKind } from '../shared/domain/journal/journal.ts';
import { DAY_MS } from '../shared/time.ts';
import { expect, test } from './harness/desk-test.ts';
import type { RunningDesk } from './harness/launch.ts';
import { launchDesk } from './harness/launch.ts';
import { writePastValues } from './harness/past-values.ts';
import { steerPractice } from './harness/practice-control.ts';
import { ask } from './harness/window.ts';

const TITLE = 'Sell a little ether for the report';

test.use({ savesUnasked: true });
test.describe.configure({ timeout: 180_000 });

test('a report tells what happened, what was decided and when the desk was off, on screen and as a PDF', async ({
  startOptions,
}) => {
  const first = await launchDesk(startOptions);
  await liveThrough(first, startOptions.controlPort ?? 0);
  await first.close();

  const desk = await launchDesk(startOptions);
  try {
    const { page } = desk;
    await steerPractice(desk, startOptions.controlPort ?? 0);
    await page.getByRole('navigation').first().getByRole('button', { name: 'Portfolio' }).click();
    await page.getByRole('radio', { name: 'Report' }).click();
    const report = page.getByRole('article', { name: /^Report, / });
    await expect(report).toContainText('PRACTICE, no real money');
    await expect(report).toContainText(TITLE);
    await expect(report).toContainText('A thing that matters');
    await expect(report).toContainText(/1 critical|2 critical|1 high|2 high/);
    await expect(report.getByRole('row').filter({ hasText: /sell.*ETH/ })).not.toHaveCount(0);
    await expect(report).toContainText(/The desk was off from .* to .*/);
    expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);

    const { path, paper } = await savedPdf(desk);
    expect(paper).toContain(TITLE);
    const pdf = readFileSync(path);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const drawn = drawnOn(pdf);
    expect(drawn).toContain(' re\n');
    // The theme is dark, and a sheet of it would be too, margins and all.
    expect(drawn).not.toMatch(wholeSheetIn('(?!1 1 1)\\S+ \\S+ \\S+'));
    await expect(page.locator('.report-paper')).toHaveCount(0);

    await page.getByRole('radio', { name: 'Month' }).click();
    await expect(report).toContainText(TITLE);
    await page.getByRole('button', { name: 'The month before' }).click();
    await expect(report).toContainText('No trade was told in this time.');
    await expect(report).toContainText('the profit is not known');
  } finally {
    await desk.close();
  }
});

test('the profit of a day that is not over is the one that the portfolio tells of today', async ({
  startOptions,
}) => {
  const first = await launchDesk(startOptions);
  await first.close();
  writePastValues(startOptions.dataFolder, [{ atMs: Date.now() - 2 * DAY_MS, totalUsd: '200000' }]);
  const desk = await launchDesk(startOptions);
  try {
    const { page } = desk;
    const practice = await steerPractice(desk, startOptions.controlPort ?? 0);
    await page.getByRole('navigation').first().getByRole('button', { name: 'Portfolio' }).click();
    const main = page.getByRole('main');
    await practice.act('price', { symbol: 'BTC', price: 60_000 });
    await expect(main).toContainText('$60,000.00');
    const figure = (name: string) =>
      main.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) });
    await expect(figure('Today')).toContainText(/[-+]\$[1-9]/);
    const today = (await figure('Today').textContent())?.match(/[-+]\$[\d,.]+/)?.[0] ?? 'no figure';
    await page.getByRole('radio', { name: 'Report' }).click();
    await expect(figure('Profit')).toContainText(today);
  } finally {
    await desk.close();
  }
});

/** A proposal that is declined, an alert, and a trade. */
async function liveThrough(desk: RunningDesk, controlPort: number): Promise<void> {
  const { page } = desk;
  const practice = await steerPractice(desk, controlPort);
  const id = await practice.propose({ title: TITLE, symbol: 'ETH', side: 'sell', quantity: 0.01 });
  // It is told as it came and as it was decided only where the desk saw it wait.
  await expect.poll(() => journaled(page, 'approval', TITLE)).toBe(1);
  await practice.act('executed-elsewhere', { id });
  await practice.act('alert', { type: 'execution', severity: 'high', message: 'A thing that matters' });
  await expect.poll(() => journaled(page, 'approval', TITLE)).toBeGreaterThan(1);
  await expect.poll(() => journaled(page, 'alert', 'A thing that matters')).toBeGreaterThan(0);
  await expect.poll(() => journaled(page, 'trade', 'sell ETH')).toBeGreaterThan(0);
}

const journaled = async (page: Page, kind: JournalKind, text: string): Promise<number> =>
  (await ask(page, 'journal.search', { kinds: [kind], text })).length;

/** What a PDF draws, in its own language. */
function drawnOn(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/FlateDecode[^>]*>> stream\r?\n/g)]
    .map(({ index, 0: head }) => {
      const from = index + head.length;
      return inflateSync(pdf.subarray(from, text.indexOf('endstream', from))).toString('latin1');
    })
    .join('');
}

/** A filled A4 sheet of 96 dots an inch. */
const wholeSheetIn = (colour: string): RegExp =>
  new RegExp(`(?:^|\\n|RG )${colour} rg\\n(?:/\\w+ gs\\n)?0 0 79\\d 112\\d re\\n`);

/** Saves the PDF; answers where, and what was on paper when it was printed. */
async function savedPdf({ app, page }: RunningDesk): Promise<{ path: string; paper: string }> {
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows().find((window) => window.isVisible())?.webContents;
    if (contents === undefined) throw new Error('no window');
    const print = contents.printToPDF.bind(contents);
    contents.printToPDF = async (options) => {
      const paper: unknown = await contents.executeJavaScript(
        'document.querySelector(".report-paper")?.textContent',
      );
      Reflect.set(globalThis, 'paperOfTest', String(paper));
      return print(options);
    };
  });
  await page.getByRole('button', { name: 'Save as PDF' }).click();
  const told = page.getByText(/report-.*\.pdf$/);
  await expect(told).toBeVisible();
  const paper = await app.evaluate(() => String(Reflect.get(globalThis, 'paperOfTest')));
  return { path: (await told.textContent()) ?? '', paper };
}

import { readFileSync } from 'node:fs';

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import type { JournalKind } from '../shared/domain/journal/journal.ts';
import { expect, test } from './harness/desk-test.ts';
import type { RunningDesk } from './harness/launch.ts';
import { launchDesk } from './harness/launch.ts';
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
    expect(pdf.length).toBeGreaterThan(10_000);
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

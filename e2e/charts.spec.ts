import { join } from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { HOUR_MS } from '../shared/time.ts';
import { expect, test } from './harness/desk-test.ts';
import { downloadTo } from './harness/download.ts';
import type { RunningDesk } from './harness/launch.ts';
import { launchDesk } from './harness/launch.ts';
import { writePastValues } from './harness/past-values.ts';
import type { PracticeControl } from './harness/practice-control.ts';
import { steerPractice } from './harness/practice-control.ts';

test('a chart is walked along by keyboard, and each value is announced politely', async ({
  startOptions,
}) => {
  const first = await launchDesk(startOptions);
  await first.close();
  const nowMs = Date.now();
  writePastValues(startOptions.dataFolder, [
    { atMs: nowMs - 3 * HOUR_MS, totalUsd: '200000' },
    { atMs: nowMs - 2 * HOUR_MS, totalUsd: '201500.5' },
  ]);
  const desk = await launchDesk(startOptions);
  try {
    const { page } = desk;
    await openValue(desk, await steerPractice(desk, startOptions.controlPort ?? 0));
    const chart = page.getByRole('application', { name: 'Value over time' });
    const announced = page.getByRole('figure', { name: 'Value over time' }).getByRole('status');
    await chart.focus();
    await page.keyboard.press('End');
    await expect(announced).toHaveText(/, value \$[\d,]+\.\d\d/);
    await page.keyboard.press('Home');
    await expect(announced).toHaveText(/, value \$200,000\.00/);
    await page.keyboard.press('ArrowRight');
    await expect(announced).toHaveText(/, value \$201,500\.50/);
    await page.keyboard.press('Escape');
    await expect(announced).toHaveText('');
  } finally {
    await desk.close();
  }
});

test('behind a chart stands a table of the same data, which axe finds nothing wrong with', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await openValue(desk, practice);
  await page.getByRole('button', { name: 'Value over time as a table' }).click();
  const table = page.getByRole('table', { name: 'Value over time, as a table' });
  await expect(table.getByRole('columnheader')).toHaveText(['Time', 'Value', '']);
  await practice.act('price', { symbol: 'BTC', price: 61_000 });
  const newest = table.getByRole('row').nth(1);
  const before = await newest.textContent();
  await practice.act('price', { symbol: 'BTC', price: 62_000 });
  await expect(newest).not.toHaveText(before ?? '');
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Value over time as a table' }).click();
  await expect(page.getByRole('img', { name: /^Value over time, now/ })).toBeVisible();
});

test('what is drawn is saved as a PNG at the resolution of the screen, lines and rings alike', async ({
  desk,
  practice,
  dataFolder,
}) => {
  const { page } = desk;
  await openValue(desk, practice);
  for (const name of ['Value over time', 'Allocation']) {
    const path = join(dataFolder, `${name}.png`);
    const shown = await page.getByRole('figure', { name }).boundingBox();
    const ratio = await page.evaluate<number>('devicePixelRatio');
    const { width, height, colours } = await savedPicture(desk, name, path);
    expect(height).toBeGreaterThan(100 * ratio);
    if (name === 'Value over time')
      expect(width).toBeGreaterThanOrEqual(Math.floor((shown?.width ?? 0) * ratio));
    // A ground and nothing on it would be one colour.
    expect(colours).toBeGreaterThan(20);
  }
});

test('the calendar tells the profit of each day of the person, deposits apart, by keyboard too', async ({
  startOptions,
}) => {
  const first = await launchDesk(startOptions);
  await first.close();
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  // Days of the machine's time zone, as the desk's are.
  const day = (ago: number, hour: number): number =>
    new Date(midnight.getFullYear(), midnight.getMonth(), midnight.getDate() - ago, hour).getTime();
  writePastValues(startOptions.dataFolder, [
    { atMs: day(4, 12), totalUsd: '200000' },
    { atMs: day(3, 12), totalUsd: '201500.5' },
    { atMs: day(2, 9), totalUsd: '211000', depositUsd: '10000' },
    { atMs: day(1, 23), totalUsd: '210000' },
  ]);
  const desk = await launchDesk(startOptions);
  try {
    const { page } = desk;
    await steerPractice(desk, startOptions.controlPort ?? 0);
    await page.getByRole('navigation').first().getByRole('button', { name: 'Portfolio' }).click();
    await page.getByRole('radio', { name: 'Calendar' }).click();
    const back = async (ago: number): Promise<void> => {
      if (new Date(day(ago, 12)).getMonth() === midnight.getMonth()) return;
      await page.getByRole('button', { name: 'Month before' }).click();
    };
    await back(3);
    const cell = (ago: number) =>
      page.getByRole('gridcell', {
        name: new RegExp(`^${new Date(day(ago, 12)).toLocaleDateString('en-US', { dateStyle: 'medium' })},`),
      });
    await expect(cell(3)).toHaveAccessibleName(/, \+\$1,500\.50$/);
    // 211,000 of which 10,000 were put in: half a dollar less than the day before.
    await expect(cell(2)).toHaveAccessibleName(/, -\$500\.50, \$10,000\.00 deposited$/);
    await expect(cell(1)).toHaveAccessibleName(/, -\$1,000\.00$/);
    await cell(3).focus();
    await page.keyboard.press('ArrowRight');
    await expect(cell(2)).toBeFocused();
    expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
    await page.getByRole('radio', { name: 'Drawdown' }).click();
    await page.getByRole('radio', { name: '7 d' }).click();
    await expect(page.getByRole('main')).toContainText(/Deepest.*from.*to/);
  } finally {
    await desk.close();
  }
});

async function openValue({ page }: RunningDesk, practice: PracticeControl): Promise<void> {
  await practice.state();
  await page.getByRole('navigation').first().getByRole('button', { name: 'Portfolio' }).click();
  for (const price of [60_000, 64_000, 63_000]) {
    await practice.act('price', { symbol: 'BTC', price });
    await expect(holding(page, 'BTC')).toContainText(`$${price / 1_000},000.00`);
  }
  await expect(page.getByRole('application', { name: 'Value over time' })).toBeVisible();
}

/** Saves the picture of a chart without the system's dialog; answers its size and how many colours it has. */
async function savedPicture(
  { app, page }: RunningDesk,
  name: string,
  path: string,
): Promise<{ width: number; height: number; colours: number }> {
  await downloadTo(app, path, () =>
    page.getByRole('button', { name: `Save ${name} as a PNG picture` }).click(),
  );
  return app.evaluate(({ nativeImage }, file) => {
    const image = nativeImage.createFromPath(file);
    const pixels = image.toBitmap();
    const colours = new Set<number>();
    for (let at = 0; at < pixels.length; at += 4) colours.add(pixels.readUInt32LE(at));
    return { ...image.getSize(), colours: colours.size };
  }, path);
}

const holding = (page: Page, asset: string) =>
  page
    .getByRole('main')
    .getByRole('table', { name: 'Holdings' })
    .getByRole('row')
    .filter({ has: page.getByText(asset, { exact: true }) });

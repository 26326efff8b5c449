import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

test.beforeEach(async ({ desk, practice }) => {
  await practice.state();
  await desk.page.getByRole('navigation').first().getByRole('button', { name: 'Market' }).click();
  await expect(quoteRow(desk.page, 'ETH')).toBeVisible();
});

test('a price that changes moves its row in place', async ({ desk, practice }) => {
  const { page } = desk;
  const row = quoteRow(page, 'BTC');
  await row.evaluate((node: object) => Reflect.set(node, 'sameRow', true));
  await practice.act('price', { symbol: 'BTC', price: 71_234.5 });
  await expect(row).toContainText('$71,234.50');
  expect(await row.evaluate((node: object) => Reflect.get(node, 'sameRow') as unknown)).toBe(true);
  await expect(row).not.toContainText('stale');
});

test('the market at a glance: what rose and fell, which most, and the mood with its age', async ({
  desk,
}) => {
  const { page } = desk;
  const overview = page.getByRole('region', { name: 'Overview' });
  await expect(overview).toContainText(/In 24 h \d+ rose and \d+ fell/);
  await expect(overview).toContainText(/Fear and greed \d+ \/ 100/);
  const folder = process.env.QUARTERDECK_PICTURES;
  if (folder !== undefined)
    for (const theme of ['dark', 'light'] as const)
      for (const width of [900, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
        await page.screenshot({ path: `${folder}/market-overview-${theme}-${width}.png` });
      }
  const mover = overview.getByRole('button').first();
  const symbol = /^Most \w+ (\S+)/.exec((await mover.innerText()).replace(/\s+/g, ' '))?.[1] ?? '';
  await mover.press('Enter');
  await expect(chart(page)).toHaveAccessibleName(new RegExp(`for ${symbol}`));
});

test('candles are drawn from what was received and say since when', async ({ desk }) => {
  const { page } = desk;
  await quoteRow(page, 'ETH').click();
  await expect(chart(page)).toHaveAccessibleName(
    /^Candles of 1 minute for ETH.* \d+ of them, the last at \$/,
  );
  await expect(
    page.getByText(/Made from .* received since .*; times without prices are left empty/),
  ).toBeVisible();

  await page.getByRole('radio', { name: '1h' }).click();
  await expect(chart(page)).toHaveAccessibleName(/^Candles of 1 hour for ETH/);
});

test('the price and the time frame that were looked at are there again after another place', async ({
  desk,
}) => {
  const { page } = desk;
  await quoteRow(page, 'ETH').click();
  await page.getByRole('radio', { name: '5m', exact: true }).click();
  await expect(chart(page)).toHaveAccessibleName(/^Candles of 5 minutes for ETH/);
  await quoteRow(page, 'SOL').click();
  await expect(chart(page)).toHaveAccessibleName(/^Candles of 5 minutes for SOL/);
  const goTo = (place: string) =>
    page.getByRole('navigation').first().getByRole('button', { name: place }).click();
  await goTo('Alerts');
  await expect(chart(page)).toHaveCount(0);
  await goTo('Market');
  await expect(chart(page)).toHaveAccessibleName(/^Candles of 5 minutes for SOL/);
});

test('a trade of the practice desk is a mark on its candle and a row', async ({ desk, practice }) => {
  const { page } = desk;
  await quoteRow(page, 'ETH').click();
  await expect(chart(page)).toHaveAccessibleName(/no marks$/);
  const id = await practice.propose({ title: 'Sell a little', symbol: 'ETH', side: 'sell', quantity: 0.01 });
  await practice.act('executed-elsewhere', { id });

  await expect(chart(page)).toHaveAccessibleName(/1 mark for trades, alerts, patterns and predictions$/);
  await page.getByRole('tab', { name: /Trades/ }).click();
  const row = page.getByRole('table', { name: 'Trades' }).getByRole('row', { name: /ETH/ });
  await expect(row).toContainText(/Sell.*0\.01/i);
});

test('a prediction says how it stands, here and with the models, and a pattern its levels', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  const symbol = await symbolOf(page, 'ETH');
  const scorable = { symbol, direction: 'up', confidence: 0.72, horizon_minutes: 15, predicted_price: 2_500 };
  await practice.act('market-hub-tell', { type: 'ml_prediction', data: { model: 'momentum', ...scorable } });
  await practice.act('market-hub-tell', {
    type: 'ml_prediction',
    data: { model: 'vague', symbol, direction: 'down', confidence: 0.5 },
  });
  const predictions = page.getByRole('table', { name: 'Predictions' });
  await expect(predictions.getByRole('row', { name: /72%/ })).toContainText(/Up.*Open, due in/);
  await expect(predictions.getByRole('row', { name: /50%/ })).toContainText(
    /Down.*Cannot be scored: .*horizon/,
  );

  const levels = { entry_price: 2_100, exit_price: 2_350, stop_price: 2_020 };
  await practice.act('market-hub-tell', {
    type: 'pattern_detected',
    data: { pattern: 'Double bottom', symbol, confidence: 0.8, ...levels },
  });
  await page.getByRole('tab', { name: /Patterns/ }).click();
  const row = page.getByRole('table', { name: 'Patterns' }).getByRole('row', { name: /Double bottom/ });
  await expect(row).toContainText(/\$2,100\.00.*\$2,350\.00.*\$2,020\.00/);
  await quoteRow(page, 'ETH').click();
  await expect(chart(page)).toHaveAccessibleName(
    /levels of Double bottom .*: entry \$2,100\.00, exit \$2,350\.00, stop \$2,020\.00$/,
  );

  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Models' }).click();
  await expect(predictions.getByRole('row', { name: /72%/ })).toContainText(/Up.*Open, due in/);
  await expect(predictions.getByRole('row', { name: /50%/ })).toContainText('Cannot be scored');
});

test('a futures price has its funding and open interest beside it, and all of them in a table', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  const tell = (event: string, payload: object): Promise<unknown> =>
    practice.act('volspike-tell', { event, payload });
  await tell('market-update', [{ symbol: 'ZZZUSDT', price: 0.00012345, fundingRate: -0.000125 }]);
  await tell('open-interest-update', { symbol: 'ZZZUSDT', openInterest: 1e10, openInterestUsd: 1_234_500 });
  await page.getByRole('searchbox', { name: 'Symbol in the watch list' }).fill('zzz');
  const row = page.getByRole('table', { name: 'Watch list' }).getByRole('row', { name: /^ZZZUSDT/ });
  await row.click();
  const panel = page.locator('section').filter({ has: page.getByRole('heading', { name: /^ZZZUSDT/ }) });
  await expect(panel).toContainText('Funding -0.0125%');
  await expect(panel).toContainText('Open interest $1.2M');
  await page.getByRole('tab', { name: /Futures/ }).click();
  await expect(
    page.getByRole('table', { name: 'Futures' }).getByRole('row', { name: /^ZZZUSDT/ }),
  ).toContainText(/-0\.0125%.*\$1\.2M.*10,000,000,000/);
});

test('D4 without its server every price is drawn as stale, until a new one comes', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  // Those of the hub: other kinds tell a price only when it moves, and on a quiet desk none does.
  const rows = page.getByRole('table', { name: 'Watch list' }).getByRole('row', { name: /^\w+-USD/ });
  const told = page.getByRole('status').filter({ hasText: 'This is the last price' });
  await practice.kill();
  // At one moment, since the server is soon started again.
  await expect
    .poll(async () => (await rows.evaluateAll(areStale)) && (await told.isVisible()), { intervals: [50] })
    .toBe(true);

  await expect(rows.filter({ hasText: 'stale' })).toHaveCount(0, { timeout: 60_000 });
});

const areStale = (rows: readonly { textContent: string | null }[]): boolean =>
  rows.length > 0 && rows.every(({ textContent }) => textContent?.includes('stale') === true);

/** The row of an asset as the practice market writes it, with a hyphen; other backends write theirs otherwise. */
const quoteRow = (page: Page, asset: string) =>
  page.getByRole('table', { name: 'Watch list' }).getByRole('row', { name: new RegExp(`^${asset}-`) });

const chart = (page: Page) => page.getByRole('main').getByRole('img', { name: /^Candles/ });

async function symbolOf(page: Page, asset: string): Promise<string> {
  const { slices } = await ask(page, 'desk.snapshot', {});
  const ofHub = slices.quotes.find(
    ([, quote]) => quote.asset === asset && quote.backendId === 'practice-market-hub',
  );
  return ofHub?.[1].id ?? asset;
}

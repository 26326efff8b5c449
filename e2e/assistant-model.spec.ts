import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import type { ModelServer } from '../electron/assistant/testing/model-server.ts';
import {
  beginStream,
  calls,
  endStream,
  says,
  sendText,
  startModelServer,
} from '../electron/assistant/testing/model-server.ts';
import { expect, test } from './harness/desk-test.ts';

let server: ModelServer;
test.beforeEach(async ({ desk, practice }) => {
  await practice.state();
  server = await startModelServer();
  await setUpModel(desk.page, server.address);
});
test.afterEach(() => server.close());

test('a model is set up, says once who receives what, reads, and cites what opens in the window', async ({
  desk,
}) => {
  const { page } = desk;
  await open(page, 'Assistant');
  server.play(
    calls({ name: 'read_portfolio', args: {} }, { name: 'read_approvals', args: {} }),
    says(
      'Most of it is in **BTC**.\n\n| Asset | Value |\n|---|--:|\n| BTC | $25,000 |\n\nSee [the docs](https://example.com/docs?a=1).',
    ),
  );
  await ask(page, 'Where is most of my risk right now?');
  await expect(page.getByRole('dialog')).toContainText('It is never sent');
  // The test of the address asked once; nothing else has.
  expect(server.asked.filter(({ path }) => path.endsWith('completions'))).toHaveLength(1);
  await page.getByRole('button', { name: 'Understood, ask' }).click();

  const answer = page.getByRole('article', { name: 'test-model' });
  await expect(answer.getByRole('table')).toContainText('$25,000');
  await expect(answer.getByRole('button', { name: /holding/ })).toBeVisible();
  await expect(page.locator('header').filter({ hasText: 'tokens in' })).toContainText(
    '240 tokens in, 60 out',
  );

  await answer.getByRole('button', { name: /the docs/ }).click();
  await expect(page.getByRole('dialog')).toContainText('https://example.com/docs?a=1');
  await page.getByRole('button', { name: 'Stay here' }).click();
  await picture(page, 'assistant-answer');

  await answer.getByRole('button', { name: /holding/ }).click();
  await answer.getByRole('listitem').first().getByRole('button').click();
  await expect(page.getByRole('heading', { name: 'Assistant' })).toHaveCount(0);
});

test('S8 a proposal is a card: nothing is decided before the click, and the door decides then', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  await open(page, 'Assistant');
  server.play(
    calls({
      name: 'propose_decision',
      args: { key: `practice/${id}`, decision: 'decline', reason: 'It repeats an older one.' },
    }),
    says('A card is below.'),
  );
  await ask(page, 'Propose what to do with the newest proposal');
  await page.getByRole('button', { name: 'Understood, ask' }).click();
  const answer = page.getByRole('article', { name: 'test-model' });
  await expect(answer.getByRole('button', { name: 'Decline' })).toBeVisible();
  await picture(page, 'assistant-card');
  await answer.getByRole('button', { name: 'Decline' }).click();
  await expect(answer).toContainText('It was declined.');
});

test('a 3,000-line answer: what is closed is not touched again, and scrolling up is left alone', async ({
  desk,
}) => {
  const { page } = desk;
  await open(page, 'Assistant');
  let more = (_lines: number): void => {};
  let end = (): void => {};
  server.play((response) => {
    let line = 0;
    beginStream(response);
    more = (lines) => {
      for (const last = line + lines; line < last; line += 1)
        sendText(response, `Line **${line}** of the answer.\n\n`);
    };
    end = () => endStream(response);
  });
  await ask(page, 'Tell me a long story');
  await page.getByRole('button', { name: 'Understood, ask' }).click();
  await expect.poll(() => server.asked.filter(({ path }) => path.endsWith('completions')).length).toBe(2);
  more(300);
  await expect(page.getByText('Line 299 of the answer.')).toBeAttached();
  await page.evaluate(WATCH_CLOSED);
  for (let round = 0; round < 27; round += 1) {
    more(100);
    await expect(page.getByText(`Line ${399 + round * 100} of the answer.`)).toBeAttached();
  }
  expect(await page.evaluate('globalThis.touchedClosed')).toBe(0);
  const log = page.getByRole('log');
  const scrolled = (): Promise<number> => page.evaluate<number>(SCROLLED);
  const bottom = await scrolled();
  await log.hover();
  await page.mouse.wheel(0, -20_000);
  await expect.poll(scrolled).toBeLessThan(bottom - 10_000);
  end();
  await expect(page.getByRole('button', { name: 'Copy the answer' })).toBeAttached();
  expect(await scrolled()).toBeLessThan(bottom - 10_000);
});

const SCROLLED = "document.querySelector('[role=log]').scrollTop";

/** Runs in the window: counts changes within blocks that were closed when it began. */
const WATCH_CLOSED = `(() => {
  globalThis.touchedClosed = 0;
  const blocks = [...document.querySelectorAll('article[aria-label="test-model"] .selectable.flex > div')].slice(0, -2);
  const observer = new MutationObserver((records) => { globalThis.touchedClosed += records.length; });
  for (const block of blocks) observer.observe(block, { subtree: true, childList: true, characterData: true, attributes: true });
})()`;

async function setUpModel(page: Page, address: string): Promise<void> {
  await open(page, 'Settings');
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Assistant' }).click();
  await page.getByRole('textbox', { name: 'Address' }).fill(address);
  await page.getByRole('combobox', { name: 'Model' }).fill('test-model');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByText('Everything that was tried works.')).toBeVisible();
  await picture(page, 'settings-assistant');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('switch', { name: 'Ask a language model' })).toBeChecked();
}

const open = (page: Page, place: string): Promise<void> =>
  page.getByRole('navigation').first().getByRole('button', { name: place }).click();

async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Ask test-model' }).fill(question);
  await page.keyboard.press('Enter');
}

/** For whoever looks: dark and light, wide and narrow, where a folder is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.QUARTERDECK_PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const [theme, width] of [
    ['dark', 1440],
    ['light', 900],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`) });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

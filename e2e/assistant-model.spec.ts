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
import { lookAtOpen } from './harness/layers.ts';
import { ask as askDesk } from './harness/window.ts';

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
  expect(await lookAtOpen(page, 'a link from the assistant')).toEqual([]);
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

test('100 tokens a second into a 200 kB answer: one commit a frame, no long task a token, and typing and scrolling go on', async ({
  desk,
}) => {
  const { page } = desk;
  await open(page, 'Assistant');
  let more = (_text: string): void => {};
  let end = (): void => {};
  server.play((response) => {
    beginStream(response);
    more = (text) => sendText(response, text);
    end = () => endStream(response);
  });
  await ask(page, 'Tell me a long story');
  await page.getByRole('button', { name: 'Understood, ask' }).click();
  await expect.poll(() => server.asked.filter(({ path }) => path.endsWith('completions')).length).toBe(2);
  const paragraph = `${'A sentence of an answer with **some** weight. '.repeat(20)}\n\n`;
  for (let length = 0; length < 200_000; length += paragraph.length) more(paragraph);
  more('The long part ends here.\n\n');
  await expect(page.getByText('The long part ends here.')).toBeAttached();

  await page.evaluate(COUNT_COMMITS);
  const composer = page.getByRole('textbox', { name: 'Ask test-model' });
  await composer.focus();
  const tokens = 300;
  const stream = new Promise<void>((resolve) => {
    let sent = 0;
    const timer = setInterval(() => {
      sent += 1;
      more(sent === tokens ? ' The stream ends here.' : ` token${sent}`);
      if (sent < tokens) return;
      clearInterval(timer);
      resolve();
    }, 10);
  });
  const typed = 'typed while the answer arrives, letter by letter';
  await page.keyboard.type(typed);
  await page.getByRole('log').hover();
  await page.mouse.wheel(0, -5_000);
  await stream;
  await expect(page.getByText('The stream ends here.')).toBeAttached();
  await expect(composer).toHaveValue(typed);
  const counted = await page.evaluate<Counted>('globalThis.counted()');
  test.info().annotations.push({ type: 'counts', description: JSON.stringify(counted) });
  // Fewer messages than tokens: the main process gathers. No more commits than frames: the window draws once a frame.
  expect(counted.messages).toBeGreaterThan(0);
  expect(counted.messages).toBeLessThan(tokens * 0.9);
  expect(counted.mostCommitsInAFrame).toBe(1);
  expect(counted.commits).toBeLessThanOrEqual(counted.frames);
  // What costs more with a longer answer would make each commit a long task.
  expect(counted.longTasks).toBeLessThan(counted.commits / 4);
  end();
});

interface Counted {
  messages: number;
  frames: number;
  commits: number;
  mostCommitsInAFrame: number;
  longTasks: number;
}

/** Runs in the window: counts messages, frames, commits that change the answer, and tasks of more than 50 ms. */
const COUNT_COMMITS = `(() => {
  const counts = { messages: 0, frames: 0, commits: 0, mostCommitsInAFrame: 0, longTasks: 0 };
  let inFrame = 0;
  globalThis.quarterdeck.on('assistant.event', (event) => { if (event.kind === 'text') counts.messages += 1; });
  const answer = document.querySelector('article[aria-label="test-model"] .selectable.flex');
  // One call a commit: the observer is told when the work that changed something is done.
  const observer = new MutationObserver(() => {
    counts.commits += 1;
    inFrame += 1;
    counts.mostCommitsInAFrame = Math.max(counts.mostCommitsInAFrame, inFrame);
  });
  observer.observe(answer, { subtree: true, childList: true, characterData: true });
  const tasks = new PerformanceObserver((list) => { counts.longTasks += list.getEntries().length; });
  tasks.observe({ type: 'longtask' });
  const frame = () => { counts.frames += 1; inFrame = 0; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  globalThis.counted = () => counts;
})()`;

test('S8 cards to mute and for a price alert change nothing before the click, and then just that', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.act('alert', { type: 'chatter', severity: 'info', message: 'Nothing much' });
  await open(page, 'Assistant');
  server.play(
    calls(
      {
        name: 'propose_mute',
        args: { backendId: 'practice', kind: 'chatter', muted: true, reason: 'It says **little**.' },
      },
      {
        name: 'propose_price_alert',
        args: {
          symbol: 'BTC',
          condition: { kind: 'below', price: '50000' },
          reason: '![x](https://evil.example/p.png) You asked.',
        },
      },
      { name: 'read_approvals', args: {} },
    ),
    says('Two cards are below.'),
  );
  await ask(page, 'Less noise please, and tell me when bitcoin falls');
  await page.getByRole('button', { name: 'Understood, ask' }).click();
  const answer = page.getByRole('article', { name: 'test-model' });
  await expect(answer.getByRole('region', { name: /Proposes to mute/ })).toContainText('critical is told');
  await picture(page, 'assistant-attention-cards');
  // What was looked for and not found is said, and is no button that does nothing.
  await expect(answer.getByText('no proposals')).toBeVisible();
  await expect(answer.getByRole('button', { name: 'no proposals' })).toHaveCount(0);
  const now = () => askDesk(page, 'settings.get', {});
  expect((await now()).attentionPolicy.mutedKinds).toEqual([]);
  await answer.getByRole('button', { name: 'Mute it' }).click();
  await expect(answer).toContainText('You muted it.');
  expect((await now()).attentionPolicy.mutedKinds).toEqual([
    { backendId: 'practice', kind: 'chatter', withCritical: false },
  ]);
  await answer.getByRole('button', { name: 'Set it' }).click();
  await expect(answer).toContainText('You set it.');
  const { slices } = await askDesk(page, 'desk.snapshot', {});
  expect(slices.priceAlerts.map(([, { symbol, practice: only }]) => [symbol, only])).toEqual([['BTC', true]]);
});

test('an answer is repeated, a question edited and branched, and both are found by a word', async ({
  desk,
}) => {
  const { page } = desk;
  await open(page, 'Assistant');
  server.play(says('The first answer.'), says('The second answer.'), says('About zebras.'));
  await ask(page, 'What about horses?');
  await page.getByRole('button', { name: 'Understood, ask' }).click();
  await expect(page.getByText('The first answer.')).toBeVisible();
  await page.getByRole('button', { name: 'Ask again', exact: true }).click();
  await expect(page.getByText('The second answer.')).toBeVisible();
  await expect(page.getByText('The first answer.')).toHaveCount(0);
  await page.getByRole('button', { name: 'The one before' }).click();
  await expect(page.getByText('The first answer.')).toBeVisible();

  await page.getByRole('button', { name: 'Edit and ask again' }).click();
  await page.getByRole('textbox', { name: 'The question' }).fill('What about zebras?');
  await page.keyboard.press('Enter');
  await expect(page.getByText('About zebras.')).toBeVisible();
  await page.getByRole('button', { name: 'The one before' }).click();
  await expect(page.getByText('The second answer.')).toBeVisible();

  const rail = page.getByRole('complementary', { name: 'Conversations' });
  await rail.getByRole('searchbox').fill('zebras');
  await expect(rail.getByText('About zebras.')).toBeVisible();
  await rail.getByRole('searchbox').fill('unicorns');
  await expect(rail.getByText('About zebras.')).toHaveCount(0);
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

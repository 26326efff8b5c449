import { openConversations } from '../electron/assistant/conversations/store.ts';
import { createSystemClock } from '../electron/lib/clock.ts';
import { silentLogger } from '../electron/lib/logger.ts';
import { expect, test } from './harness/desk-test.ts';
import { launchDesk } from './harness/launch.ts';

const MESSAGES = 10_000;
/** Far more than fits into a window, and far less than there are. */
const MOST_MOUNTED = 60;

test('a conversation of 10,000 messages mounts only what is in sight, at its end, in its middle and at its beginning', async ({
  dataFolder,
  startOptions,
}) => {
  writeConversation(dataFolder);
  const desk = await launchDesk(startOptions);
  const { page } = desk;
  await expect(page.getByRole('button', { name: 'Total value' })).toBeVisible();
  await page.keyboard.press('Control+9');
  await page
    .getByRole('complementary', { name: 'Conversations' })
    .getByRole('button', { name: /A long talk/ })
    .first()
    .click();
  const articles = page.getByRole('log').getByRole('article');
  await expect(page.getByText(`Message ${MESSAGES - 1} of many.`)).toBeVisible();
  expect(await articles.count()).toBeLessThan(MOST_MOUNTED);

  await page.getByRole('log').hover();
  await page.mouse.wheel(0, -200_000);
  await expect(page.getByText(`Message ${MESSAGES - 1} of many.`)).toHaveCount(0);
  expect(await articles.count()).toBeLessThan(MOST_MOUNTED);
  await page.getByRole('log').focus();
  await page.keyboard.press('Home');
  await expect(page.getByText('Message 0 of many.')).toBeVisible();
  expect(await articles.count()).toBeLessThan(MOST_MOUNTED);

  // What a search finds in the middle is what it opens at.
  const rail = page.getByRole('complementary', { name: 'Conversations' });
  await rail.getByRole('searchbox').fill('4321');
  // Before it is found, the row stands there too.
  await rail
    .getByRole('button', { name: /A long talk/ })
    .filter({ hasText: '4321' })
    .first()
    .click();
  const found = page.locator('[role=log] [aria-current=true]');
  await expect(found).toContainText('Message 4321 of many.');
  await expect(found).toBeInViewport();
  expect(await articles.count()).toBeLessThan(MOST_MOUNTED);

  // Typing draws no message again.
  await page.evaluate(WATCH_LOG);
  await page.getByRole('textbox', { name: /^Ask/ }).focus();
  await page.keyboard.type('typed below ten thousand messages');
  expect(await page.evaluate('globalThis.touched')).toBe(0);
  await desk.close();
});

/** Runs in the window: counts changes within the messages from now on. */
const WATCH_LOG = `(() => {
  globalThis.touched = 0;
  const observer = new MutationObserver((records) => { globalThis.touched += records.length; });
  for (const article of document.querySelectorAll('[role=log] article'))
    observer.observe(article, { subtree: true, childList: true, characterData: true, attributes: true });
})()`;

/** As the desk itself would have kept it. */
function writeConversation(folder: string): void {
  const clock = createSystemClock();
  const store = openConversations({ folder, clock, log: silentLogger });
  const atMs = clock.now();
  const idOf = (index: number): string => `turn-${index}`;
  store.save({
    id: 'conversation-long',
    title: 'A long talk',
    answerer: { kind: 'backend', backendId: 'practice' },
    createdAtMs: atMs,
    updatedAtMs: atMs,
    headId: idOf(MESSAGES - 1),
  });
  for (let index = 0; index < MESSAGES; index += 1)
    store.saveTurn('conversation-long', {
      id: idOf(index),
      parentId: index === 0 ? null : idOf(index - 1),
      role: index % 2 === 0 ? 'user' : 'assistant',
      content: `Message ${index} of many.`,
      atMs,
      end: 'complete',
      trouble: null,
      by: index % 2 === 0 ? '' : 'Practice desk',
      citations: [],
      proposals: [],
      usage: null,
    });
  store.close();
}

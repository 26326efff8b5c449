import { readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import { downloadTo } from './harness/download.ts';

test.beforeEach(async ({ desk, practice }) => {
  await practice.state();
  await desk.page.getByRole('navigation').first().getByRole('button', { name: 'Assistant' }).click();
});

test('the analyst answers piece by piece, to the end', async ({ desk }) => {
  const { page } = desk;
  const lengths = await watchAnswer(page);
  await askAnalyst(page, 'Where is most of my risk right now?');
  const answer = page.getByRole('article', { name: 'Practice desk' });
  await expect(answer.getByRole('button', { name: 'Copy the answer' })).toBeVisible();
  await expect(answer).not.toContainText('incomplete');
  const seen = await lengths();
  expect(new Set(seen).size).toBeGreaterThan(3);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('stopping keeps what arrived and says that it is incomplete', async ({ desk }) => {
  const { page } = desk;
  await askAnalyst(page, 'What happened in the last hour?');
  const answer = page.getByRole('article', { name: 'Practice desk' });
  await expect(answer.locator('p').nth(1)).toContainText(/\w/);
  const before = await answer.locator('p').nth(1).innerText();
  await page.keyboard.press('Escape');
  await expect(answer).toContainText('This answer is incomplete. You stopped it.');
  expect(await answer.innerText()).toContain(before.slice(0, 10));
});

test('an error in the middle is said, keeps what came, and can be asked again', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.act('chat-failure', { afterTokens: 5, message: 'the model went away' });
  await askAnalyst(page, 'What would you watch today?');
  const answer = page.getByRole('article', { name: 'Practice desk' });
  await expect(answer.getByRole('alert')).toContainText('This answer is incomplete.');
  await expect(answer.getByRole('alert')).toContainText('the model went away');

  await answer.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.getByRole('article', { name: 'Practice desk' }).getByRole('alert')).toHaveCount(0);
  await expect(answer.getByRole('button', { name: 'Copy the answer' })).toBeVisible();
});

test('a conversation is saved as markdown, with both sides of it', async ({ desk, dataFolder }) => {
  const { app, page } = desk;
  await askAnalyst(page, 'Where is most of my risk right now?');
  await expect(page.getByRole('button', { name: 'Copy the answer' })).toBeVisible();
  const path = `${dataFolder}/conversation.md`;
  await downloadTo(app, path, async () => {
    await page.getByRole('button', { name: 'Save this conversation' }).click();
    await page.getByRole('menuitem', { name: 'Save as Markdown' }).click();
  });
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('Where is most of my risk right now?');
  expect(text).toContain('Practice desk');
});

async function askAnalyst(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Ask Practice desk' }).fill(question);
  await page.keyboard.press('Enter');
}

/** Runs in the window: notes how long the answer is at each drawing. */
const WATCH_ANSWER = `(() => {
  const lengths = [];
  globalThis.answerLengths = lengths;
  const look = () => {
    const text = document.querySelector('article[aria-label="Practice desk"]')?.textContent ?? '';
    const isStreaming = text.includes('answering') && !text.includes('Thinking');
    if (isStreaming && text.length !== lengths.at(-1)) lengths.push(text.length);
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
})()`;

async function watchAnswer(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(WATCH_ANSWER);
  return () => page.evaluate<number[]>('answerLengths');
}

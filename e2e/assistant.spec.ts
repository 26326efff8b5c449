import { expect, test } from './harness/desk-test.ts';

test('the practice analyst answers in a stream, from the desk as it is', async ({ desk, practice }) => {
  const { page } = desk;
  await practice.state();
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Assistant' }).click();
  const question = page.getByRole('textbox', { name: 'Ask Practice desk' });
  await question.fill('What is my portfolio worth?');
  await question.press('Enter');
  const conversation = page.getByRole('log', { name: 'Conversation with Practice desk' });
  await expect(conversation.getByRole('article', { name: 'Practice desk' })).toContainText(/\$[\d,]+/);
});

test('an answer that breaks off is said to be broken off, never shown as whole', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.act('chat-failure', { afterTokens: 3, message: 'the model went away' });
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Assistant' }).click();
  const question = page.getByRole('textbox', { name: 'Ask Practice desk' });
  await question.fill('Why was the last trade proposed?');
  await question.press('Enter');
  const conversation = page.getByRole('log', { name: 'Conversation with Practice desk' });
  await expect(conversation.getByRole('alert')).toContainText('the model went away');
});

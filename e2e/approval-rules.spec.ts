import type { Page } from '@playwright/test';

import { openApprovals } from './harness/approvals.ts';
import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

test('A7 a rule decides what it says, shows in the history, and off is off', async ({ desk, practice }) => {
  const { page } = desk;
  await writeRule(page, { name: 'Small ether', decision: 'approve', instruments: ['ETH'] });
  const byRule = await practice.propose({ title: 'Buy ether by rule', symbol: 'ETH', quantity: 0.01 });
  await expect.poll(() => practice.statusOf(byRule)).toBe('approved');

  await openApprovals(page);
  await page.getByRole('tab', { name: 'Decided' }).click();
  const decisions = page.getByRole('table', { name: 'Decisions' });
  await expect(decisions.getByText('Rule "Small ether"')).toBeVisible();
  await page.getByRole('tab', { name: /^Rules/ }).click();
  await page.getByRole('switch', { name: 'Rule Small ether' }).click();
  await expect(page.getByRole('switch', { name: 'Rule Small ether' })).not.toBeChecked();

  const left = await practice.propose({ title: 'Buy ether without it', symbol: 'ETH', quantity: 0.02 });
  // A second rule decides what comes after it: by then the first would have decided, too.
  await writeRule(page, { name: 'No solana', decision: 'decline', instruments: ['SOL'] });
  const declined = await practice.propose({ title: 'Buy solana', symbol: 'SOL', quantity: 0.1 });
  await expect.poll(() => practice.statusOf(declined)).toBe('declined');
  expect(await practice.statusOf(left)).toBe('pending');
  const entries = await ask(page, 'journal.search', { text: 'No solana', kinds: ['command'] });
  expect(entries.some(({ summary }) => summary.includes('asked from rule "No solana" (Decline'))).toBe(true);
});

test('A7 a rule is written in the window, tried on what was, kept off, and switched on by hand', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  const before = await practice.propose({
    title: 'Sell ether before',
    symbol: 'ETH',
    side: 'sell',
    quantity: 0.01,
  });
  await openApprovals(page);
  await page.getByRole('tab', { name: /^Rules/ }).click();
  await page.getByRole('button', { name: 'Write a rule' }).click();
  const form = page.getByRole('dialog', { name: 'A new rule' });
  await form.getByRole('textbox', { name: 'Name' }).fill('No selling');
  await form.getByRole('button', { name: 'Sell', exact: true }).click();
  await form.getByRole('button', { name: /^Try it on the last/ }).click();
  await expect(form).toContainText('Of 1 it would have decided 1 and left 0 to you; 0 it is not meant for.');
  await form.getByRole('button', { name: 'Keep it, switched off' }).click();
  const on = page.getByRole('switch', { name: 'Rule No selling' });
  await expect(on).not.toBeChecked();
  await on.click();
  await expect(on).toBeChecked();
  const after = await practice.propose({
    title: 'Sell ether after',
    symbol: 'ETH',
    side: 'sell',
    quantity: 0.02,
  });
  await expect.poll(() => practice.statusOf(after)).toBe('declined');
  expect(await practice.statusOf(before)).toBe('pending');
  await page.getByRole('button', { name: 'Change No selling' }).click();
  await page.getByRole('button', { name: 'Keep it, switched off' }).click();
  await expect(on).not.toBeChecked();
});

test('A7 a rule leaves to the person what a soft limit asks about', async ({ desk, practice }) => {
  const { page } = desk;
  await ask(page, 'settings.change', { limits: { softValueUsd: '1' } });
  await writeRule(page, { name: 'Small ether', decision: 'approve', instruments: ['ETH'] });
  const id = await practice.propose({ title: 'Buy ether over the limit', symbol: 'ETH', quantity: 0.01 });
  await expect
    .poll(async () =>
      (await ask(page, 'decisions.history', { limit: 10 })).map(({ outcome }) => outcome?.status),
    )
    .toEqual(['blocked']);
  expect(await practice.statusOf(id)).toBe('pending');
});

async function writeRule(
  page: Page,
  { decision, instruments, name }: { decision: 'approve' | 'decline'; instruments: string[]; name: string },
): Promise<void> {
  const id = `rule-${name}`;
  await ask(page, 'rules.save', {
    id,
    name,
    backendId: 'practice',
    decision,
    kinds: [],
    sides: [],
    instruments,
    maxValueUsd: '500',
    maxDayUsd: '2000',
    maxDayCount: null,
    hours: null,
  });
  await ask(page, 'rules.switch', { ruleId: id, on: true });
}

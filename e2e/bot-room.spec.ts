import type { Locator, Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import { findFreePort } from '../electron/lib/testing/free-port.ts';
import { ask } from './harness/window.ts';

/** Reads that the practice desk has no answer for; it says so in the words of a server that lacks the call. */
const UNKNOWN = /does not know this call/;
/** More is asked here than the backend allows in a minute: then a person is told when to ask again, and does. */
const USED_UP = /are used up; there is room again/;

test.beforeEach(async ({ desk, practice }) => {
  await practice.state();
  await goTo(desk.page, 'Bot room');
});

test.describe('all reads in a row', () => {
  // They are more than the backend's allowance of a minute, which passes sooner on a fast clock.
  test.use({
    startOptions: async ({ dataFolder }, use) => {
      await use({ dataFolder, controlPort: await findFreePort(), quietPractice: true, clockFactor: 8 });
    },
  });

  test('every read of the backend answers from the window, in a view and not as raw data', async ({
    desk,
  }) => {
    const { page } = desk;
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const [kind] = await ask(page, 'backends.kinds', {});
    const reads = kind?.reads.filter(({ view }) => view !== 'choices') ?? [];
    expect(reads.length).toBeGreaterThan(30);

    for (const read of reads) {
      await openAbility(page, read.group, read.label, 'read');
      for (const field of read.params.filter(({ required, defaultValue }) => required && !defaultValue)) {
        if (field.type === 'choice') await choose(page, field.label, /./);
        else await page.getByRole('textbox', { name: field.label }).fill('coinbase');
      }
      const isAskedAtOnce = read.free && read.params.every(({ required }) => !required);
      if (!isAskedAtOnce) await page.getByRole('main').getByRole('button', { name: /^Ask/ }).click();

      const answered = page.getByText(/^Asked/);
      const refused = page.getByRole('alert').filter({ hasText: 'did not answer this' });
      await expect(async () => {
        const later = refused.filter({ hasText: USED_UP });
        if (await later.isVisible()) await later.getByRole('button', { name: 'Try again' }).click();
        await expect(answered.or(refused.filter({ hasText: UNKNOWN })), read.id).toBeVisible({
          timeout: 1_000,
        });
      }).toPass({ timeout: 120_000 });
      const shown = await page.getByRole('main').innerText();
      expect(shown, read.id).not.toMatch(/\[object |undefined|NaN/);
    }
    expect(errors).toEqual([]);
  });
});

test('Monte Carlo is drawn as a distribution of outcomes, with the number of simulations', async ({
  desk,
}) => {
  const { page } = desk;
  await openAbility(page, null, 'Monte Carlo', 'read');
  await page.getByRole('spinbutton', { name: 'Simulations' }).or(page.getByLabel('Simulations')).fill('300');
  await page.getByRole('main').getByRole('button', { name: /^Ask/ }).click();
  await expect(page.getByRole('img', { name: /Histogram of 300 outcomes/ })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Median');
  await expect(page.getByRole('img', { name: /^Fan of 300 courses over 30 days/ })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Simulated here, not by the server');
});

test('rules read as sentences with what they keep to, and what was written is folded away', async ({
  desk,
}) => {
  const { page } = desk;
  await openAbility(page, 'Rules', 'Rules', 'read');
  const rules = page.getByRole('main').getByRole('list', { name: 'Rules', exact: true });
  const momentum = rules.getByRole('listitem', { name: 'Momentum' });
  await expect(momentum).toContainText(
    'When SOL rises by more than 1.2% in 15 min: buy SOL worth 2% of the SOL held, at the market price, 1% off at most.',
  );
  await expect(momentum).toContainText('At most 20% in one asset');
  await expect(rules).not.toContainText(/[{}[\]]|[a-z][A-Z]/, { useInnerText: true });
  await momentum.getByText('As it was written').click();
  await expect(momentum).toContainText('"slippageMaxPct": 1', { useInnerText: true });
});

test('a rule is switched off and on again, each read back from the backend', async ({ desk, practice }) => {
  const { page } = desk;
  const before = await rulesOf(page);
  const rule = before.find(({ enabled }) => enabled);
  if (rule === undefined) throw new Error('the practice desk has no rule that is on');
  for (const [label, enabled] of [
    ['Switch a rule off', false],
    ['Switch a rule on', true],
  ] as const) {
    await openAbility(page, null, label, 'act');
    await choose(page, 'Rule', rule.name);
    await submit(page);
    await expect(outcome(page)).toContainText('Confirmed');
    await expect
      .poll(async () => (await rulesOf(page)).find(({ id }) => id === rule.id)?.enabled)
      .toBe(enabled);
  }
  expect((await practice.state()).killSwitch.enabled).toBe(false);
});

test('an act with parameters proposes a trade, which then waits for a decision', async ({ desk }) => {
  const { page } = desk;
  await openAbility(page, null, 'Propose a trade', 'act');
  const form = page.getByRole('main');
  await choose(page, 'Side', 'Buy');
  await form.getByLabel('Asset').fill('ETH');
  await form.getByLabel('Share of the balance in %').fill('1');
  await form.getByLabel('Title').fill('Proposed from the bot room');
  await submit(page);
  await expect(outcome(page)).toContainText('Confirmed');
  await goTo(page, 'Deck');
  await expect(page.getByRole('button', { name: 'Open Proposed from the bot room' })).toBeVisible();
});

test('a rotation asks first, and a refusal inside an answer that looks like success is a refusal', async ({
  desk,
}) => {
  const { page } = desk;
  await openAbility(page, null, 'Rotate a key', 'act');
  // Its rotation is switched off: the server answers 200 with `success: false`.
  await choose(page, 'Service', 'newsapi');
  await page.getByRole('main').getByRole('button', { name: 'Go on' }).click();
  const question = page.getByRole('alertdialog', { name: 'Please confirm' });
  await expect(question).toContainText('replaces its key');
  await expect(question.getByRole('button', { name: 'No' })).toBeFocused();
  await question.getByRole('button', { name: /^Rotate a key/ }).click();
  await expect(outcome(page)).toContainText('Refused');
});

async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();
}

/** Some reads and acts have the same label; the acts of a group stand after its reads. */
async function openAbility(
  page: Page,
  group: string | null,
  label: string,
  kind: 'read' | 'act',
): Promise<void> {
  const list = page.getByRole('navigation', { name: 'What it can do' });
  const within = group === null ? list : list.getByRole('region', { name: group, exact: true });
  const rows = within.getByRole('button', { name: label, exact: true });
  await (kind === 'read' ? rows.first() : rows.last()).click();
  await expect(
    page.getByRole('main').getByRole('heading', { name: label, exact: true }).last(),
  ).toBeVisible();
}

async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).first().click();
}

async function submit(page: Page): Promise<void> {
  const main = page.getByRole('main');
  await main.locator('form').getByRole('button').last().click();
  const yes = page.getByRole('alertdialog').getByRole('button').last();
  await expect(yes.or(outcome(page))).toBeVisible();
  if (await yes.isVisible()) await yes.click();
}

const outcome = (page: Page): Locator =>
  page
    .getByRole('main')
    .getByRole('status')
    .filter({ hasText: /Confirmed|Unconfirmed|Refused|Not sent/ });

async function rulesOf(page: Page): Promise<{ id: string; name: string; enabled: boolean }[]> {
  const answer = await ask(page, 'backends.read', { backendId: 'practice', read: 'rules', params: {} });
  return Array.isArray(answer) ? (answer as { id: string; name: string; enabled: boolean }[]) : [];
}

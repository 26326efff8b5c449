import { expect, test } from './harness/desk-test.ts';
import type { Layer } from './harness/layers.ts';
import { button, lookAtLayers, place, section } from './harness/layers.ts';

const LAYERS: readonly Layer[] = [
  {
    name: 'PANIC',
    prepare: place('Deck'),
    opener: (page) => page.getByRole('button', { name: 'PANIC', exact: true }),
  },
  { name: 'layouts', prepare: place('Deck'), opener: button(/^Layout:/), role: 'menu' },
  { name: 'play back', prepare: place('Journal'), opener: button('Play back') },
  { name: 'export', prepare: place('Journal'), opener: button('Export') },
  { name: 'integrity', prepare: place('Journal'), opener: button('Check integrity') },
  {
    name: 'several approvals',
    async prepare(page, practice) {
      await practice.propose({ title: 'First', side: 'sell', quantity: 0.01 });
      await practice.propose({ title: 'Second', symbol: 'ETH', quantity: 0.01 });
      await place('Approvals')(page);
      const picks = page.getByRole('main').getByRole('checkbox');
      await expect(picks).toHaveCount(2);
      for (const pick of await picks.all()) await pick.check();
    },
    opener: button('Approve…'),
  },
  {
    name: 'a rule',
    async prepare(page) {
      await place('Approvals')(page);
      await page.getByRole('tab', { name: 'Rules' }).click();
    },
    opener: button('Write a rule'),
  },
  { name: 'price alert', prepare: place('Market'), opener: button('Price alert') },
  {
    name: 'columns',
    prepare: place('Portfolio'),
    opener: button(/^Columns, filter and export/),
    role: 'menu',
  },
  {
    name: 'snooze',
    async prepare(page, practice) {
      await practice.act('alert', { type: 'ltv_warning', severity: 'critical', message: 'LTV is 71 %' });
      await place('Alerts')(page);
      await page.getByRole('main').getByText('LTV is 71 %').first().click();
    },
    opener: button('Snooze or mute'),
    role: 'menu',
  },
  { name: 'a start', prepare: place('Models'), opener: button('Start') },
  { name: 'connect', prepare: section('Backends'), opener: button('Connect your bot') },
  { name: 'time zone', prepare: section('Language and region'), opener: button(/^As the system \(/) },
  { name: 'channel', prepare: section('Channels'), opener: button('Add a channel') },
  { name: 'notices', prepare: section('About'), opener: button('All notices') },
  { name: 'lock', prepare: section('Security'), opener: button('Set up a lock') },
  {
    name: 'a widget',
    async prepare(page) {
      await place('Deck')(page);
      await button('Edit layout')(page).click();
    },
    opener: button('Add widget'),
  },
  {
    name: 'a follow',
    async prepare(page) {
      await place('Copy trading')(page);
      await page.getByRole('table', { name: 'Traders' }).getByRole('row').nth(1).click();
    },
    opener: button('Follow'),
  },
  {
    name: 'resume',
    async prepare(page) {
      await page.getByRole('button', { name: 'PANIC', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: /^Halt/ }).click();
      await expect(page.getByRole('alert', { name: 'Panic' })).toContainText('confirmed');
    },
    opener: (page) => page.getByRole('alert', { name: 'Panic' }).getByRole('button', { name: 'Resume…' }),
  },
];

test('every dialog and menu can be read by everybody, begins inside, and gives the focus back', async ({
  desk,
  practice,
}) => {
  test.setTimeout(300_000);
  await practice.state();
  expect(await lookAtLayers(desk.page, practice, LAYERS)).toEqual([]);
});

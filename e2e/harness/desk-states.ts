import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { say } from './gallery-language.ts';
import type { LaunchOptions, RunningDesk } from './launch.ts';
import type { PracticeControl } from './practice-control.ts';
import { ask } from './window.ts';

/** A state that the whole desk can be in, for looking at every place in it. */
export interface DeskState {
  name: string;
  /** What the desk has to be started with. */
  start?: Pick<LaunchOptions, 'quietPractice' | 'clockFactor'>;
  /** Whether the settings are another picture in it. */
  settingsDiffer?: true;
  /** Nothing is heard any more: no figure may look as if it were of now. */
  isStale?: true;
  /** Brings a fresh desk on the practice servers there; resolves once the window shows it. */
  enter(desk: RunningDesk, practice: PracticeControl): Promise<void>;
  /** Opens the window that is looked at, where that is not the desk's own. */
  open?(desk: RunningDesk): Promise<Page>;
}

const SLOW = { timeout: 45_000 };
const BUSY_APPROVALS = 9;

export const DESK_STATES: readonly DeskState[] = [
  { name: 'calm', settingsDiffer: true, enter: async () => {} },
  {
    name: 'busy',
    start: { quietPractice: false, clockFactor: 5 },
    async enter({ page }, practice) {
      for (let quantity = 1; quantity <= BUSY_APPROVALS; quantity += 1)
        await practice.propose(
          quantity % 2 === 1
            ? { title: `Take profit: sell ${quantity} ETH`, side: 'sell', quantity }
            : { title: `Towards the target: buy ${quantity} ETH`, side: 'buy', quantity },
        );
      await practice.act('alert', { type: 'ltv_warning', severity: 'critical', message: 'LTV is 71 %' });
      await practice.act('alert', {
        type: 'execution',
        severity: 'warning',
        message: 'Sold 2 ETH at 3,231.99',
      });
      await practice.act('volspike-volume', { symbol: 'LINKUSDT', ratio: 7 });
      await practice.act('raw-frame', { text: 'data: {"event":"approval:created"\n\n' });
      await expect(page.getByRole('button', { name: /needs? you/ })).toContainText(/\d\d/, SLOW);
    },
  },
  {
    name: 'stale',
    isStale: true,
    start: { clockFactor: 20 },
    async enter({ page }, practice) {
      await practice.propose({ title: 'Take profit: sell 2 ETH', side: 'sell', quantity: 2 });
      await practice.freeze();
      const stale = () => ask(page, 'desk.snapshot', {}).then(({ slices }) => slices.links);
      await expect
        .poll(async () => (await stale()).every(([, link]) => link.state.kind !== 'live'), SLOW)
        .toBe(true);
    },
  },
  {
    name: 'failed',
    settingsDiffer: true,
    async enter({ page }, practice) {
      await ask(page, 'backends.save', {
        config: {
          id: 'gone',
          kind: 'coinruler',
          name: 'A bot that is gone',
          address: 'http://127.0.0.1:9',
          colour: '#b07cff',
          practice: false,
          enabled: true,
          allowPlainHttp: false,
        },
        secrets: { ownerId: 'the-owner' },
      });
      await practice.act('volspike-refuse-sockets', { refuse: true });
      await practice.act('error-next', { path: '/portfolio', status: 500, body: 'html', remaining: 50 });
      const gone = () => ask(page, 'desk.snapshot', {}).then(({ slices }) => slices.links);
      await expect
        .poll(async () =>
          (await gone()).some(([, link]) => link.backendId === 'gone' && link.state.kind !== 'live'),
        )
        .toBe(true);
    },
  },
  {
    name: 'killed',
    async enter({ page }, practice) {
      await practice.propose({ title: 'Take profit: sell 2 ETH', side: 'sell', quantity: 2 });
      await page.getByRole('button', { name: 'PANIC', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: /^Halt/ }).click();
      await expect(page.getByRole('alert', { name: 'Panic' })).toContainText('confirmed', SLOW);
    },
  },
  {
    name: 'empty',
    settingsDiffer: true,
    async enter({ page }) {
      await ask(page, 'settings.change', { practice: { enabled: false } });
      await expect
        .poll(async () => (await ask(page, 'desk.snapshot', {})).slices.backends.length, SLOW)
        .toBe(0);
    },
  },
  {
    name: 'past',
    start: { clockFactor: 20 },
    async enter({ page }, practice) {
      await practice.propose({ title: 'Take profit: sell 2 ETH', side: 'sell', quantity: 2 });
      await practice.act('alert', { type: 'ltv_warning', severity: 'critical', message: 'LTV is 71 %' });
      const seen = async (): Promise<number> => (await ask(page, 'desk.snapshot', {})).slices.alerts.length;
      await expect.poll(seen, SLOW).toBeGreaterThan(0);
      const fromMs = await deskNow(page);
      await expect.poll(async () => (await deskNow(page)) - fromMs, SLOW).toBeGreaterThan(60_000);
    },
    async open({ app, page }) {
      const [past] = await Promise.all([
        app.waitForEvent('window'),
        ask(page, 'playback.open', { atMs: await deskNow(page), stretch: null }),
      ]);
      await expect(past.getByRole('region', { name: say('Playback') })).toBeVisible(SLOW);
      return past;
    },
  },
];

const deskNow = async (page: Page): Promise<number> => (await ask(page, 'playback.kept', {})).nowMs;

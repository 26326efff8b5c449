import type { Page } from '@playwright/test';
import type { BrowserWindow } from 'electron';

import { place as placeName } from '../shared/domain/attention/attention.ts';
import { expect, test } from './harness/desk-test.ts';
import type { RunningDesk } from './harness/launch.ts';

/** As in the design of the desk: the narrowest window, and the largest zoom that has to hold. */
const NARROWEST = { width: 900, height: 700 };
const ZOOM = 2;
/** About as high as they are in the practice market, so that none is news. */
const PRICES = [
  ['BTC', 68_700],
  ['ETH', 3_230],
  ['SOL', 150],
] as const;

test('at 200 % in the narrowest window the page does not scroll sideways, and every control of every place can be reached', async ({
  desk,
  practice,
}) => {
  test.setTimeout(180_000);
  const { page } = desk;
  await practice.propose({ title: 'Take profit: sell 2 ETH', side: 'sell', quantity: 2 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await zoom(desk);
  const found: string[] = [];
  for (const place of placeName.options) {
    await open(desk, place);
    found.push(...(await unreachable(page)).map((line) => `${place}: ${line}`));
  }
  await page.keyboard.press('Control+Shift+P');
  await expect(page.getByRole('dialog')).toBeVisible();
  found.push(...(await unreachable(page)).map((line) => `panic dialog: ${line}`));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  found.push(...(await unreachable(page)).map((line) => `palette: ${line}`));
  expect(found).toEqual([]);
});

test('at 200 % a proposal is decided and PANIC halts', async ({ desk, practice }) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Take profit: sell 2 ETH', side: 'sell', quantity: 2 });
  await zoom(desk);
  await page.getByRole('button', { name: 'Decline' }).first().click();
  await expect.poll(() => practice.statusOf(id)).toBe('declined');
  await page.getByRole('button', { name: 'PANIC', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Halt/ }).click();
  await expect.poll(async () => (await practice.state()).killSwitch.enabled).toBe(true);
});

test('beside the progress of PANIC in the narrowest window every place is in sight, and at 200 % the one that is open', async ({
  desk,
}) => {
  const { page } = desk;
  await size(desk, 1);
  await page.getByRole('button', { name: 'PANIC', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Halt/ }).click();
  await expect(page.getByRole('list', { name: 'Progress on each backend' })).toBeVisible();
  const places = page.locator('nav [data-place]');
  await expect(places).toHaveCount(placeName.options.length);
  for (const one of await places.all()) await expect(one).toBeInViewport({ ratio: 1 });
  await zoom(desk);
  await open(desk, 'journal');
  await expect(page.locator('nav [data-place="journal"]')).toBeInViewport({ ratio: 1 });
});

test('the light of the backends is whole at every zoom: the rest of the bar makes room for it', async ({
  desk,
  practice,
}) => {
  await practice.state();
  const { page } = desk;
  const lights = page.getByRole('group', { name: 'Backends' });
  for (const factor of [1.1, 1.25, 1.5, 2]) {
    await size(desk, factor);
    await expect(lights.getByRole('button')).toHaveCount(1);
    await expect.poll(() => page.evaluate<boolean>(LIGHTS_ARE_WHOLE), `${factor}`).toBe(true);
    await expect(lights).toContainText('5 backends');
    const box = await lights.getByText('5 backends', { exact: true }).boundingBox();
    expect(box?.width, `${factor}`).toBeGreaterThan(60);
  }
});

test('in the system’s own colours what is chosen has an edge, and PANIC is still red', async ({
  desk,
  practice,
}) => {
  await practice.state();
  const { page } = desk;
  await page.emulateMedia({ forcedColors: 'active' });
  await open(desk, 'portfolio');
  const main = page.getByRole('main');
  for (const [role, chosen, other] of [
    ['radio', 'Value', 'Drawdown'],
    ['tab', 'Holdings', 'Trades'],
  ] as const) {
    await expect(main.getByRole(role, { name: chosen, exact: true })).toHaveCSS('outline-style', 'solid');
    await expect(main.getByRole(role, { name: other, exact: true })).toHaveCSS('outline-style', 'none');
  }
  await expect(page.locator('nav [data-place="portfolio"]')).toHaveCSS('outline-style', 'solid');
  await expect(page.getByRole('button', { name: 'PANIC', exact: true })).toHaveCSS(
    'background-color',
    /^rgb\(\d{3}, \d\d?, \d\d?\)$/,
  );
});

test('the keyboard goes through the bar, then the places, then the place, and never back', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.propose({ title: 'Take profit: sell 2 ETH', side: 'sell', quantity: 2 });
  for (const place of placeName.options) {
    await open(desk, place);
    expect(await regionsByTab(page), place).toEqual(['header', 'nav', 'main']);
  }
});

test.describe('a lively desk', () => {
  test.use({ lively: true });

  test('L3 live regions do not shout: figures that move all the time are not announced', async ({
    desk,
    practice,
  }) => {
    const { page } = desk;
    await practice.state();
    for (const place of ['deck', 'portfolio', 'market'] as const) {
      await open(desk, place);
      await page.evaluate(COUNT_ANNOUNCEMENTS);
      // Enough of the market has passed for every figure to have moved; it is moved by hand as well, so that this is soon.
      let step = 0;
      const moved = async (): Promise<number> => {
        step += 1;
        for (const [symbol, price] of PRICES)
          await practice.act('price', { symbol, price: price * (1 + (step % 5) / 10_000) });
        return page.evaluate<number>('globalThis.batches');
      };
      await expect.poll(moved, { timeout: 60_000, intervals: [20] }).toBeGreaterThan(40);
      expect(await page.evaluate<string[]>('globalThis.announced'), place).toEqual([]);
      await page.evaluate('globalThis.stopCounting()');
    }
  });
});

async function zoom(desk: RunningDesk): Promise<void> {
  await size(desk, ZOOM);
  // The deck has found its new width: its widgets stand under one another.
  await expect.poll(() => desk.page.evaluate<number>(BESIDE)).toBe(0);
}

/** The narrowest window at that zoom. */
async function size({ app, page }: RunningDesk, factor: number): Promise<void> {
  const window = await app.browserWindow(page);
  await window.evaluate(
    (own: BrowserWindow, wanted) => {
      own.setContentSize(wanted.width, wanted.height);
      own.webContents.setZoomFactor(wanted.factor);
    },
    { ...NARROWEST, factor },
  );
  await expect.poll(() => page.evaluate<number>('innerWidth')).toBe(Math.floor(NARROWEST.width / factor));
}

async function open({ app, page }: RunningDesk, place: string): Promise<void> {
  const window = await app.browserWindow(page);
  await window.evaluate(
    (own: BrowserWindow, wanted) =>
      own.webContents.send('quarterdeck:push', 'window.open-place', { place: wanted, itemId: null }),
    place,
  );
  await expect(page.locator(`nav [data-place="${place}"]`)).toHaveAttribute('aria-current', 'page');
  await expect(page.locator('main [role="status"][aria-label="Loading"]')).toHaveCount(0);
}

const unreachable = (page: Page): Promise<string[]> => page.evaluate<string[]>(UNREACHABLE);
const regionsByTab = (page: Page): Promise<string[]> => page.evaluate<string[]>(REGIONS);

/** Runs in the window: whether the bar cuts nothing off its lights. */
const LIGHTS_ARE_WHOLE = `(() => {
  const group = document.querySelector('[data-region="backends"]');
  return group.scrollWidth <= group.clientWidth;
})()`;

/** Runs in the window: what of it cannot be scrolled into sight, or lies under something else there. */
const UNREACHABLE = `(() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width || document.body.scrollWidth > width) found.push('the page scrolls sideways: ' + [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > width + 1 && !one.closest('main')).slice(0, 4).map((one) => one.outerHTML.slice(0, 140)).join(' | '));
  const dialog = document.querySelector('[role="dialog"]');
  for (const control of (dialog ?? document).querySelectorAll('button, a[href], input, select, textarea, [role="radio"], [role="tab"], [tabindex="0"]')) {
    const box = control.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || control.disabled || control.closest('[inert], [aria-hidden="true"]')) continue;
    if (!control.checkVisibility({ visibilityProperty: true })) continue;
    control.scrollIntoView({ block: 'center', inline: 'center' });
    const now = control.getBoundingClientRect();
    // Of something larger than its place, the part that is in it.
    const frame = control.closest('main')?.getBoundingClientRect() ?? { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const x = (Math.max(now.left, frame.left) + Math.min(now.right, frame.right)) / 2;
    const y = (Math.max(now.top, frame.top) + Math.min(now.bottom, frame.bottom)) / 2;
    const name = (control.getAttribute('aria-label') ?? control.textContent ?? '').trim().slice(0, 60) + ' <' + control.tagName.toLowerCase() + '>';
    if (x < 0 || x > innerWidth || y < 0 || y > innerHeight) { found.push('out of sight: ' + name); continue; }
    const hit = document.elementFromPoint(x, y);
    if (hit === null || !(control.contains(hit) || hit.contains(control) || hit.closest('label')?.contains(control)))
      found.push('under something else: ' + name + ' ' + x + ',' + y + ' hits ' + hit?.outerHTML.slice(0, 120));
  }
  document.querySelector('main')?.scrollTo(0, 0);
  return found;
})()`;

/** Runs in the window: how many widgets of the deck stand beside or over another. */
const BESIDE = `(() => {
  const boxes = [...document.querySelectorAll('[data-widget]')].map((one) => one.getBoundingClientRect());
  return boxes.filter((one) => boxes.some((other) => other !== one && one.top < other.bottom && other.top < one.bottom)).length;
})()`;

/** Runs in the window: the regions in the order in which the keyboard comes to what they hold. */
const REGIONS = `(() => {
  const stops = [...document.querySelectorAll('button, a[href], input, [tabindex]')].filter(
    (one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility() && !one.closest('[inert]'),
  );
  const first = stops.filter((one) => one.tabIndex > 0).map((one) => 'tabindex ' + one.tabIndex);
  const regions = stops.map((one) => one.closest('header:not(main header), nav:not(main nav), main')?.tagName.toLowerCase() ?? 'none');
  return [...first, ...regions.filter((region, index) => region !== 'none' && region !== regions[index - 1])];
})()`;

/** Runs in the window: what a screen reader would be given to say, and how many batches came meanwhile. */
const COUNT_ANNOUNCEMENTS = `(() => {
  globalThis.announced = [];
  globalThis.batches = 0;
  const titles = [];
  const stopNotices = quarterdeck.on('attention.notice', ({ title }) => titles.push(title));
  // A notice is news, and meant to be heard; that it is gone is said by nothing.
  const isNews = (words) => words === '' || titles.some((title) => words.startsWith(title.slice(0, 60)));
  const stop = quarterdeck.on('desk.patches', () => { globalThis.batches += 1; });
  const live = '[role="status"], [role="alert"], [role="log"], [aria-live="polite"], [aria-live="assertive"]';
  const observer = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target.nodeType === 1 ? target : target.parentElement;
      const region = element?.closest(live);
      if (!region || region.getAttribute('aria-live') === 'off') continue;
      const words = region.textContent.slice(0, 80);
      if (!isNews(words)) globalThis.announced.push(words);
    }
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  globalThis.stopCounting = () => { stop(); stopNotices(); observer.disconnect(); };
})()`;

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';
import type { BrowserWindow } from 'electron';

import { place as placeName } from '../shared/domain/attention/attention.ts';
import { axeFinds, TRANSITIONS_OVER } from './harness/axe.ts';
import { say, speakGalleryLanguage } from './harness/gallery-language.ts';
import type { DeskState } from './harness/desk-states.ts';
import { DESK_STATES } from './harness/desk-states.ts';
import { expect, test } from './harness/desk-test.ts';
import type { RunningDesk } from './harness/launch.ts';
import { launchDesk } from './harness/launch.ts';
import { steerPractice } from './harness/practice-control.ts';
import { ask } from './harness/window.ts';

/** Where the pictures go; without it none are taken, and only what axe may find anew is looked at. */
const FOLDER = process.env.QUARTERDECK_GALLERY;
/** How the names of the views begin that are wanted; all where nothing is said. */
const WANTED = process.env.QUARTERDECK_GALLERY_VIEWS?.split(',') ?? [''];
const SIZES = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 900, height: 700 },
  large: { width: 2560, height: 1440 },
} as const;
type Size = keyof typeof SIZES;
/** What has more to show where there is more room. */
const LARGE_VIEWS: ReadonlySet<string> = new Set(['deck', 'portfolio', 'market']);

interface Look {
  name: string;
  theme: 'dark' | 'light';
  contrast: 'normal' | 'high';
}
const THEMES: readonly Look[] = [
  { name: 'dark', theme: 'dark', contrast: 'normal' },
  { name: 'light', theme: 'light', contrast: 'normal' },
];
const HIGH_CONTRAST: readonly Look[] = THEMES.map((look) => ({
  ...look,
  name: `${look.name}-contrast`,
  contrast: 'high',
}));

test.describe.configure({ timeout: 600_000 });

for (const state of DESK_STATES) {
  const promise = state.isStale === true ? 'D4 no figure has the colour of a gain or a loss, and ' : '';
  test(`${promise}every place can be read by everybody: no axe violation while the desk is ${state.name}`, async ({
    startOptions,
  }) => {
    const desk = await launchDesk({ ...startOptions, ...state.start });
    try {
      expect(await lookAround(desk, state, startOptions.controlPort ?? 0)).toEqual([]);
    } finally {
      await desk.close();
    }
  });
}

/** Looks at every place in the state, in every look; answers what axe found, a line each. */
async function lookAround(started: RunningDesk, state: DeskState, controlPort: number): Promise<string[]> {
  const found = new Set<string>();
  if (FOLDER !== undefined) mkdirSync(FOLDER, { recursive: true });
  await state.enter(started, await steerPractice(started, controlPort));
  await speakGalleryLanguage(started);
  const page = (await state.open?.(started)) ?? started.page;
  const desk = { ...started, page };
  // What fades in is half transparent for a moment, and then has less contrast than it has.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const size of Object.keys(SIZES) as Size[]) {
    const looks = looksAt(size);
    if (looks.length === 0) continue;
    const window = await desk.app.browserWindow(page);
    await window.evaluate(
      (shown: BrowserWindow, { width, height }) => shown.setContentSize(width, height),
      SIZES[size],
    );
    let isTurned = false;
    for await (const name of viewsOf(desk, state)) {
      if (!WANTED.some((beginning) => name.startsWith(beginning))) continue;
      if (size === 'large' && !LARGE_VIEWS.has(name)) continue;
      // Opened once, it changes its look where it stands, and the next view begins with the look that the last one ended with.
      const inTurn = isTurned ? [...looks].reverse() : looks;
      isTurned = !isTurned;
      for (const look of inTurn) {
        await choose(desk, started.page, look);
        const view = `${state.name}-${name}-${look.name}-${size}`;
        if (FOLDER !== undefined) await page.screenshot({ path: join(FOLDER, `${view}.png`) });
        if (state.isStale === true)
          for (const line of await page.evaluate<string[]>(DRAWN_AS_FRESH))
            found.add(`${view}: drawn as fresh: ${line}`);
        // Another theme is other colours, and nothing else that axe looks at.
        for (const line of await axeFinds(page, look === inTurn[0] ? 'all' : 'colours'))
          found.add(`${view}: ${line}`);
      }
    }
  }
  return [...found];
}

/** Without pictures the narrow window is looked at in one theme, and the large one not at all. */
function looksAt(size: Size): readonly Look[] {
  if (FOLDER === undefined) return size === 'wide' ? THEMES : size === 'narrow' ? THEMES.slice(0, 1) : [];
  return size === 'wide' ? [...THEMES, ...HIGH_CONTRAST] : THEMES;
}

/** Changes the look in the desk's own window, since a window of the past changes nothing. */
async function choose({ page }: RunningDesk, own: Page, { theme, contrast }: Look): Promise<void> {
  const html = page.locator(`html[data-theme="${theme}"][data-contrast="${contrast}"]`);
  if ((await html.count()) === 0) {
    await ask(own, 'settings.change', { appearance: { theme, contrast } });
    await expect(html).toHaveCount(1);
  }
  if (FOLDER !== undefined) await settle(page);
  await page.evaluate(TWO_FRAMES);
  await page.evaluate(TRANSITIONS_OVER);
}

/** For a picture: nothing is still being read where that comes to an end soon, and no pointer lies on anything. */
async function settle(page: Page): Promise<void> {
  await page.mouse.move(1, 1);
  const reading = page.locator('.animate-pulse-slow').first();
  await reading.waitFor({ state: 'detached', timeout: 3_000 }).catch(() => undefined);
}

/** Opens one view after the other; answers the name of each when it shows. */
async function* viewsOf(desk: RunningDesk, state: DeskState): AsyncGenerator<string> {
  for (const place of placeName.options) {
    await openPlace(desk, place);
    if (place !== 'settings') yield place;
    else if (state.settingsDiffer) yield* settingsSections(desk.page);
    if (place === 'portfolio') yield* portfolioViews(desk.page);
  }
  // No window of the past is led anywhere from outside.
  if (state.open === undefined) yield* itemPages(desk);
  yield* dialogs(desk);
}

async function openPlace(
  { app, page }: RunningDesk,
  place: string,
  itemId: string | null = null,
): Promise<void> {
  const entry = page.getByRole('navigation', { name: say('Places') }).locator(`[data-place="${place}"]`);
  if (itemId === null) await entry.dispatchEvent('click');
  else {
    const window = await app.browserWindow(page);
    await window.evaluate(
      (shown: BrowserWindow, destination) =>
        shown.webContents.send('quarterdeck:push', 'window.open-place', destination),
      { place, itemId },
    );
  }
  await expect(entry).toHaveAttribute('aria-current', 'page');
  // The place's own code is loaded when it is first opened.
  await expect(page.locator(`main [role="status"][aria-label="${say('Loading')}"]`)).toHaveCount(0);
  await expect(page.locator('main h1').first()).toBeAttached();
  // A button that got the focus back from a dialog shows its tooltip, which is no part of the place.
  await page.evaluate('document.activeElement?.blur()');
}

/** What the portfolio shows besides, where anything is held; then it is as it was. */
async function* portfolioViews(page: Page): AsyncGenerator<string> {
  for (const [view, back] of [
    ['Drawdown', 'Value'],
    ['Calendar', 'Value'],
    ['Report', 'Overview'],
  ] as const) {
    const button = page.getByRole('radio', { name: say(view), exact: true });
    if ((await button.count()) === 0) return;
    await button.click();
    await expect(page.locator(`main [role="status"][aria-label="${say('Loading')}"]`)).toHaveCount(0);
    yield `portfolio-${view.toLowerCase()}`;
    await page.getByRole('radio', { name: say(back), exact: true }).click();
  }
}

/** Opens one section of the settings after the other; answers the name of each when it shows. */
async function* settingsSections(page: Page): AsyncGenerator<string> {
  const sections = page.getByRole('navigation', { name: say('Sections') }).getByRole('button');
  await expect(sections.first()).toBeVisible();
  for (const button of await sections.all()) {
    await button.click();
    await expect(button).toHaveAttribute('aria-current', 'page');
    yield (
      'settings-' + ((await button.textContent()) ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    );
  }
}

/** The pages of the first thing of each sort that there is. */
async function* itemPages(desk: RunningDesk): AsyncGenerator<string> {
  const { slices } = await ask(desk.page, 'desk.snapshot', {});
  const [holding] = slices.holdings;
  const items = [
    { name: 'asset', place: 'portfolio', itemId: holding?.[1].asset },
    { name: 'alert', place: 'alerts', itemId: slices.alerts[0]?.[0] },
    { name: 'model', place: 'models', itemId: slices.models[0]?.[0] },
    { name: 'trader', place: 'copy-trading', itemId: slices.traders[0]?.[0] },
  ];
  for (const { name, place, itemId } of items) {
    if (itemId === undefined) continue;
    await openPlace(desk, place, itemId);
    yield `${place}-${name}`;
  }
}

/** What lies over the places. */
async function* dialogs({ page }: RunningDesk): AsyncGenerator<string> {
  const dialog = page.getByRole('dialog');
  await page.keyboard.press('Control+k');
  await expect(dialog).toBeVisible();
  yield 'palette';
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'PANIC', exact: true }).click();
  await expect(dialog).toBeVisible();
  yield 'panic-dialog';
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

const TWO_FRAMES = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))`;

/** Runs in the window: figures that say by their colour that something is gained or lost just now. */
const DRAWN_AS_FRESH = `(() => {
  const colourOf = (name) => {
    const probe = document.createElement('span');
    probe.style.color = 'var(' + name + ')';
    document.body.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  };
  const fresh = new Set([colourOf('--qd-gain'), colourOf('--qd-loss')]);
  return [...document.querySelectorAll('header .figures, main .figures')]
    .filter((one) => one.checkVisibility() && fresh.has(getComputedStyle(one).color))
    .map((one) => one.outerHTML.slice(0, 160));
})()`;

import type { Locator, Page } from '@playwright/test';

import { expect } from './desk-test.ts';

/** Further than any form or place is long. */
const MOST_STOPS = 150;

/** Walks with Tab to what is looked for, and fails where a stop on the way does not show that it has the focus. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press(key);
    passed.push(await stopNow(page));
    const there = await isFocused(target);
    if (there) return;
  }
  throw new Error(`The keyboard does not reach it. Passed: ${passed.join(' | ')}`);
}

const isFocused = (target: Locator): Promise<boolean> =>
  target
    .and(target.page().locator(':focus'))
    .count()
    .then((count) => count > 0);

/** Walks over at most so many stops and answers their names, in order; ends where the walk begins again. */
export async function walk(page: Page, most: number): Promise<string[]> {
  const passed: string[] = [];
  for (let stop = 0; stop < most; stop += 1) {
    await page.keyboard.press('Tab');
    const name = await stopNow(page);
    if (name === '') break;
    passed.push(name);
  }
  return passed;
}

/** Where the focus is, as region and name; empty where nothing has it. What has it shows so, and is on screen. */
export async function stopNow(page: Page): Promise<string> {
  const stop = await page.evaluate<{ name: string; shows: boolean; size: boolean } | null>(READ_STOP);
  if (stop === null) return '';
  expect(stop, `the focus shows at: ${stop.name}`).toMatchObject({ shows: true, size: true });
  return stop.name;
}

/** Runs in the window. The outline may be the element's own, drawn over it, or that of the box around it. */
const READ_STOP = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body || element === document.documentElement) return null;
  const outlined = (one, pseudo) => {
    const style = getComputedStyle(one, pseudo);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && style.outlineColor !== 'rgba(0, 0, 0, 0)';
  };
  const around = [element, element.parentElement, element.parentElement?.parentElement].filter(Boolean);
  const { width, height, bottom, right } = element.getBoundingClientRect();
  const region = element.closest('[role=dialog]') ? 'dialog' : element.closest('#bar') ? 'bar'
    : element.closest('nav[aria-label="Places"]') ? 'places' : element.closest('[aria-label="First steps"]') ? 'steps' : element.closest('main') ? 'place' : 'over';
  const name = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '';
  return {
    name: region + ': ' + name.trim().replace(/\\s+/g, ' ').slice(0, 60),
    shows: outlined(element, '::after') || around.some((one) => outlined(one)),
    size: width > 0 && height > 0 && bottom > 0 && right > 0,
  };
})()`;

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Page } from '@playwright/test';

/** The one that the driver's own package brings, put into a page once: that alone is a good part of what a look costs. */
const SOURCE = readFileSync(
  createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve(
    'axe-core/axe.min.js',
  ),
  'utf8',
);

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** What axe finds in the page as it stands, or within what a selector names, a line each; `colours` looks at contrast alone. */
export async function axeFinds(page: Page, what: 'all' | 'colours', within?: string): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`typeof globalThis.axe === 'object'`))) await page.evaluate(SOURCE);
  const options = {
    resultTypes: ['violations'],
    ...(what === 'all' ? {} : { runOnly: { type: 'rule', values: ['color-contrast'] } }),
  };
  const violations = await page.evaluate<Violation[]>(
    `axe.run(${within === undefined ? 'document' : JSON.stringify(within)}, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${failureSummary ?? ''} ${html}`),
  );
}

/**
 * Also with reduced motion a colour changes by a transition, which ends with a frame that may be late; what inherits the colour begins
 * its own only then. On a desk that never rests a few rounds are enough.
 */
export const TRANSITIONS_OVER = `(async () => {
  for (let round = 0; round < 10; round += 1) {
    const running = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    if (running.length === 0) return;
    await Promise.allSettled(running.map(({ finished }) => finished));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
})()`;

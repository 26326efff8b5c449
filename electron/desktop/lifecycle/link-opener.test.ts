import { expect, it } from 'vitest';

import { createManualClock } from '../../lib/clock.ts';
import { createLinkOpener } from './link-opener.ts';

it('a link opens its place; one that names none opens the deck with words, once a minute however many come', async () => {
  const clock = createManualClock();
  const opened: unknown[] = [];
  const told: string[] = [];
  const openLink = createLinkOpener({
    open: (destination) => void opened.push(destination),
    tell: (words) => void told.push(words),
    clock,
  });
  openLink('quarterdeck://approvals/bot-1/7');
  expect(opened).toEqual([{ place: 'approvals', itemId: 'bot-1/7' }]);
  expect(told).toEqual([]);

  for (let count = 0; count < 1_000; count += 1) openLink('quarterdeck://approvals/bot-1/7?act=approve');
  expect(opened.at(-1)).toEqual({ place: 'deck', itemId: null });
  expect(told).toHaveLength(1);
  await clock.advance(60_000);
  openLink('quarterdeck://nowhere');
  expect(told).toHaveLength(2);
});

import { expect, it } from 'vitest';

import { createDesk } from '../../desk/desk.ts';
import { aBackend, aQuote, START_MS } from '#shared/domain/testing/entries.ts';
import { feedEvent } from '#shared/domain/testing/feed-entries.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { JournalPort } from '../port.ts';
import { recordDesk } from './record-desk.ts';

it('candles are made of prices of a market, never of what may be a sample', () => {
  const desk = createDesk(silentLogger);
  const prices: Parameters<JournalPort['recordPrice']>[0][] = [];
  const journal = {
    append: () => undefined,
    recordEquity: () => undefined,
    recordPrice: (price: (typeof prices)[number]) => void prices.push(price),
    onHealth: () => () => undefined,
  };
  const stop = recordDesk({ desk, journal, fleet: { kinds: () => [] }, clock: createManualClock(START_MS) });
  desk.dispatch({ type: 'backend-configured', config: aBackend() });
  desk.dispatch(feedEvent('quotes', [aQuote({ price: '45000', sample: true })]));
  desk.dispatch(feedEvent('quotes', [aQuote({ price: '68000', receivedAtMs: START_MS + 1 })]));
  expect(prices.map(({ price }) => price)).toEqual(['68000']);
  stop();
});

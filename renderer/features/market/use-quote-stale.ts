import { SECOND_MS } from '#shared/time.ts';
import type { Quote } from '#shared/domain/market/market.ts';

import { useReading } from '../../stores/clock.ts';
import { useSlice } from '../../stores/desk.ts';
import { isQuoteStale } from './quote-freshness.ts';

/** Whether a quote is stale now; draws again as time passes and as its link changes. */
export function useQuoteStale(quote: Pick<Quote, 'backendId' | 'receivedAtMs'>): boolean {
  const links = useSlice('links');
  return useReading(SECOND_MS, (now) => isQuoteStale(quote, links.values(), now));
}

import { SECOND_MS } from '#shared/time.ts';
import type { Quote } from '#shared/domain/market/market.ts';

import { useLinksReading } from '../../stores/desk-reading.ts';
import { isQuoteStale } from './quote-freshness.ts';

/** Whether a quote is stale now; draws again as time passes and as its link changes. */
export function useQuoteStale(quote: Pick<Quote, 'backendId' | 'receivedAtMs'>): boolean {
  return useLinksReading(SECOND_MS, (links, now) => isQuoteStale(quote, links.values(), now));
}

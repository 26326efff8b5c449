import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { Quote } from '#shared/domain/market/market.ts';
import type { EpochMs } from '#shared/time.ts';

/**
 * Whether a price may no longer be taken for the price of now (D4): its link is down or silent, it is older than its link
 * allows, or it came before the link was opened again and nothing newer has come since.
 */
export function isQuoteStale(
  quote: Pick<Quote, 'backendId' | 'receivedAtMs'>,
  links: Iterable<LinkStatus>,
  nowMs: EpochMs,
): boolean {
  let found = false;
  for (const link of links) {
    if (link.backendId !== quote.backendId || link.linkId !== PRICES_LINK) continue;
    found = true;
    if (link.state.kind !== 'live' || quote.receivedAtMs < link.state.sinceMs) return true;
    if (nowMs - quote.receivedAtMs > link.staleAfterMs) return true;
  }
  return !found;
}

/** The link that prices come over, in every kind that tells any. Others of a backend read its account or rest. */
export const PRICES_LINK = 'live';

import { describe, expect, it } from 'vitest';

import type { LinkState, LinkStatus } from '#shared/domain/backends/link.ts';
import { aLink } from '#shared/domain/testing/entries.ts';

import { isQuoteStale } from './quote-freshness.ts';

const link = (state: LinkState, backendId = 'hub', linkId = 'live'): LinkStatus =>
  aLink({ backendId, linkId, label: 'Live', state, receivedAtMs: 100, dataAtMs: 100, staleAfterMs: 65_000 });
const live = (sinceMs: number): LinkState => ({ kind: 'live', sinceMs });
const quote = (receivedAtMs: number) => ({ backendId: 'hub', receivedAtMs });

describe('whether a price is the price of now', () => {
  it('D4 is fresh while its link is live and it is young', () => {
    expect(isQuoteStale(quote(1_000), [link(live(500))], 60_000)).toBe(false);
  });

  it('D4 is stale when it alone is old, however lively its link is', () => {
    expect(isQuoteStale(quote(1_000), [link(live(500))], 66_001)).toBe(true);
  });

  it('D4 is stale from the moment its link is down', () => {
    const waiting = link({
      kind: 'waiting',
      sinceMs: 1_500,
      nextAttemptAtMs: 2_500,
      attempt: 1,
      cause: { code: 'closed', message: 'The server closed the connection.' },
    });
    expect(isQuoteStale(quote(1_000), [waiting], 1_600)).toBe(true);
  });

  it('stays stale after the link is open again, until a new price comes', () => {
    const reopened = [link(live(2_000))];
    expect(isQuoteStale(quote(1_999), reopened, 2_100)).toBe(true);
    expect(isQuoteStale(quote(2_000), reopened, 2_100)).toBe(false);
  });

  it('D4 is told by the link that prices come over, whatever the others of its backend do', () => {
    const atRest = link(
      { kind: 'stopped', sinceMs: 1_500, cause: { code: 'disabled', message: 'At rest.' } },
      'hub',
      'polling',
    );
    const account = link(live(2_000), 'hub', 'account');
    expect(isQuoteStale(quote(1_000), [atRest, account, link(live(500))], 2_100)).toBe(false);
    expect(isQuoteStale(quote(1_000), [account], 1_100)).toBe(true);
  });

  it('knows no link, so nothing vouches for it', () => {
    expect(isQuoteStale(quote(1_000), [link(live(500), 'other')], 1_001)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { aHolding, aLink, aQuote, portfolioEvent } from '#shared/domain/testing/entries.ts';
import { feedEvent } from '#shared/domain/testing/feed-entries.ts';
import { anAlertText, useAlertDesk } from './testing/alert-desk.ts';

const at = useAlertDesk();
const { price, prices, rung, times } = at;

describe('a price alert', () => {
  it('never rings on a stale price, and does when the same price turns out to be fresh', async () => {
    await at.alerts.save(anAlertText());
    await prices(['3990']);
    const broken = aLink({
      state: { kind: 'stale', sinceMs: at.clock.now(), cause: { code: 'silent', message: 'Silent.' } },
      dataAtMs: at.clock.now(),
    });
    at.desk.dispatch({ type: 'link-status', status: broken });
    await at.clock.advance(2 * SECOND_MS);
    const late = aQuote({ id: 'ETH-USD', asset: 'ETH', price: '4100', receivedAtMs: at.clock.now() });
    at.desk.dispatch(feedEvent('quotes', [late]));
    await at.clock.advance(10 * SECOND_MS);
    expect(times()).toBe(0);
    at.desk.dispatch({ type: 'link-status', status: aLink({ dataAtMs: at.clock.now() }) });
    await at.clock.advance(4 * SECOND_MS);
    expect(times()).toBe(1);
  });

  it('never rings on a price that may be a sample, and does on the next that is one', async () => {
    await at.alerts.save(anAlertText());
    await prices(['3990']);
    await at.clock.advance(SECOND_MS);
    price('4100', { sample: true });
    await at.clock.advance(10 * SECOND_MS);
    expect(times()).toBe(0);
    price('4101');
    await at.clock.advance(4 * SECOND_MS);
    expect(times()).toBe(1);
  });

  it('for a real symbol never rings on practice prices, and one set on practice only on those', async () => {
    await at.alerts.save(anAlertText({ backendId: null }));
    await at.alerts.save(anAlertText({ id: 'alert-toy', backendId: null, practice: true }));
    await prices(['3990']);
    price('3990', { backendId: 'toy' });
    await at.clock.advance(SECOND_MS);
    price('4100', { backendId: 'toy' });
    expect(rung().map(({ backendId }) => backendId)).toEqual(['toy']);
    await prices(['4200']);
    expect(rung().map(({ backendId }) => backendId)).toEqual(['toy', 'alpha']);
  });

  it('on the freshest takes the price of whichever backend tells it, however that writes it', async () => {
    await at.alerts.save(anAlertText({ backendId: null, symbol: 'ETH' }));
    await prices(['3990']);
    price('4100', { id: 'ETH-BTC' });
    expect(times()).toBe(0);
    await at.clock.advance(SECOND_MS);
    price('4001', { backendId: 'beta', id: 'ETHUSDT' });
    expect(rung()).toMatchObject([{ backendId: 'beta', instrument: 'ETHUSDT' }]);
  });

  it('sees the price of what is held where a backend tells no other', async () => {
    await at.alerts.save(anAlertText({ symbol: 'ETH' }));
    const held = (priceUsd: string): void => {
      const atMs = at.clock.now();
      at.desk.dispatch({ type: 'link-status', status: aLink({ dataAtMs: atMs }) });
      const holding = aHolding({ asset: 'ETH', priceUsd, updatedAtMs: atMs });
      at.desk.dispatch(portfolioEvent({ receivedAtMs: atMs, occurredAtMs: atMs }, [holding]));
    };
    held('3990');
    await at.clock.advance(3 * SECOND_MS);
    held('4010');
    await at.clock.advance(3 * SECOND_MS);
    expect(times()).toBe(1);
  });

  it('rings by the holdings of a backend whose clock is far behind, from the first figures that came while it was watched', async () => {
    await at.alerts.save(anAlertText({ symbol: 'ETH' }));
    const held = (priceUsd: string): void => {
      const atMs = at.clock.now();
      at.desk.dispatch({ type: 'link-status', status: aLink({ dataAtMs: atMs }) });
      const holding = aHolding({ asset: 'ETH', priceUsd, updatedAtMs: atMs });
      at.desk.dispatch(portfolioEvent({ receivedAtMs: atMs, occurredAtMs: atMs - 3 * HOUR_MS }, [holding]));
    };
    held('3980');
    await at.clock.advance(MINUTE_MS);
    held('3990');
    await at.clock.advance(MINUTE_MS);
    held('4010');
    await at.clock.advance(3 * SECOND_MS);
    expect(times()).toBe(1);
  });

  it('does not ring by holdings that are read again and again and are old', async () => {
    await at.alerts.save(anAlertText({ symbol: 'ETH' }));
    const stampMs = at.clock.now();
    const held = (priceUsd: string, occurredAtMs: number): void => {
      const atMs = at.clock.now();
      at.desk.dispatch({ type: 'link-status', status: aLink({ dataAtMs: atMs }) });
      const holding = aHolding({ asset: 'ETH', priceUsd, updatedAtMs: atMs });
      at.desk.dispatch(portfolioEvent({ receivedAtMs: atMs, occurredAtMs }, [holding]));
    };
    held('3990', stampMs);
    await at.clock.advance(3 * SECOND_MS);
    await at.clock.advance(5 * HOUR_MS);
    held('4010', stampMs + HOUR_MS);
    await at.clock.advance(3 * SECOND_MS);
    expect(times()).toBe(0);
  });
});

it('a gap without prices is said: nobody saw when it was crossed', async () => {
  await at.alerts.save(anAlertText());
  await prices(['3990']);
  await at.clock.advance(20 * MINUTE_MS);
  price('4100');
  expect(rung()[0]?.message).toContain('Crossed while no price came, seen at');
});

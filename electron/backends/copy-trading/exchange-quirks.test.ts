import { afterEach, describe, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { copyTrading } from './kind.ts';
import type { Bench } from './testing/bench.ts';
import { advanceUntil, ALPHA, BY, containing, copyRow, createBenches } from './testing/bench.ts';

/** The quirks of the sheet's section 7, by their numbers, over real HTTP and Socket.IO. */
const benches = createBenches();
afterEach(benches.close);

const followAlpha = { traderId: ALPHA, amount: '1000' };

const latest = (bench: Bench) => bench.of('link-status').at(-1)?.status;

describe('quirk 10 sample values look real', () => {
  it('quirk 10 samples are marked, and their total is told to nobody', async () => {
    const bench = await benches.start();
    expect(bench.entries('positions').filter(({ owner }) => owner === 'copy')).toMatchObject([
      { symbol: 'APT/USDC', simulated: true, pnlPct: '5' },
      { symbol: 'BTC/USDC', simulated: true },
    ]);
    expect(bench.of('trade')).toMatchObject([{ trade: { status: 'simulated', realisedPnlUsd: null } }]);
    expect(bench.of('portfolio')).toEqual([]);
  });

  it('quirk 10 before the exchange was asked nothing counts as real, and whoever follows is told', async () => {
    const bench = await benches.open({
      given: (server) => server.on('GET /kana-labs/status', { hang: true }),
    });
    const { checks } = await bench.backend.acting.prepare('follow', followAlpha);
    expect(checks.find(({ id }) => id === 'simulated')).toMatchObject({ verdict: 'warn' });
  });

  it('quirk 10 everything is a sample until the exchange is confirmed, and real after it', async () => {
    const away = { status: 500, json: { error: 'Kana Labs is away', message: 'timeout' } };
    const bench = await benches.start({
      given(server) {
        server.on('GET /kana-labs/status', away);
        server.on('GET /portfolio/positions', copyRow());
      },
    });
    expect(bench.entries('positions').at(-1)).toMatchObject({ symbol: 'APT/USDC', simulated: true });
    expect(bench.entries('traders').every(({ simulated }) => simulated)).toBe(true);
    bench.server.on('GET /kana-labs/status', { json: { status: 'connected' } });
    await bench.backend.refresh();
    expect(bench.entries('positions').at(-1)).toMatchObject({ symbol: 'APT/USDC', simulated: false });
    expect(bench.entries('traders').at(-1)).toMatchObject({ simulated: false });
  });
});

describe('quirk 11 orders are placed for whoever asks', () => {
  const order = { traderWallet: ALPHA, marketId: 'APT-USDC', side: 'buy', originalSize: '1' };

  it.each(['rule', 'assistant', 'desk'])('quirk 11 none is sent for %s', async (origin) => {
    const bench = await benches.start({
      given: (server) => server.on('GET /portfolio/positions', copyRow()),
    });
    const by = { ...BY, origin };
    const stops = { positionId: 'copy:c1', stopLoss: '8' };
    expect((await bench.backend.acting.perform('copy.execute', order, by)).kind).toBe('refused');
    expect((await bench.backend.acting.perform('position.stops', stops, by)).kind).toBe('refused');
    expect(bench.server.asked.all.some(({ path }) => /execute|risk/.test(path))).toBe(false);
  });

  it('quirk 11 both ask a person for a yes', async () => {
    const bench = await benches.start();
    const acts = copyTrading.descriptor.acts.filter(({ group }) => group === 'Orders');
    expect(acts.map(({ id, confirm }) => [id, typeof confirm])).toEqual([
      ['copy.execute', 'string'],
      ['position.stops', 'string'],
    ]);
    expect((await bench.backend.acting.perform('copy.execute', order, BY)).kind).toBe('accepted');
    expect(bench.calls('POST /copy-trading/execute')).toHaveLength(1);
  });
});

describe('quirk 12 the exchange behind the server is away', () => {
  const away = { status: 500, json: { error: 'Failed to fetch', message: 'ECONNREFUSED' } };

  it('quirk 12 that is a normal state: the link lives, and a read says both words', async () => {
    const bench = await benches.start({
      given(server) {
        for (const call of ['GET /kana-labs/status', `GET /copy-trading/positions/${ALPHA}`])
          server.on(call, away);
      },
    });
    await bench.backend.acting.perform('follow', followAlpha, BY);
    await bench.clock.advance(MINUTE_MS);
    await bench.server.asked.until(({ call }) => call === `GET /copy-trading/positions/${ALPHA}`);
    await bench.backend.refresh();
    expect(latest(bench)?.state.kind).toBe('live');
    await expect(
      bench.backend.read('trader-positions', { traderId: ALPHA }, new AbortController().signal),
    ).rejects.toThrow(
      'The server, or the exchange behind it, failed. It says: “Failed to fetch; ECONNREFUSED”',
    );
  });

  it('quirk 12 a subscription that is refused is asked for again with the next reading', async () => {
    const bench = await benches.start();
    await bench.server.heard.until(({ event }) => event === 'subscribe_market');
    bench.server.tell('subscription_error', { type: 'market', error: 'Upstream is not connected' });
    const asked = () => bench.server.heard.all.filter(({ event }) => event === 'subscribe_market').length;
    await advanceUntil(bench, () => asked() > 1, 20 * SECOND_MS);
    expect(bench.of('alert')).toEqual([]);
    expect(latest(bench)?.rejected).toBe(0);
  });

  it('quirk 12 an act that fails so may have been carried out', async () => {
    const bench = await benches.start({ given: (server) => server.on('POST /traders/follow', away) });
    const answer = await bench.backend.acting.perform('follow', followAlpha, BY);
    expect(answer).toMatchObject({ kind: 'unknown', message: containing('not known') });
    expect(bench.entries('follows').at(-1)).toMatchObject({ id: ALPHA, state: 'unverified' });
  });
});

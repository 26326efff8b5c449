import { afterEach, describe, expect, it } from 'vitest';

import { MINUTE_MS } from '#shared/time.ts';

import type { ManualClock } from '../../lib/clock.ts';
import type { Client } from '../testing/practice-client.ts';
import { startForTest } from '../testing/practice-client.ts';

let stop: (() => Promise<void>) | null = null;
afterEach(async () => {
  await stop?.();
  stop = null;
});

async function start(quiet = true): Promise<{ client: Client; clock: ManualClock }> {
  const { practice, client, clock } = await startForTest({ quiet });
  stop = () => practice.stop();
  await client.control('rate-limit', { enabled: false });
  return { client, clock };
}

const keys = (value: unknown): string[] => Object.keys(value as object);

describe('portfolio (sheet 4.4)', () => {
  it('/portfolio is one flat object; /portfolio/current leaks _totalUSD as an asset of price 0', async () => {
    const { client } = await start();
    const flat = (await client.call('GET', '/portfolio')).body as Record<string, unknown>;
    expect(typeof flat.BTC).toBe('number');
    expect(keys(flat).slice(-5)).toEqual(['_prices', '_totalUSD', 'timestamp', 'reason', '_id']);
    const current = (await client.call('GET', '/portfolio/current')).body as {
      balances: Record<string, number>;
      prices: Record<string, number>;
      totalValueUSD: number;
    };
    expect(keys(current)).toEqual([
      'balances',
      'prices',
      'totalValueUSD',
      'baselines',
      'xrpAboveBaseline',
      'btcFree',
      'totalChange24hPct',
      'priceChange24hPct',
      'collateral',
      'updatedAt',
      'ageMs',
      'hasData',
    ]);
    expect(current.balances._totalUSD).toBe(flat._totalUSD);
    expect(current.prices._totalUSD).toBe(0);
    expect(current.totalValueUSD).toBeCloseTo(Number(flat._totalUSD), 2);
  });

  it('a deposit replaces the latest snapshot by only the assets sent, and is told without a reason', async () => {
    const { client } = await start();
    const live = await client.live();
    const sent = { balances: { BTC: 1.5 }, prices: { BTC: 70_000 }, isDeposit: true };
    const { body } = await client.own('POST', '/portfolio/snapshot', sent);
    const { snapshot } = body as { snapshot: object };
    expect(keys(snapshot)).toEqual(['BTC', '_prices', 'timestamp', 'reason', '_id']);
    await live.until('portfolio:updated');
    expect(live.frames().at(-1)).toEqual({ type: 'portfolio:updated', data: { snapshot, isDeposit: true } });
    expect((await client.call('GET', '/portfolio')).body).toEqual(snapshot);
    live.close();
  });

  it('scheduled updates have the other shape and come every few seconds', async () => {
    const { client, clock } = await start(false);
    const live = await client.live();
    await clock.advance(4_000);
    await live.until('portfolio:updated');
    const update = live.frames().find((frame) => frame.type === 'portfolio:updated');
    expect(keys(update?.data)).toEqual(['balances', 'prices', 'totalUSD', 'timestamp']);
    live.close();
  });

  it('changes carry their percentages as text; a bad since becomes null', async () => {
    const { client } = await start();
    const day = (await client.call('GET', '/portfolio/changes?since=2020-01-01T00:00:00Z')).body as {
      changes: object[];
    };
    expect(keys(day.changes[0])).toEqual([
      'coin',
      'qtyChange',
      'priceChange',
      'pctChange',
      'valueChange',
      'latestQty',
      'latestPrice',
    ]);
    const bad = await client.call('GET', '/portfolio/changes?since=yesterday');
    expect(bad.text).toMatch(/^\{"changes":\[\],"since":null,"latest":"[^"]+"\}$/);
  });
});

describe('what a client may read (sheet 4.5 to 4.9)', () => {
  it('has content from the first start', async () => {
    const { client } = await start();
    for (const path of ['/executions/recent', '/backtests/recent', '/backtests/summary']) {
      const { count } = (await client.call('GET', path)).body as { count: number };
      expect(count, path).toBeGreaterThan(2);
    }
    const profits = (await client.call('GET', '/profits/recent')).body;
    expect(keys(profits)).toEqual(['count', 'totalNetUSD', 'byAsset', 'items', 'usdcYield']);
    const { days } = (await client.call('GET', '/report/daily')).body as { days: object[] };
    expect(days.length).toBeGreaterThan(2);
    const { coins } = (await client.call('GET', '/analysis/prices?coins=BTC,NONE')).body as {
      coins: Record<string, Record<string, unknown>>;
    };
    expect(Object.keys(coins)).toEqual(['BTC']);
    expect(keys(coins.BTC)).toEqual(['last', 'sma7', 'sma30', 'return24hPct', 'volatility7d', 'points']);
    expect((await client.call('GET', '/macro/sentiment')).body).toMatchObject({
      ok: true,
      latest: { source: 'feargreedmeter' },
    });
    expect((await client.call('GET', '/executions/recent?limit=abc')).status).toBe(200);
    for (const path of [
      '/dashboard',
      '/balances',
      '/collateral/status',
      '/reports/daily-learning',
      '/analysis/projection',
      '/analysis/predictions?symbol=ETH',
      '/analysis/profit-taking',
      '/objectives',
      '/risk/state',
      '/rotation/scheduler',
      '/chat/history',
      '/status',
      '/health',
      '/health/full',
      '/env',
      '/version',
      '/coinbase/status',
    ]) {
      const reply = await client.call('GET', path);
      expect([path, reply.status, typeof reply.body]).toEqual([path, 200, 'object']);
    }
    expect((await client.call('GET', '/')).text).toBe('coinruler-api:ok');
    expect((await client.call('GET', '/analysis/predictions?symbol=NONE')).status).toBe(404);
  });

  it('a Monte Carlo of 0 simulations answers only outcomes and a null mean', async () => {
    const { client } = await start();
    const none = await client.call('POST', '/monte-carlo', { portfolio: { BTC: 1 }, sims: 0 });
    expect(none.text).toBe('{"outcomes":[],"mean":null}');
    const some = (
      await client.call('POST', '/monte-carlo', { portfolio: { BTC: 1, _prices: { BTC: 100 } }, sims: 400 })
    ).body as { outcomes: number[]; mean: number; percentile_5: number; percentile_95: number };
    expect(some.outcomes).toHaveLength(400);
    expect(some.percentile_5).toBeLessThan(some.percentile_95);
    expect(some.mean).toBeGreaterThan(80);
    expect((await client.call('POST', '/monte-carlo', { portfolio: { BTC: 1 }, sims: 1e12 })).status).toBe(
      500,
    );
  });

  it('reading the daily learning writes a report; a profit scan makes approvals without an event', async () => {
    const { client } = await start();
    const before = (await client.call('GET', '/report/daily')).body as { days: { count: number }[] };
    await client.call('GET', '/reports/daily-learning');
    const after = (await client.call('GET', '/report/daily')).body as { days: { count: number }[] };
    const sum = (days: { count: number }[]): number => days.reduce((total, day) => total + day.count, 0);
    expect(sum(after.days)).toBe(sum(before.days) + 1);
    const live = await client.live();
    const scan = (await client.own('POST', '/analysis/profit-taking/scan', {})).body as {
      approvalsCreated: number;
    };
    await live.until('Profit-taking scan complete');
    expect(live.text()).not.toContain('approval:created');
    const pending = (await client.call('GET', '/approvals/pending')).body as { count: number };
    expect(scan.approvalsCreated).toBeGreaterThan(0);
    expect(pending.count).toBe(scan.approvalsCreated);
    live.close();
  });

  it('rules are checked for four members, and objectives are replaced whole', async () => {
    const { client } = await start();
    const refused = await client.call('POST', '/rules', { name: 'x' });
    expect([refused.status, refused.text]).toEqual([
      400,
      '{"error":"Invalid rule: missing name/trigger/conditions/actions"}',
    ]);
    const rules = (await client.call('GET', '/rules')).body as { _id: string }[];
    const id = rules[0]?._id ?? '';
    expect(((await client.call('GET', `/rules/${id}/metrics`)).body as object[]).length).toBeGreaterThan(4);
    const backtest = await client.own('POST', `/rules/${id}/backtest`, {});
    expect(keys((backtest.body as { metrics: object }).metrics)).toContain('pnlCurve');
    expect((await client.own('POST', '/rules/64b000000000000000000000/backtest', {})).status).toBe(404);
    expect((await client.own('POST', '/rules/optimize', {})).body).toMatchObject({ candidates: 3 });
    expect((await client.own('POST', '/rules/evaluate', {})).body).toEqual({
      ok: true,
      intents: 0,
      sample: [],
    });
    await client.call('PUT', '/objectives', { only: 'this' });
    expect((await client.call('GET', '/objectives')).text).toBe('{"only":"this"}');
  });

  it('rotation answers 200 whatever becomes of it, and hands out the old secret', async () => {
    const { client } = await start();
    const status = (await client.call('GET', '/rotation/status')).body as { service: string }[];
    expect(status.map((one) => one.service).join()).toBe(
      'coinbase,discord,mongodb,openai,newsapi,whalealert,tradingecon,twilio',
    );
    const done = (await client.own('POST', '/rotation/rotate/openai', {})).body as { oldKeyId: string };
    expect(done).toMatchObject({ service: 'openai', success: true });
    expect(done.oldKeyId).toMatch(/^openai_secret_/);
    for (const service of ['twilio', 'nobody', '__proto__']) {
      const failed = await client.own('POST', `/rotation/rotate/${service}`, {});
      expect([failed.status, failed.body]).toMatchObject([200, { success: false }]);
    }
    expect((await client.call('GET', '/rotation/policies')).text).toBe('{"count":0,"policies":[]}');
    expect((await client.call('GET', '/rotation/policy/nobody')).status).toBe(404);
  });
});

describe('chat (sheet 4.8, 5.2)', () => {
  it('streams tokens on the clock, ends with [DONE], and says that it is scripted', async () => {
    const { client, clock } = await start();
    const answer = client.call('POST', '/chat/stream', {
      messages: [{ role: 'user', content: 'How is the portfolio?' }],
    });
    const whole = await advanceUntil(clock, answer);
    expect(whole.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(whole.text.endsWith('data: [DONE]\n\n')).toBe(true);
    const tokens = whole.text
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: {'))
      .map((frame) => (JSON.parse(frame.slice(6)) as { token: string }).token);
    expect(tokens.length).toBeGreaterThan(30);
    expect(tokens.join('')).toMatch(/worth \*\*\$[\d,]+/);
    expect(tokens.join('')).toContain('not a language model');
  });

  it('an error comes as a frame under HTTP 200, without [DONE]', async () => {
    const { client, clock } = await start();
    await client.control('chat-failure', { afterTokens: 3, message: 'aborted' });
    const failed = await advanceUntil(clock, client.call('POST', '/chat/stream', { prompt: 'risk?' }));
    expect(failed.status).toBe(200);
    expect(failed.text.endsWith('data: {"error":"aborted"}\n\n')).toBe(true);
    expect(failed.text.match(/"token"/g)).toHaveLength(3);
  });

  it('answers several topics from its own state', async () => {
    const { client } = await start();
    await client.control('propose', { symbol: 'ETH', quantity: 0.5, rationale: 'Because the test says so.' });
    const ask = async (prompt: string): Promise<string> =>
      ((await client.call('POST', '/chat', { prompt })).body as { reply: string }).reply;
    expect(await ask('Why are approvals pending?')).toContain('Because the test says so.');
    expect(await ask('largest position?')).toContain('**BTC**');
    expect(await ask('kill switch?')).toContain('**off**');
    expect(await ask('how is SOL')).toContain('**SOL** stands at');
    expect(await ask('xyzzy')).toContain('Here is how the desk stands');
  });

  it('keeps what clients log, oldest first', async () => {
    const { client } = await start();
    expect((await client.call('POST', '/chat/log', {})).status).toBe(500);
    for (const content of ['one', 'two']) {
      await client.call('POST', '/chat/log', {
        message: { role: 'user', content, timestamp: '2030-01-01T00:00:00.000Z' },
      });
    }
    const { messages } = (await client.call('GET', '/chat/history')).body as {
      messages: { content: string }[];
    };
    expect(messages.map((one) => one.content)).toEqual(['one', 'two']);
  });
});

/** Lets the clock run until an answer that needs it is complete. */
async function advanceUntil<T>(clock: ManualClock, answer: Promise<T>): Promise<T> {
  let settled = false;
  void answer.finally(() => {
    settled = true;
  });
  while (!settled) {
    await clock.advance(MINUTE_MS / 60);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return answer;
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Backend, Json, Params } from '../port.ts';
import { coinruler } from './kind.ts';
import { readDefinitions } from './reads.ts';
import { createHarness, eventually } from './testing/harness.ts';
import { recordedAnswer } from './testing/recordings.ts';
import type { StubServer } from './testing/stub-server.ts';
import { SILENCE, startStubServer } from './testing/stub-server.ts';

let server: StubServer;
let backend: Backend;

beforeEach(async () => {
  server = await startStubServer();
  backend = coinruler.create(createHarness({ address: server.address, ownerId: null }).context);
});

afterEach(async () => {
  backend.dispose();
  await server.close();
});

const read = (id: string, params: Params = {}): Promise<Json> =>
  backend.read(id, params, new AbortController().signal);

it('the mood of the market is what the window can show: a value from 0 to 100 with its time', async () => {
  server.on('GET /macro/sentiment', {
    json: {
      ok: true,
      latest: { source: 'feargreedmeter', value: 47, fetchedAt: '2026-01-31T14:00:00.000Z' },
    },
  });
  const described = readDefinitions.find(({ descriptor }) => descriptor.tells === 'sentiment')?.descriptor;
  expect(await read(described?.id ?? '')).toMatchObject({ value: 47, fetchedAt: '2026-01-31T14:00:00.000Z' });
  server.on('GET /macro/sentiment', { json: { ok: true, latest: null } });
  expect(await read(described?.id ?? '')).toBeNull();
});

describe('Monte Carlo', () => {
  const simulated = { outcomes: [3, 1, 2.005], mean: 2, median: 2, percentile_5: 1, percentile_95: 3 };

  it('simulates what is held and has a price, and answers a distribution', async () => {
    server.on('POST /monte-carlo', { json: simulated });
    expect(await read('monte-carlo', { simulations: '500', days: 10 })).toEqual({
      unit: 'USD',
      days: 10,
      outcomes: [1, 2.01, 3],
      startUsd: '120000',
      summary: { mean: 2, median: 2, p5: 1, p95: 3 },
    });
    expect(server.asked.at(-1)?.body).toEqual({
      portfolio: { BTC: 2, _prices: { BTC: 60_000 } },
      sims: 500,
      days: 10,
    });
  });

  it.each([
    { simulations: 20_001 },
    { simulations: 0 },
    { simulations: 'lots' },
    { days: 0 },
    { simulations: '1e9' },
  ])('§4.5 %j is refused before the server is blocked by it', async (params) => {
    await expect(read('monte-carlo', params)).rejects.toThrow(/must be/);
    expect(server.asked).toEqual([]);
  });

  it('§3 an answer in which figures disappeared is said to be empty', async () => {
    server.on('POST /monte-carlo', { json: { outcomes: [], mean: null } });
    await expect(read('monte-carlo')).rejects.toThrow('simulated nothing');
  });
});

describe('the shapes of the views', () => {
  it('changes are rows, without the total that leaks in as a coin (§4.4)', async () => {
    const change = {
      coin: 'BTC',
      qtyChange: 1,
      priceChange: 0,
      pctChange: '0.00%',
      valueChange: '12.30',
      latestQty: 2,
      latestPrice: 3,
    };
    server.on('GET /portfolio/changes', {
      json: { changes: [change, { ...change, coin: '_totalUSD' }], since: null, latest: 'x' },
    });
    expect(await read('portfolio.changes')).toEqual([change]);
    expect(await read('portfolio.changes', { since: '2030-01-01' })).toHaveLength(1);
    expect(server.asked.at(-1)?.path).toBe('/portfolio/changes?since=2030-01-01T00%3A00%3A00.000Z');
    await expect(read('portfolio.changes', { since: 'yesterday' })).rejects.toThrow('date');
  });

  it('a table is a list of flat rows, prices by their coin', async () => {
    server.on('GET /analysis/prices', {
      json: { generatedAt: 'x', coins: { BTC: { last: 1, sma7: null, points: 3 } } },
    });
    expect(await read('prices', { coins: 'BTC&days=1' })).toEqual([
      { coin: 'BTC', last: 1, sma7: null, points: 3 },
    ]);
    expect(server.asked.at(-1)?.path).toContain('coins=BTC%26days%3D1&days=60');
    server.on('GET /executions/recent', { json: recordedAnswer('executions') });
    expect(await read('executions')).toMatchObject([
      { symbol: 'BTC', status: 'simulated', id: '6b00d3f2a891bfc23513abba' },
    ]);
  });

  it('predictions are a row a horizon', async () => {
    const predictions = { '1h': 1, '1w': 2, confidence: 0.5, method: 'sma', note: 'n' };
    server.on('GET /analysis/predictions', { json: { symbol: 'BTC', currentPrice: 9, predictions } });
    expect(await read('predictions', { symbol: 'btc' })).toMatchObject([
      { horizon: '1h', price: 1 },
      { horizon: '1w', price: 2 },
    ]);
    expect(server.asked.at(-1)?.path).toContain('symbol=BTC');
  });

  it('the flat snapshot is taken apart', async () => {
    server.on('GET /portfolio', { json: recordedAnswer('portfolio') });
    expect(await read('portfolio.snapshot')).toMatchObject({
      reason: 'initial-startup',
      assets: { BTC: 0.75, XRP: 1200.5, USDC: 5400 },
      prices: { BTC: 68050.6364 },
    });
  });

  it('a projection is a distribution', async () => {
    const monteCarlo = { outcomes: [2, 1], mean: 1.5, median: 1.5, percentile_5: 1, percentile_95: 2 };
    server.on('GET /analysis/projection', {
      json: { monteCarlo, confidence: 0.5, summary: {}, timestamp: 'x' },
    });
    expect(await read('projection')).toMatchObject({ outcomes: [1, 2] });
  });

  it('S1 policies of keys come without anything secret', async () => {
    server.on('GET /rotation/policy/openai', {
      json: { service: 'openai', enabled: true, oldKeyId: 'sk-1' },
    });
    expect(await read('rotation.policy', { service: 'openai' })).toEqual({
      service: 'openai',
      enabled: true,
    });
  });
});

describe('what cannot be read', () => {
  it('§7.7 pages of HTML become words', async () => {
    server.on('GET /status', { status: 500, html: 'Error: boom' });
    const error = await read('status').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).not.toMatch(/</);
  });

  it.each([
    [404, { error: 'No price data for ZZZ' }, 'No price data'],
    [503, { error: 'Database not connected' }, 'database'],
    [500, { error: 'x'.repeat(10_000) }, 'failed (500)'],
  ])('%i says why', async (status, json, words) => {
    server.on('GET /status', { status, json });
    const error = await read('status').catch((caught: unknown) => caught);
    expect(String(error)).toContain(words);
    expect(String(error).length).toBeLessThan(400);
  });

  it('an unknown read is named', async () => {
    await expect(read('mfa.pending')).rejects.toThrow('mfa.pending');
  });

  it('ends when nobody waits any more', async () => {
    server.on('GET /status', SILENCE);
    const stop = new AbortController();
    const reading = backend.read('status', {}, stop.signal);
    await eventually(() => server.asked.length).toBe(1);
    stop.abort();
    await expect(reading).rejects.toThrow();
  });
});

describe('the descriptors', () => {
  it('name each read once, and never the list of one-time codes', () => {
    const ids = readDefinitions.map(({ descriptor }) => descriptor.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(JSON.stringify(coinruler.descriptor)).not.toContain('/mfa');
  });

  it('what writes on the server is asked only by hand, with a caution', () => {
    const costly = readDefinitions
      .filter(({ descriptor }) => !descriptor.free)
      .map(({ descriptor }) => descriptor);
    expect(costly.map(({ id }) => id)).toEqual(['reports.learning', 'health.full']);
    expect(costly.every(({ caution }) => caution !== undefined)).toBe(true);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { AiClient } from './testing/ai-client.ts';
import { recordedAnswers, startAi } from './testing/ai-client.ts';

let ai: AiClient;

/** A desk for each test, or one for all tests that leave nothing behind that another would see. */
function freshDesk(when: 'each' | 'once'): void {
  const [before, after] = when === 'each' ? [beforeEach, afterEach] : [beforeAll, afterAll];
  before(async () => {
    ai = await startAi();
  });
  after(() => ai.practice.stop());
}

const recorded = recordedAnswers();
const START = { base_model: 'openai/gpt-4o', symbol: 'BTC', date: '2026-11-20' };

/** The members of an answer and the kinds of their values; of a list its first entry. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'any' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}

/** Free-form members, such as holdings by symbol, differ by nature. */
const FREE = new Set(['positions', 'model_parameters', 'strategy_snapshot', 'messages', 'portfolio_values']);

function expectMembers(given: unknown, wanted: unknown, path = ''): void {
  if (Array.isArray(wanted) && Array.isArray(given)) {
    if (wanted.length > 0 && given.length > 0) expectMembers(given[0], wanted[0], `${path}[]`);
    return;
  }
  if (typeof wanted !== 'object' || wanted === null || typeof given !== 'object' || given === null) {
    if (wanted !== 'any' && given !== 'any') expect([path, given]).toEqual([path, wanted]);
    return;
  }
  expect([path, Object.keys(given)]).toEqual([path, expect.arrayContaining(Object.keys(wanted))]);
  for (const [name, member] of Object.entries(wanted)) {
    if (!FREE.has(name)) expectMembers(Reflect.get(given, name), member, `${path}.${name}`);
  }
}

describe('the recordings of the reference server: answers', () => {
  freshDesk('once');
  const calls: [name: string, method: string, path: string, body?: unknown][] = [
    ['root', 'GET', '/'],
    ['health', 'GET', '/api/health'],
    ['me', 'GET', '/api/auth/me'],
    ['models', 'GET', '/api/models'],
    ['create', 'POST', '/api/models', { name: 'New One!' }],
    ['update', 'PUT', '/api/models/2', { name: 'Renamed' }],
    ['positions', 'GET', '/api/models/1/positions?page=1&page_size=2'],
    ['latest', 'GET', '/api/models/1/positions/latest'],
    ['logs', 'GET', '/api/models/1/logs'],
    ['performance', 'GET', '/api/models/1/performance'],
    ['runs', 'GET', '/api/models/1/runs'],
    ['status all', 'GET', '/api/trading/status'],
    ['start-intraday', 'POST', '/api/trading/start-intraday/1', START],
    ['chat sessions', 'GET', '/api/chat/sessions'],
    ['chat new', 'POST', '/api/chat/sessions/new', { model_id: 1 }],
    ['available models', 'GET', '/api/available-models'],
    ['model config', 'GET', '/api/model-config?model_id=openai/gpt-5'],
  ];
  it.each(calls)('%s has every recorded member, of the same kind', async (name, method, path, body) => {
    const wanted = recorded.get(name);
    const reply = await ai.call(method, path, body);
    expect(reply.status).toBe(wanted?.status);
    const { error: _outage, ...members } = wanted?.body as Record<string, unknown>;
    expectMembers(shapeOf(reply.body), shapeOf(members));
  });
});

describe('the recordings of the reference server: errors', () => {
  freshDesk('once');
  const errors: [name: string, method: string, path: string, body?: unknown][] = [
    ['login bad', 'POST', '/api/auth/login', { email: 'owner@example.com', password: 'wrong' }],
    ['login invalid', 'POST', '/api/auth/login', { email: 'x' }],
    ['signup not approved', 'POST', '/api/auth/signup', { email: 'a@b.example', password: 'long enough' }],
    ['create invalid', 'POST', '/api/models', {}],
    ['foreign model', 'GET', '/api/models/99/positions'],
    ['positions page 0', 'GET', '/api/models/1/positions?page=0'],
    ['runs foreign', 'GET', '/api/models/99/runs'],
    ['run missing', 'GET', '/api/models/1/runs/999999'],
    ['status non int', 'GET', '/api/trading/status/abc'],
    ['start missing', 'POST', '/api/trading/start/1', {}],
    ['stop nothing', 'POST', '/api/trading/stop/1'],
    ['task pending', 'GET', '/api/trading/task-status/abc'],
    ['run chat', 'POST', '/api/models/1/runs/1/chat', { message: 'hi' }],
    ['admin as user', 'GET', '/api/admin/users'],
    ['404', 'GET', '/api/nowhere'],
    ['405', 'DELETE', '/api/auth/me'],
  ];
  it.each(errors)('%s is answered word by word (four shapes, quirk 1)', async (name, method, path, body) => {
    const reply = await ai.call(method, path, body);
    expect({ status: reply.status, body: reply.body }).toEqual(recorded.get(name));
  });
});

describe('who calls (sheet 2)', () => {
  freshDesk('each');

  it('quirk 8: a token is good for an hour of the clock, and there is only another sign-in', async () => {
    const later = (): Promise<number> => ai.call('GET', '/api/auth/me').then(({ status }) => status);
    await ai.clock.advance(3_599_000);
    expect(await later()).toBe(200);
    await ai.clock.advance(1_000);
    expect(await later()).toBe(401);
    const { email, password } = ai.secrets;
    const again = await ai.call('POST', '/api/auth/login', { email, password }, {});
    const headers = { authorization: `Bearer ${String(again.body.access_token)}` };
    expect((await ai.call('GET', '/api/auth/me', undefined, headers)).status).toBe(200);
  });

  it('refuses no token and a forged one in the words of the recordings', async () => {
    const me = async (headers: Record<string, string>): Promise<unknown> => {
      const { status, body } = await ai.call('GET', '/api/auth/me', undefined, headers);
      return { status, body };
    };
    expect(await me({})).toEqual(recorded.get('me none'));
    const [head = '', body = ''] = ai.token.split('.');
    for (const forged of ['x', `${head}.${body}.AAAA`, `${head}.${body}`])
      expect(await me({ authorization: `Bearer ${forged}` })).toEqual(recorded.get('me bad'));
  });

  it('quirk 9: an API key sees no models, has no profile and opens no stream', async () => {
    const { aiApiKey } = (await ai.control('state')) as { aiApiKey: string };
    const headers = { 'x-api-key': aiApiKey };
    expect((await ai.call('GET', '/api/models', undefined, headers)).body).toEqual(
      recorded.get('models with api key')?.body,
    );
    expect((await ai.call('GET', '/api/auth/me', undefined, headers)).body).toEqual(
      recorded.get('me with api key')?.body,
    );
    expect((await ai.call('GET', '/api/trading/stream/1', undefined, headers)).status).toBe(401);
  });
});

describe('models (sheet 4.1)', () => {
  freshDesk('each');

  it('quirk 11: an update resets what it leaves out, keeps the cash, and leaves what is null', async () => {
    const before = await model(3);
    expect(before).toMatchObject({ trading_style: 'swing-trading', initial_cash: 200_000 });
    await ai.call('PUT', '/api/models/3', { name: 'Short', initial_cash: 5, custom_rules: null });
    expect(await model(3)).toMatchObject({
      name: 'Short',
      signature: before?.signature,
      trading_style: 'day-trading',
      description: null,
      initial_cash: 200_000,
      custom_rules: before?.custom_rules,
      allowed_tickers: before?.allowed_tickers,
    });
  });

  it('gives each name a signature of its own, and takes everything of a deleted model away', async () => {
    const create = async (): Promise<Record<string, unknown>> =>
      (await ai.call('POST', '/api/models', { name: 'New One!' })).body;
    expect([(await create()).signature, (await create()).signature]).toEqual(['new-one', 'new-one-2']);
    const id = Number((await create()).id);
    const latest = await ai.call('GET', `/api/models/${id}/positions/latest`);
    expect({ status: latest.status, body: latest.body }).toEqual(recorded.get('latest none'));
    await ai.call('DELETE', '/api/models/1');
    expect((await ai.call('GET', '/api/models/1/positions')).status).toBe(404);
    expect(await model(1)).toBeUndefined();
  });

  it('without any history the performance is the placeholder of the real server', async () => {
    const created = await ai.call('POST', '/api/models', { name: 'Fresh' });
    const { body } = await ai.call('GET', `/api/models/${String(created.body.id)}/performance`);
    const wanted = recorded.get('performance')?.body as Record<string, unknown>;
    expect(body).toEqual({ ...wanted, model_id: created.body.id, model_name: 'fresh' });
  });

  it('performance is worked out from the curve, which an answer from the cache has lost', async () => {
    const read = async (): Promise<Record<string, Record<string, number>>> =>
      (await ai.call('GET', '/api/models/1/performance')).body as Record<string, Record<string, number>>;
    const first = await read();
    const values = Object.values(first.portfolio_values ?? {});
    expect(values.length).toBeGreaterThan(10);
    const levels = [1_000_000, ...values];
    const returns = levels.slice(1).map((value, index) => value / levels[index]! - 1);
    expect(first.metrics?.win_rate).toBeCloseTo(returns.filter((one) => one > 0).length / returns.length, 5);
    let [top, deepest] = [0, 0];
    for (const value of levels) {
      top = Math.max(top, value);
      deepest = Math.min(deepest, value / top - 1);
    }
    expect(first.metrics?.max_drawdown).toBeCloseTo(deepest, 5);
    expect(first.metrics?.cumulative_return).toBeCloseTo(values.at(-1)! / 1_000_000 - 1, 5);
    const cached = await read();
    expect(cached.portfolio_values).toEqual({});
    expect(cached.metrics).toEqual(first.metrics);
  });

  async function model(id: number): Promise<Record<string, unknown> | undefined> {
    const { models } = (await ai.call('GET', '/api/models')).body as { models: Record<string, unknown>[] };
    return models.find((one) => one.id === id);
  }
});

describe('told to fail over the control port', () => {
  freshDesk('each');

  it('sends the error that was asked for, hangs and goes on, and carries out what it does not answer', async () => {
    await ai.control('error-next', { status: 503, path: '/api/models' });
    expect((await ai.call('GET', '/api/models')).status).toBe(503);
    await ai.control('hang', { what: 'requests' });
    const hung = ai.call('GET', '/api/models');
    await ai.control('resume-hang');
    expect((await hung).status).toBe(200);
    await ai.control('lose-replies', { remaining: 1, path: '/api/trading/start-intraday' });
    await expect(ai.call('POST', '/api/trading/start-intraday/1', START)).rejects.toThrow('fetch failed');
    const { runs } = (await ai.call('GET', '/api/models/1/runs')).body as { runs: { status: string }[] };
    expect(runs[0]?.status).toBe('running');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { coinruler } from './kind.ts';
import { containing, createHarness } from './testing/harness.ts';
import type { Stubbed, StubServer } from './testing/stub-server.ts';
import { startStubServer } from './testing/stub-server.ts';

let server: StubServer;

beforeEach(async () => {
  server = await startStubServer();
});

afterEach(() => server.close());

async function test(ownerId: string | null = 'owner-1', address = server.address) {
  const { context, events } = createHarness({ address, ownerId });
  const steps = await coinruler.test(context);
  expect(events.all).toEqual([]);
  return steps;
}

const failed = async (ownerId?: string | null): Promise<string> => {
  const steps = await test(ownerId);
  const at = steps.findIndex(({ outcome }) => outcome === 'failed');
  expect(steps.slice(at + 1).every(({ outcome }) => outcome === 'skipped')).toBe(true);
  const step = steps[at];
  return step === undefined ? 'nothing failed' : `${step.name}: ${step.detail}`;
};

describe('the connection test', () => {
  it('walks from the name to the first event', async () => {
    const steps = await test();
    expect(steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'Name passed',
      'Answer passed',
      'Database passed',
      'Owner id passed',
      'First reading passed',
      'Live events passed',
    ]);
    expect(steps[4]?.detail).toBe('0 pending approvals, 1 assets, kill switch off.');
  });

  it('acts on nothing, and leaves the one-time codes alone', async () => {
    await test();
    const writing = server.asked.filter(({ method }) => method !== 'GET').map(({ path }) => path);
    expect(writing).toEqual(['/rules/000000000000000000000000/backtest']);
    expect(server.asked.some(({ path }) => path.includes('mfa'))).toBe(false);
  });

  it.each<[string, string, Stubbed, RegExp]>([
    ['a page', 'GET /health', { status: 200, html: 'Hello' }, /^Answer: .*not CoinRuler/],
    ['other JSON', 'GET /health', { json: { hello: 1 } }, /^Answer: .*unexpected/],
    ['a gateway', 'GET /health', { status: 502, html: 'Bad gateway' }, /^Answer: .*502/],
    ['no database', 'GET /health', { json: { ok: true, db: 'disconnected' } }, /^Database: /],
    [
      'degraded boot',
      'GET /health',
      { json: { ok: false, mode: 'degraded', error: 'x' } },
      /^Database: .*degraded/,
    ],
    [
      'a wrong owner',
      'POST /rules/000000000000000000000000/backtest',
      { status: 401, json: { error: 'Unauthorized' } },
      /^Owner id: .*does not accept/,
    ],
    [
      'no owner there',
      'POST /rules/000000000000000000000000/backtest',
      { status: 403, json: { error: 'Owner protection not configured' } },
      /^Owner id: .*OWNER_ID/,
    ],
    ['odd approvals', 'GET /approvals/pending', { json: [] }, /^First reading: /],
    [
      'a stream of something else',
      'GET /live',
      (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: hi\n\n'),
      /^Live events: .*not CoinRuler/,
    ],
    [
      'a stream that ends',
      'GET /live',
      (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(),
      /^Live events: /,
    ],
    ['no stream', 'GET /live', { status: 404, html: 'no' }, /^Live events: /],
  ])('finds %s', async (_, call, answer, expected) => {
    server.on(call, answer);
    expect(await failed()).toMatch(expected);
  });

  it('finds that no owner id is given', async () => {
    expect(await failed(null)).toMatch(/^Owner id: No owner id/);
  });

  it('an owner id that cannot be checked is no failure', async () => {
    server.on('POST /rules/000000000000000000000000/backtest', { status: 404, html: 'Cannot POST' });
    expect((await test()).map(({ outcome }) => outcome)).toEqual([
      'passed',
      'passed',
      'passed',
      'skipped',
      'passed',
      'passed',
    ]);
  });

  it('finds that nobody listens', async () => {
    const { address } = server;
    await server.close();
    const steps = await test('owner-1', address);
    server = await startStubServer();
    expect(steps[1]).toMatchObject({
      name: 'Answer',
      outcome: 'failed',
      detail: containing('refuses the connection'),
    });
  });

  it('S3 finds plain HTTP to another machine, and sends nothing', async () => {
    const steps = await test('owner-1', 'http://192.0.2.1:3001');
    expect(steps.find(({ outcome }) => outcome === 'failed')?.name).toBe('Answer');
  });

  it('finds a name that does not exist', async () => {
    const steps = await test('owner-1', 'http://no-such-host.invalid:3001');
    expect(steps[0]).toMatchObject({ name: 'Name', outcome: 'failed' });
  });
});

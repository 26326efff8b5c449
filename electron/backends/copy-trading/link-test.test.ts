import { afterEach, describe, expect, it } from 'vitest';

import { createTestContext } from '../testing/test-context.ts';
import { copyTrading } from './kind.ts';
import { containing, WALLET } from './testing/bench.ts';
import type { Stubbed, StubServer } from './testing/stub-server.ts';
import { startStubServer } from './testing/stub-server.ts';

const PAGE: Stubbed = { text: '<!DOCTYPE html><html><body>Bad gateway</body></html>' };

describe('the connection test', () => {
  let closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing) await close();
    closing = [];
  });

  async function walk(
    dialect: Parameters<typeof startStubServer>[0] = 'realtime',
    given: (server: StubServer) => void = () => undefined,
    wallet: string | null = WALLET,
  ) {
    const server = await startStubServer(dialect);
    closing.push(server.close);
    given(server);
    const { context, events } = createTestContext({
      config: {
        id: 'copy',
        kind: 'copy-trading',
        address: server.address,
        options: wallet === null ? {} : { wallet },
      },
    });
    const steps = await copyTrading.test(context);
    expect(events.all).toEqual([]);
    return { steps, asked: server.asked.all };
  }

  it.each([
    ['realtime', 'Connected: it is the realtime server.'],
    ['plain', 'Connected: it is the plain server, since it answers no ping.'],
  ] as const)(
    'walks from the name to the exchange of the %s server, and acts on nothing',
    async (dialect, words) => {
      const { steps, asked } = await walk(dialect);
      expect(steps.map(({ name, outcome, detail }) => [name, outcome, detail])).toMatchObject([
        ['Name', 'passed', containing('127.0.0.1')],
        ['Answer', 'passed', 'The server answers, and runs for 59 s.'],
        ['Sign-in', 'passed', 'Signed in without a signature: the server checks none.'],
        ['Traders', 'passed', '3 traders.'],
        ['Live events', 'passed', words],
        ['Exchange', 'passed', 'The exchange behind it says “connected”.'],
      ]);
      expect(asked.filter(({ call }) => !call.startsWith('GET ')).map(({ call }) => call)).toEqual([
        'POST /auth/login',
      ]);
    },
  );

  it.each<[string, string, Stubbed, RegExp]>([
    ['a page', 'GET /health', PAGE, /^Answer: .*page instead of data/],
    ['other JSON', 'GET /health', { json: { ok: true } }, /^Answer: .*unexpected/],
    [
      'no secret',
      'POST /auth/login',
      { status: 500, json: { error: 'secretOrPrivateKey' } },
      /^Sign-in: .*failed/,
    ],
    ['a full window', 'GET /traders', { status: 429, text: 'Too many' }, /^Traders: .*no more requests/],
  ])('%s is named, and what follows is skipped', async (_name, call, stubbed, words) => {
    const { steps } = await walk('realtime', (server) => server.on(call, stubbed));
    const at = steps.findIndex(({ outcome }) => outcome === 'failed');
    expect(`${steps[at]?.name}: ${steps[at]?.detail}`).toMatch(words);
    expect(steps.slice(at + 1).every(({ outcome }) => outcome === 'skipped')).toBe(true);
  });

  it('sockets that are refused are named', async () => {
    const { steps } = await walk('without-sockets');
    expect(steps.find(({ outcome }) => outcome === 'failed')?.name).toBe('Live events');
  });

  it('no wallet and an exchange that is away are skipped, and fail nothing', async () => {
    const away = { status: 500, json: { error: 'Down', message: 'timeout' } };
    const { steps } = await walk('realtime', (server) => server.on('GET /kana-labs/status', away), null);
    expect(
      steps.filter(({ outcome }) => outcome !== 'passed').map(({ name, outcome }) => [name, outcome]),
    ).toEqual([
      ['Sign-in', 'skipped'],
      ['Exchange', 'skipped'],
    ]);
  });
});

import { expect } from 'vitest';

import type { ManualClock } from '../../../lib/clock.ts';
import { createManualClock } from '../../../lib/clock.ts';
import type { ActAnswer, Backend, BackendMemory, Params, Verification } from '../../port.ts';
import type { TestContext } from '../../testing/test-context.ts';
import { createTestContext } from '../../testing/test-context.ts';
import { copyTrading } from '../kind.ts';
import { recordedAnswer } from './recordings.ts';
import type { Stubbed, StubServer } from './stub-server.ts';
import { startStubServer } from './stub-server.ts';

export const WALLET = '0xabc';
/** Traders of the recording. */
export const ALPHA = '0x1234567890abcdef';
export const EDDIE = '0xabcdef1234567890';
export const ALPHA_ID = '89f56ad6-3145-427a-9c22-da76a58b2648';
export const BY = { requestId: 'request-1', origin: 'window' };

export interface Bench extends TestContext {
  server: StubServer;
  backend: Backend;
  clock: ManualClock;
  /** Calls of this kind so far. */
  calls(call: string): { body: unknown; path: string }[];
  act(name: string, params: Params): Promise<{ answer: ActAnswer; verification: Verification }>;
}

interface BenchOptions {
  dialect?: 'plain' | 'realtime' | 'without-sockets';
  /** What the server is made to say before anybody asks. */
  given?: (server: StubServer) => void;
  memory?: BackendMemory;
  wallet?: string | null;
  /** The same server as before: the desk was restarted. */
  server?: StubServer;
}

/** Backends against real HTTP and Socket.IO servers of either dialect, on clocks that the tests move. */
export function createBenches(): {
  start(options?: BenchOptions): Promise<Bench>;
  /** Without waiting for a link. */
  open(options?: BenchOptions): Promise<Bench>;
  close(): Promise<void>;
} {
  let closing: (() => Promise<void> | void)[] = [];

  async function open(options: BenchOptions = {}): Promise<Bench> {
    const { dialect = 'realtime', wallet = WALLET, memory } = options;
    const clock = createManualClock();
    const startMs = clock.now();
    const server = options.server ?? (await startStubServer(dialect));
    if (options.server === undefined) {
      closing.push(server.close);
      countFollows(server);
    }
    server.on('GET /health', () => health(60 + (clock.now() - startMs) / 1_000));
    options.given?.(server);
    const test = createTestContext({
      config: {
        id: 'copy',
        kind: 'copy-trading',
        address: `${server.address}/api`,
        options: wallet === null ? {} : { wallet },
      },
      clock,
    });
    const backend = copyTrading.create(memory === undefined ? test.context : { ...test.context, memory });
    closing.push(() => backend.dispose());
    backend.start();
    return {
      ...test,
      server,
      backend,
      clock,
      calls: (call) => server.asked.all.filter((asked) => asked.call === call),
      async act(name, params) {
        const answer = await backend.acting.perform(name, params, BY);
        return { answer, verification: await backend.acting.verify(name, params, answer) };
      },
    };
  }

  return {
    open,
    async start(options) {
      const bench = await open(options);
      await bench.event('link-status', ({ status }) => status.state.kind === 'live');
      await bench.server.heard.until(({ event }) => event === 'ping');
      return bench;
    },
    async close() {
      for (const close of closing.toReversed()) await close();
      closing = [];
    },
  };
}

/** Follows as the server keeps them: by its ids, and told of by their count alone. */
function countFollows(server: StubServer): void {
  const followed = new Set<unknown>();
  const idIn = (body: unknown): unknown => (body as { traderId?: unknown } | null)?.traderId;
  server.on('POST /traders/follow', (body) => {
    followed.add(idIn(body));
    return { json: recordedAnswer('follow') };
  });
  server.on('POST /traders/unfollow', (body) => {
    followed.delete(idIn(body));
    return { json: recordedAnswer('unfollow') };
  });
  server.on('GET /portfolio', () => counting(followed.size));
}

/** Waits until it is so. The ceiling only ends a test that would wait for ever; it measures nothing. */
export const eventually = <T>(look: () => T) => expect.poll(look);

/** Moves the clock on, step by step, until it is so: servers answer in real time. */
export async function advanceUntil(
  { clock }: Pick<Bench, 'clock'>,
  isSo: () => boolean,
  stepMs: number,
): Promise<void> {
  await expect
    .poll(async () => {
      if (!isSo()) await clock.advance(stepMs);
      return isSo();
    })
    .toBe(true);
}

export const containing = (part: string): unknown => expect.stringContaining(part);

const health = (uptime: number): Stubbed => ({ json: { status: 'OK', uptime } });

/** The recorded portfolio with another count of follows. */
export function counting(followingCount: number): Stubbed {
  const { portfolio } = recordedAnswer('portfolio') as { portfolio: object };
  return { json: { success: true, portfolio: { ...portfolio, followingCount } } };
}

/** One open copy of a trader, as the server lists it. */
export const copyRow = (given: object = {}): Stubbed => ({
  json: {
    success: true,
    positions: [
      {
        id: 'c1',
        traderId: ALPHA_ID,
        traderName: 'Alpha Trader',
        symbol: 'APT/USDC',
        type: 'long',
        amount: 100,
        entryPrice: 8,
        currentPrice: 9,
        currentValue: 112.5,
        pnl: 12.5,
        pnlPercent: 12.5,
        status: 'active',
        openedAt: '2026-09-01T10:00:00.000Z',
        stopLoss: 7.6,
        takeProfit: 9.6,
        orderId: 'ord-1',
        ...given,
      },
    ],
    total: 1,
  },
});

/** What a trader holds at the exchange. */
export const holding = (...positions: object[]): Stubbed => ({
  json: { success: true, data: { walletAddress: ALPHA, positions, totalPositions: positions.length } },
});
export const HELD_APT = {
  marketId: 'APT-USDC',
  side: 'long',
  size: 10,
  entryPrice: 8,
  markPrice: 9,
  pnl: 10,
};

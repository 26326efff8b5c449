import { afterEach, describe, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { BackendMemory } from '../port.ts';
import { GRACE_MS } from './exits.ts';
import type { Bench } from './testing/bench.ts';
import {
  ALPHA,
  ALPHA_ID,
  containing,
  copyRow,
  counting,
  createBenches,
  eventually,
  HELD_APT,
  holding,
} from './testing/bench.ts';
import type { StubServer } from './testing/stub-server.ts';

/** A copy that stays open after its trader has left is money that nobody leads. */
const benches = createBenches();
afterEach(benches.close);

const HELD = `GET /copy-trading/positions/${ALPHA}`;
const COPIES = 'GET /portfolio/positions';

async function follow(
  given: (server: StubServer) => void = () => undefined,
  memory: BackendMemory = createMemory(),
): Promise<Bench> {
  const bench = await followUnread(given, memory);
  await nextMinute(bench);
  return bench;
}

/** Before what the trader holds was read. */
async function followUnread(
  given: (server: StubServer) => void,
  memory: BackendMemory = createMemory(),
): Promise<Bench> {
  const bench = await benches.start({
    memory,
    given(server) {
      server.on('GET /portfolio', counting(1));
      server.on(COPIES, copyRow());
      server.on(HELD, holding(HELD_APT));
      given(server);
    },
  });
  await bench.act('follow', { traderId: ALPHA, amount: '1000' });
  return bench;
}

function createMemory(): BackendMemory {
  const kept = new Map<string, unknown>();
  return {
    recall: (name) => Promise.resolve(structuredClone(kept.get(name) ?? null)),
    remember: (name, value) => Promise.resolve(void kept.set(name, structuredClone(value))),
  };
}

/** How often the desk was told all positions of an owner. */
const readings = (bench: Bench, owner: string): number =>
  bench.of('feed').filter(({ slice, complete }) => slice === 'positions' && isOf(complete, owner)).length;
const isOf = (complete: unknown, owner: string): boolean =>
  typeof complete === 'object' && complete !== null && 'scope' in complete && complete.scope === owner;

/** Lets time pass, and waits for the reading that falls due in it, to its end. */
async function passUntilRead(bench: Bench, ms: number, owner: string): Promise<void> {
  const before = readings(bench, owner);
  await bench.clock.advance(ms);
  await eventually(() => readings(bench, owner)).toBeGreaterThan(before);
  await bench.backend.read('server-health', {}, new AbortController().signal);
}

/** One reading of the trader's positions, which is begun by the full minute; time must not pass it, or the request is out of time. */
const nextMinute = (bench: Bench): Promise<void> =>
  passUntilRead(bench, MINUTE_MS - (bench.clock.now() % MINUTE_MS), `trader:${ALPHA}`);
/** The time in which the server may still close the copy, and the reading after it. */
const lookAgain = (bench: Bench): Promise<void> => passUntilRead(bench, GRACE_MS, 'copy');

const exit = (bench: Bench, given: object = {}): void =>
  bench.server.tell('trade_update', {
    type: 'trade_execution',
    data: { traderId: ALPHA_ID, symbol: 'APT/USDC', side: 'sell', amount: 10, price: 9, ...given },
    timestamp: bench.clock.now(),
  });
const heardOf = (bench: Bench) => bench.event('feed', ({ slice }) => slice === 'activity');
const missed = (bench: Bench) =>
  bench
    .of('alert')
    .filter(({ alert }) => alert.kind === 'missed_exit')
    .map(({ alert }) => alert);

describe('a missed exit', () => {
  it('is found by the trader’s order, once the copy had time to close and did not', async () => {
    const bench = await follow();
    bench.server.on(HELD, holding());
    exit(bench);
    await heardOf(bench);
    expect(missed(bench)).toEqual([]);
    await lookAgain(bench);
    await eventually(() => missed(bench)).toMatchObject([
      {
        severity: 'critical',
        instrument: 'APT',
        message: containing('Alpha Trader is out of APT/USDC, and your copy is still open.'),
        facts: [
          { name: 'Trader', value: 'Alpha Trader' },
          { name: 'Side', value: 'long' },
          { name: 'Quantity', value: '12.5' },
          { name: 'Profit', value: '12.5' },
          { name: 'Stop-loss', value: '7.6' },
        ],
      },
    ]);
    expect(bench.of('alert').map(({ alert }) => [alert.kind, alert.severity])).toContainEqual([
      'trader_trade',
      'low',
    ]);
  });

  it('is found by reading again where no event comes, and told once', async () => {
    const bench = await follow();
    bench.server.on(HELD, holding());
    await nextMinute(bench);
    await lookAgain(bench);
    await eventually(() => missed(bench).length).toBe(1);
    bench.server.on(HELD, holding(HELD_APT));
    await nextMinute(bench);
    bench.server.on(HELD, holding());
    await nextMinute(bench);
    await lookAgain(bench);
    expect(missed(bench)).toHaveLength(1);
  });

  it('is found also where it happened while the desk was not looking', async () => {
    const bench = await follow((server) => server.on(HELD, holding()));
    await lookAgain(bench);
    await eventually(() => missed(bench).length).toBe(1);
  });

  it('is none where the copy was closed in time', async () => {
    const bench = await follow();
    bench.server.on(HELD, holding());
    exit(bench);
    await heardOf(bench);
    bench.server.on(COPIES, copyRow({ status: 'closed' }));
    await lookAgain(bench);
    await nextMinute(bench);
    expect(missed(bench)).toEqual([]);
  });

  it('is none where the trader sold a part, bought, or traded another market', async () => {
    const bench = await follow();
    bench.server.on(HELD, holding({ ...HELD_APT, size: 4 }));
    for (const given of [{}, { side: 'buy' }, { symbol: 'BTC/USDC' }]) exit(bench, given);
    await heardOf(bench);
    await lookAgain(bench);
    await nextMinute(bench);
    expect(missed(bench)).toEqual([]);
  });

  it('a turn to the other side is an exit', async () => {
    const bench = await follow();
    bench.server.on(HELD, holding({ ...HELD_APT, side: 'short' }));
    await nextMinute(bench);
    await lookAgain(bench);
    await eventually(() => missed(bench).length).toBe(1);
  });

  it('where the exchange cannot be asked, the order’s own word counts', async () => {
    const bench = await follow();
    bench.server.on(HELD, { status: 500, json: { error: 'away' } });
    exit(bench, { positionSize: 3 });
    await heardOf(bench);
    await lookAgain(bench);
    expect(missed(bench)).toEqual([]);
    await bench.clock.advance(SECOND_MS);
    exit(bench, { positionSize: 0, amount: 3 });
    await bench.event('feed', () => bench.entries('activity').length === 2);
    await lookAgain(bench);
    await eventually(() => missed(bench).length).toBe(1);
  });

  it('of a row that is the trader’s by name alone is no critical one, and says why', async () => {
    const sample = copyRow({ traderId: 'trader-1' });
    const bench = await follow((server) => server.on(COPIES, sample));
    bench.server.on(HELD, holding());
    exit(bench);
    await heardOf(bench);
    await lookAgain(bench);
    await eventually(() => missed(bench)).toMatchObject([
      { severity: 'medium', message: containing('it may be no position at all') },
    ]);
    const quiet = await follow((server) => {
      server.on(COPIES, sample);
      server.on(HELD, holding());
    });
    await quiet.clock.advance(GRACE_MS);
    await nextMinute(quiet);
    expect(missed(quiet)).toEqual([]);
  });

  describe('of a copy that was made by hand', () => {
    /** Bought by hand while the trader held nothing. */
    async function byHand(memory?: BackendMemory, begin: typeof followUnread = follow): Promise<Bench> {
      const bench = await begin((server) => {
        server.on(COPIES, holdsNone);
        server.on(HELD, holding());
      }, memory);
      const order = { traderWallet: ALPHA, marketId: 'APT-USDC', side: 'buy', originalSize: '1' };
      expect((await bench.act('copy.execute', order)).answer.kind).toBe('accepted');
      bench.server.on(COPIES, copyRow({ orderId: 'ord-9', openedAt: bench.clock.now() }));
      await bench.backend.refresh();
      return bench;
    }
    /** Whatever was suspected has been looked at again. */
    async function graceOver(bench: Bench): Promise<void> {
      await bench.clock.advance(GRACE_MS);
      for (let times = 0; times < 3; times += 1)
        await bench.backend.read('server-health', {}, new AbortController().signal);
    }
    const holdsNone = { json: { success: true, positions: [], total: 0 } };

    it('is none at the first reading of a trader who never held the market', async () => {
      const bench = await byHand(createMemory(), followUnread);
      await nextMinute(bench);
      await graceOver(bench);
      expect(missed(bench)).toEqual([]);
    });

    it('is none where the trader then turns the other way', async () => {
      const bench = await byHand();
      exit(bench);
      await heardOf(bench);
      await lookAgain(bench);
      await graceOver(bench);
      expect(missed(bench)).toEqual([]);
    });

    it('is none after a restart of the desk either, also where the row names no order', async () => {
      const memory = createMemory();
      const before = await byHand(memory);
      before.backend.dispose();
      before.server.on(COPIES, copyRow({ orderId: undefined, openedAt: before.clock.now() }));
      const bench = await benches.start({ memory, server: before.server });
      expect(bench.entries('positions').at(-1)).toMatchObject({ orderId: 'ord-9' });
      await nextMinute(bench);
      await graceOver(bench);
      expect(missed(bench)).toEqual([]);
    });

    it('is one once the trader was in it and left', async () => {
      const bench = await byHand();
      bench.server.on(HELD, holding(HELD_APT));
      await nextMinute(bench);
      bench.server.on(HELD, holding());
      await nextMinute(bench);
      await lookAgain(bench);
      await eventually(() => missed(bench).length).toBe(1);
    });
  });

  it('of a trader who is not followed is nobody’s business', async () => {
    const bench = await follow();
    await bench.act('unfollow', { traderId: ALPHA });
    bench.server.on(HELD, holding());
    exit(bench);
    await bench.clock.advance(MINUTE_MS);
    await bench.backend.refresh();
    expect(bench.entries('activity')).toEqual([]);
    expect(missed(bench)).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Position } from '#shared/domain/portfolio/position.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { ManualClock } from '../../lib/clock.ts';
import { createSystemClock } from '../../lib/clock.ts';
import { practiceBackend } from '../../practice/port.ts';
import type { Practice } from '../../practice/practice.ts';
import { startForTest } from '../../practice/testing/practice-client.ts';
import type { Backend, Params } from '../port.ts';
import type { TestContext } from '../testing/test-context.ts';
import { createTestContext } from '../testing/test-context.ts';
import { PONG_WITHIN_MS } from './channel.ts';
import { GRACE_MS } from './exits.ts';
import { copyTrading } from './kind.ts';
import { advanceUntil, containing, eventually } from './testing/bench.ts';

/** The backend and a practice server that speaks the protocol, on one clock that stands still until a test moves it. */
let clock: ManualClock;
let practice: Practice;
let control: (name: string, body?: unknown) => Promise<unknown>;
let test: TestContext;
let backend: Backend;

beforeEach(async () => {
  const started = await startForTest();
  ({ practice, clock } = started);
  control = (name, body) => started.client.control(name, body);
  const { address, options = {} } = practiceBackend(practice.ready, 'copy-trading');
  test = createTestContext({ config: { id: 'copy', kind: 'copy-trading', address, options }, clock });
  backend = copyTrading.create(test.context);
});

afterEach(async () => {
  backend.dispose();
  await practice.stop();
});

interface Truth {
  crashes: number;
  follows: { trader: string; amount: number }[];
  positions: { amount: number; orderId: string; symbol: string; trader: string | null }[];
}
const truth = async (): Promise<Truth> => ((await control('state')) as { copyTrading: Truth }).copyTrading;
const latest = () => test.of('link-status').at(-1)?.status;
const copies = () =>
  test
    .of('feed')
    .findLast(
      ({ complete }) => typeof complete === 'object' && 'scope' in complete && complete.scope === 'copy',
    )
    ?.entries.filter((one): one is Position => 'entryPrice' in one);

async function open(): Promise<void> {
  backend.start();
  await eventually(() => latest()?.state.kind).toBe('live');
}

/** Connections were cut: they are opened again as time passes. */
async function reopened(): Promise<void> {
  const { reconnections = 0 } = latest() ?? {};
  await advanceUntil(
    { clock },
    () => (latest()?.reconnections ?? 0) > reconnections && latest()?.state.kind === 'live',
    SECOND_MS / 2,
  );
}

async function act(name: string, params: Params) {
  const answer = await backend.acting.perform(name, params, { requestId: 'request-1', origin: 'window' });
  return { answer, verification: await backend.acting.verify(name, params, answer) };
}

const traderNamed = (name: string): string =>
  test.entries('traders').find((one) => one.name === name)?.id ?? `no ${name}`;

async function followGreta(): Promise<string> {
  const greta = traderNamed('Greta Ledger');
  const { answer, verification } = await act('follow', { traderId: greta, amount: '1000' });
  expect([answer.kind, verification.kind]).toEqual(['accepted', 'confirmed']);
  return greta;
}

/** A trade of hers, heard of and copied. */
async function copied(): Promise<void> {
  await control('copy-trade', { trader: 'gretaledger', side: 'buy', symbol: 'SOL', amount: 100 });
  await eventually(() => copies()).toHaveLength(1);
}

describe('the practice server', () => {
  it('passes the connection test', async () => {
    const steps = await copyTrading.test({
      ...test.context,
      clock: createSystemClock(),
    });
    expect(steps.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  });

  it('D3 shows its traders, prices and account as real once the link is live', async () => {
    await open();
    expect(test.entries('traders')).toHaveLength(6);
    expect(test.entries('traders').every(({ simulated }) => !simulated)).toBe(true);
    expect(test.entries('quotes').length).toBeGreaterThan(0);
    expect(test.of('portfolio').at(-1)?.portfolio).toMatchObject({ totalUsd: '10000' });
    expect(test.of('kill-switch').at(-1)).toMatchObject({ killSwitch: { enabled: false } });
    expect(copies()).toEqual([]);
  });

  it('follows, is told of the trader’s trade, and shows the copy in the units that it has', async () => {
    await open();
    const greta = await followGreta();
    expect((await truth()).follows).toMatchObject([{ trader: greta, amount: 1000 }]);
    await copied();
    const [position] = (await truth()).positions;
    const [copy] = copies() ?? [];
    expect(copy).toMatchObject({
      traderId: greta,
      symbol: 'SOL/USDC',
      side: 'long',
      orderId: position?.orderId,
      simulated: false,
    });
    expect(Number(copy?.quantity)).toBeCloseTo(position?.amount ?? 0, 3);
    expect(test.entries('activity')).toMatchObject([
      { subject: greta, subjectName: 'Greta Ledger', kind: 'trade', symbol: 'SOL/USDC' },
    ]);
    expect(latest()?.rejected).toBe(0);
  });

  it('an exit that is copied raises nothing, and one that is missed the alarm', async () => {
    await open();
    await followGreta();
    await copied();
    await control('copy-trade', { trader: 'gretaledger', side: 'sell', symbol: 'SOL', amount: 100 });
    // Changes are read at a pace.
    await advanceUntil({ clock }, () => copies()?.length === 0, SECOND_MS);
    const alarms = () => test.of('alert').filter(({ alert }) => alert.kind === 'missed_exit');
    expect(alarms()).toEqual([]);

    await control('copy-trade', { trader: 'gretaledger', side: 'buy', symbol: 'SOL', amount: 100 });
    await advanceUntil({ clock }, () => copies()?.length === 1, SECOND_MS);
    await control('copy-missed-exit', { symbol: 'SOL' });
    const heard = test.entries('activity').length;
    await control('copy-trade', { trader: 'gretaledger', side: 'sell', symbol: 'SOL', amount: 100 });
    await eventually(() => test.entries('activity').length).toBe(heard + 1);
    expect(alarms()).toEqual([]);
    await clock.advance(GRACE_MS);
    await eventually(() => alarms()).toMatchObject([
      {
        alert: {
          severity: 'critical',
          instrument: 'SOL',
          message: containing('Greta Ledger is out of SOL/USDC'),
        },
      },
    ]);
  });

  it('stops of a copy are changed by its order, and read back', async () => {
    await open();
    await followGreta();
    await copied();
    const [copy] = copies() ?? [];
    const price = Number(copy?.entryPrice);
    const params = {
      positionId: copy?.id ?? '',
      stopLoss: String(price * 0.98),
      takeProfit: String(price * 1.1),
    };
    expect(
      (await backend.acting.prepare('position.stops', params)).checks.map(({ verdict }) => verdict),
    ).toEqual(['pass', 'pass', 'pass']);
    const { answer, verification } = await act('position.stops', params);
    expect([answer.kind, verification.kind]).toEqual(['accepted', 'confirmed']);
    await control('price', { symbol: 'SOL', price: price * 0.97 });
    await advanceUntil({ clock }, () => copies()?.length === 0, SECOND_MS);
  });

  it('copies an order by hand', async () => {
    await open();
    const greta = traderNamed('Greta Ledger');
    const { answer } = await act('copy.execute', {
      traderWallet: greta,
      marketId: 'SOL-USDC',
      side: 'buy',
      originalSize: '2',
      copyRatio: '0.5',
    });
    expect(answer.kind).toBe('accepted');
    expect((await truth()).positions).toMatchObject([{ amount: 1, trader: greta }]);
  });

  it('K4 PANIC unfollows everybody, and is read back', async () => {
    await open();
    await followGreta();
    expect((await act('follow', { traderId: traderNamed('Otto Rebound'), amount: '50' })).answer.kind).toBe(
      'accepted',
    );
    await copied();
    expect((await backend.panic?.halt('test'))?.kind).toBe('accepted');
    expect((await backend.panic?.read())?.enabled).toBe(true);
    expect(await truth()).toMatchObject({ follows: [], positions: [{ symbol: 'SOL/USDC' }] });
    expect((await act('follow', { traderId: traderNamed('Otto Rebound'), amount: '50' })).answer.kind).toBe(
      'refused',
    );
    await backend.panic?.resume('test');
    expect((await truth()).follows).toEqual([]);
    expect((await backend.panic?.read())?.enabled).toBe(false);
  });

  it('quirk 7 a restart: ids are new, the follow is lost, and nobody is followed again', async () => {
    await open();
    const greta = await followGreta();
    const idOf = () => test.entries('traders').findLast(({ id }) => id === greta)?.serverId;
    const before = idOf();
    await control('copy-restart');
    await reopened();
    expect(idOf()).not.toBe(before);
    expect(test.entries('follows').at(-1)).toMatchObject({ id: greta, state: 'lost' });
    expect((await truth()).follows).toEqual([]);
    await followGreta();
    expect((await truth()).follows).toMatchObject([{ trader: greta }]);
  });

  it('quirk 1 and 2 the other dialect is found out after a reconnection, and does not crash', async () => {
    await open();
    await followGreta();
    await control('copy-dialect', { dialect: 'plain' });
    await reopened();
    await clock.advance(PONG_WITHIN_MS);
    const health = () => backend.read('server-health', {}, new AbortController().signal);
    expect(await health()).toMatchObject({ server: 'plain', follows: 'as the server counts them' });
    // Whom the plain server shows, it answers about; unfollowing is unsubscribing too.
    await act('follow', { traderId: traderNamed('Mira Tailwind'), amount: '10' });
    await test.event('feed', ({ entries }) =>
      entries.some((one) => 'riskScore' in one && one.name === 'Mira Tailwind' && one.riskScore !== null),
    );
    await act('unfollow', { traderId: traderNamed('Mira Tailwind') });
    await control('copy-dialect', { dialect: 'realtime' });
    await reopened();
    await eventually(async () => await health()).toMatchObject({ server: 'realtime' });
    expect((await truth()).crashes).toBe(0);
    expect(latest()?.rejected).toBe(0);
  });

  it('quirk 12 an exchange that is away makes figures samples, and reads fail in words', async () => {
    await open();
    await control('copy-upstream', { up: false });
    await backend.refresh();
    expect(test.entries('traders').at(-1)?.simulated).toBe(true);
    await expect(
      backend.read(
        'trader-positions',
        { traderId: traderNamed('Greta Ledger') },
        new AbortController().signal,
      ),
    ).rejects.toThrow('The exchange did not answer');
    expect(latest()?.state.kind).toBe('live');
  });

  it('quirk 9 says what the server says', async () => {
    await open();
    await control('copy-tell', { event: 'error', payload: { message: 'No portfolio for you' } });
    await eventually(() => test.of('alert').map(({ alert }) => alert.message)).toContain(
      'The server says: “No portfolio for you”',
    );
  });
});

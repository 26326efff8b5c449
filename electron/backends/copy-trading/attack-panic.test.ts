import { describe, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { PONG_WITHIN_MS } from './channel.ts';
import { ALPHA, EDDIE, eventually } from './testing/bench.ts';
import { useSheetDesk } from './testing/sheet-desk.ts';
import type { Door } from './testing/sheet-server.ts';

const bench = useSheetDesk();
const { connect, entries, follow, link, pass, read, submit, targets, until } = bench;

describe('both servers in one process', () => {
  it('quirk 1 two backends on one desk are each what they are, and mix nothing', async () => {
    await connect('one', 'plain', '0xone');
    await connect('two', 'realtime', '0xtwo');
    await bench.clock.advance(PONG_WITHIN_MS);
    expect((await submit('one', 'follow', { traderId: ALPHA, amount: '100' })).status).toBe('confirmed');
    expect((await submit('two', 'follow', { traderId: EDDIE, amount: '200' })).status).toBe('confirmed');
    expect([bench.server.followed('0xone'), bench.server.followed('0xtwo')]).toEqual([[ALPHA], [EDDIE]]);
    expect(entries('follows').map(({ backendId, id }) => [backendId, id])).toEqual([
      ['one', ALPHA],
      ['two', EDDIE],
    ]);
    const asked = (door: Door) =>
      bench.server.heard.all
        .filter((one) => one.door === door && one.event === 'subscribe_trader')
        .map(({ payloads }) => payloads);
    const eddieId = bench.desk.core.desk.get('traders', `two/${EDDIE}`)?.serverId;
    await eventually(() => asked('realtime')).toEqual([[{ traderId: eddieId }]]);
    await eventually(() => asked('plain')).toEqual([[{ traderWallet: ALPHA }]]);

    bench.server.tell('plain', 'market_data_update', {
      type: 'market_update',
      data: { APT: { symbol: 'APT', price: 4, change24h: 1 } },
      timestamp: bench.clock.now(),
    });
    await eventually(() => bench.desk.core.desk.get('quotes', 'one/APT')?.price).toBe('4');
    expect(bench.desk.core.desk.get('quotes', 'two/APT')).toBeUndefined();
    expect([link('one')?.rejected, link('two')?.rejected]).toEqual([0, 0]);
  });

  it('quirk 6 two backends share the hundred requests of their host for half an hour, and PANIC gets out', async () => {
    await connect('one', 'plain', '0xone');
    await connect('two', 'realtime', '0xtwo');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    await submit('two', 'follow', { traderId: EDDIE, amount: '200' });
    await pass(31 * MINUTE_MS);
    const counted = bench.server.asked.all.filter(({ call }) => call !== 'GET /health');
    expect(counted.filter(({ status }) => status === 429)).toEqual([]);
    expect(counted.length).toBeGreaterThan(100);
    for (const id of ['one', 'two']) {
      expect([link(id)?.state.kind, link(id)?.reconnections]).toEqual(['live', 0]);
      const ages = entries('traders').flatMap((one) =>
        one.backendId === id ? [bench.clock.now() - one.receivedAtMs] : [],
      );
      expect(Math.max(...ages)).toBeLessThan(6 * MINUTE_MS);
    }
    bench.desk.core.panic.press('window');
    await until(() => targets().every(({ state }) => state === 'confirmed'));
    expect([bench.server.followed('0xone'), bench.server.followed('0xtwo')]).toEqual([[], []]);
  });
});

describe('a limit that is used up just when PANIC comes', () => {
  it('K2 what the desk itself may not ask any more PANIC may: it is confirmed at once', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    let refused = '';
    for (let asked = 0; asked < 100 && refused === ''; asked += 1)
      await read('one', 'leaderboard')?.catch((error: unknown) => {
        if (String(error).includes('used up')) refused = String(error);
      });
    expect(refused).toContain('The 100 requests');
    bench.desk.core.panic.press('window');
    await until(() => targets().every(({ state }) => state === 'confirmed'));
    expect(bench.server.followed('0xone')).toEqual([]);
    expect(bench.server.asked.all.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('K4 where somebody else used it up it says whom it could not end, and ends them as soon as it may', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    while (bench.server.counted() <= 100) await fetch(`${bench.server.address.plain}/api/traders`);
    bench.desk.core.panic.press('window');
    await until(() => targets()[0]?.detail.includes('Alpha Trader') === true);
    expect(targets()[0]?.state).not.toBe('confirmed');
    expect(bench.server.followed('0xone')).toEqual([ALPHA]);
    await until(() => targets()[0]?.state === 'confirmed', 5 * SECOND_MS);
    expect(bench.server.followed('0xone')).toEqual([]);
  });
});

describe('K4 a restart of the server that is not noticed yet: its old token goes on working (§2)', () => {
  it('who is followed meanwhile is followed as the user of now, and PANIC ends it', async () => {
    await connect('one', 'realtime', '0xone');
    bench.server.restart('go on');
    expect((await submit('one', 'follow', { traderId: ALPHA, amount: '100' })).status).toBe('confirmed');
    expect([bench.server.followed('0xone'), bench.server.follows()]).toEqual([[ALPHA], 1]);
    bench.server.drop();
    await until(() => (link('one')?.reconnections ?? 0) > 0 && link('one')?.state.kind === 'live');
    expect(follow('one', ALPHA)?.state).toBe('following');
    bench.desk.core.panic.press('window');
    await until(() => targets().every(({ state }) => state === 'confirmed'));
    expect(bench.server.follows()).toBe(0);
  });

  it('so is who is looked up under a new id, where the restart came between the two requests', async () => {
    await connect('one', 'realtime', '0xone');
    const late = bench.server.delay('POST /traders/follow');
    const outcome = submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    await until(() => bench.server.hanging() > 0);
    bench.server.restart('go on');
    late.release();
    expect((await outcome).status).toBe('confirmed');
    expect([bench.server.followed('0xone'), bench.server.follows()]).toEqual([[ALPHA], 1]);
  });
});

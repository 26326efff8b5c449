import { describe, expect, it } from 'vitest';

import type { DeskEvent } from '#shared/domain/desk.ts';
import type { Position } from '#shared/domain/portfolio/position.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';

import { aTrade } from '#shared/domain/testing/entries.ts';
import { aFeedEntry, feedEvent } from '#shared/domain/testing/feed-entries.ts';
import { configured, live } from '../testing/desk-events.ts';
import { createBench, START_MS } from '../testing/hub-bench.ts';

const trade = (id: string, given: Partial<Trade> = {}): DeskEvent => ({
  type: 'trade',
  trade: aTrade({
    backendId: 'hub',
    id,
    status: 'filled',
    side: 'sell',
    instrument: 'ETH',
    quantity: '2',
    filledQuantity: '2',
    averagePrice: '2030',
    receivedAtMs: START_MS + 1,
    ...given,
  }),
});

const copy = (id: string, given: Partial<Position> = {}): Position =>
  aFeedEntry('positions', {
    backendId: 'copy',
    id,
    owner: 'copy',
    symbol: 'APT/USDC',
    quantity: '5',
    ...given,
  });

const copies = (...entries: Position[]): DeskEvent =>
  feedEvent('positions', entries, { backendId: 'copy', complete: { scope: 'copy' } });

function start() {
  const bench = createBench();
  bench.dispatch(
    configured('hub', { kind: 'market-hub', name: 'Hub' }),
    configured('copy', { kind: 'copy-trading', name: 'Copies' }),
  );
  return bench;
}

describe('fills of a hub', () => {
  it('L1 are told as high, with what was bought or sold and at what price, once', async () => {
    const bench = start();
    bench.dispatch(trade('1'), trade('1'));
    await bench.clock.advance(60_000);
    expect(bench.native).toMatchObject([
      { title: 'Hub: sold 2 ETH', body: 'at 2030', severity: 'high', sound: 'alert', backendId: 'hub' },
    ]);
    expect(bench.outbound).toHaveLength(1);
  });

  it('L3 a burst is the first and one more with their number', async () => {
    const bench = start();
    for (let number = 0; number < 500; number += 1) bench.dispatch(trade(`${number}`));
    await bench.clock.advance(60_000);
    expect(bench.titles()).toEqual(['Hub: sold 2 ETH', 'Hub: 499 more trades']);
  });

  it('that were kept from before the start, that are not filled, or that its kind announces by itself are not told', async () => {
    const bench = start();
    bench.dispatch(
      configured('ruler', { kind: 'coinruler' }),
      trade('old', { receivedAtMs: START_MS - 1 }),
      trade('open', { status: 'submitted' }),
      trade('failed', { status: 'failed' }),
      trade('alerted', { backendId: 'ruler' }),
    );
    await bench.clock.advance(60_000);
    expect(bench.native).toEqual([]);
  });

  it('go by the row that the person set, for all or for one bot', async () => {
    const bench = start();
    bench.setPolicy({ rows: { fill: { severity: 'critical', sound: 'kill' } } });
    bench.dispatch(trade('1'));
    bench.setPolicy({ overrides: [{ backendId: 'hub', occasion: 'fill', mode: 'off' }] });
    await bench.clock.advance(60_000);
    bench.dispatch(trade('2'));
    await bench.clock.advance(60_000);
    expect(bench.native).toMatchObject([{ severity: 'critical', sound: 'kill' }]);
  });

  it('of a dry run and of practice bots tell nothing until the person sets their row', async () => {
    const bench = start();
    bench.dispatch(configured('lab', { kind: 'market-hub', name: 'Lab', practice: true }));
    const events = [trade('dry', { status: 'simulated' }), trade('lab', { backendId: 'lab' })];
    bench.dispatch(...events);
    await bench.clock.advance(60_000);
    expect([bench.native, bench.inApp, bench.journal]).toEqual([[], [], []]);
    bench.setPolicy({ rows: { 'fill-simulated': { severity: 'high', mode: 'on' } } });
    bench.dispatch(trade('dry 2', { status: 'simulated' }), trade('lab 2', { backendId: 'lab' }));
    await bench.clock.advance(60_000);
    expect(bench.native).toMatchObject([
      { title: 'Hub: sold 2 ETH', body: 'simulated, at 2030' },
      { title: 'PRACTICE · Lab: sold 2 ETH' },
    ]);
  });
});

describe('copies', () => {
  it('D3 of the first list are no news; what is opened and closed later is told, also where it happened during a gap', async () => {
    const bench = start();
    bench.dispatch(copies(copy('1'), copy('2', { pnl: '-3.5', entryPrice: '8.5' })));
    await bench.clock.advance(60_000);
    expect(bench.native).toEqual([]);
    bench.dispatch(
      copies(copy('1'), copy('3', { side: 'short' })),
      copies(copy('1'), copy('3', { side: 'short' })),
    );
    await bench.clock.advance(60_000);
    expect(bench.native).toMatchObject([
      {
        title: 'Copies: copy opened: short 5 APT/USDC',
        severity: 'high',
        destination: { place: 'copy-trading', itemId: null },
      },
      { title: 'Copies: copy closed: long 5 APT/USDC', body: 'entry 8.5, profit -3.5 as last read' },
    ]);
  });

  it('D3 the first one after an empty list is told; one that was open before is not, however late the list came', async () => {
    const bench = start();
    const lateMs = START_MS + 20_000;
    bench.dispatch(live('copy'), copies());
    bench.dispatch(
      copies(
        copy('new', { receivedAtMs: lateMs, openedAtMs: START_MS + 19_000 }),
        copy('undated', { receivedAtMs: lateMs, symbol: 'BTC/USDC' }),
        copy('old', { receivedAtMs: lateMs, openedAtMs: START_MS - 60_000 }),
      ),
    );
    await bench.clock.advance(60_000);
    expect(bench.titles()).toEqual([
      'Copies: copy opened: long 5 APT/USDC',
      'Copies: copy opened: long 5 BTC/USDC',
    ]);
  });

  it('what followed traders hold themselves is no money of the person', async () => {
    const bench = start();
    const theirs = (...entries: Position[]): DeskEvent =>
      feedEvent('positions', entries, { backendId: 'copy', complete: { scope: 'trader:0x1' } });
    bench.dispatch(copies(copy('1')), theirs(copy('t', { owner: 'trader:0x1' })));
    await bench.clock.advance(60_000);
    expect(bench.native).toEqual([]);
  });

  it('of a backend that was taken away and set up again begin with a first list', async () => {
    const bench = start();
    bench.dispatch(copies(copy('1')), { type: 'backend-removed', backendId: 'copy' });
    bench.dispatch(configured('copy', { kind: 'copy-trading', name: 'Copies' }), copies(copy('9')));
    await bench.clock.advance(60_000);
    expect(bench.native).toEqual([]);
  });
});

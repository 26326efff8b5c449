import { beforeEach, describe, expect, it } from 'vitest';

import type { Trade } from '#shared/domain/portfolio/trade.ts';

import { silentLogger } from '../lib/logger.ts';
import { TRADES_KEPT } from './bounds.ts';
import { createDesk } from './desk.ts';
import type { DeskPort } from './port.ts';
import { aTrade, START_MS } from '#shared/domain/testing/entries.ts';

let desk: DeskPort;
beforeEach(() => {
  desk = createDesk(silentLogger);
});

const report = (given: Partial<Trade>): void => desk.dispatch({ type: 'trade', trade: aTrade(given) });
const trades = (): Trade[] => [...desk.entries('trades')].map(([, trade]) => trade);

describe('one trade told in pieces', () => {
  it('is completed by its order', () => {
    report({ id: 'feed', orderId: 'o1' });
    report({
      id: 'list',
      orderId: 'o1',
      approvalId: 'p1',
      status: 'filled',
      averagePrice: '50000',
      receivedAtMs: START_MS + 9,
    });
    expect(trades()).toEqual([
      aTrade({ id: 'feed', orderId: 'o1', approvalId: 'p1', status: 'filled', averagePrice: '50000' }),
    ]);
  });

  it('is completed by its approval while one side names no order', () => {
    report({ id: 'a', approvalId: 'p1', orderId: null });
    report({ id: 'b', approvalId: 'p1', orderId: 'o1', status: 'simulated' });
    expect(trades()).toEqual([expect.objectContaining({ id: 'a', orderId: 'o1', status: 'simulated' })]);
  });

  it('is two trades when the orders differ', () => {
    report({ id: 'a', approvalId: 'p1', orderId: 'o1' });
    report({ id: 'b', approvalId: 'p1', orderId: 'o2' });
    expect(trades()).toHaveLength(2);
  });

  it('D3 does not go back from filled to submitted, and being read again changes nothing', () => {
    report({ status: 'filled', filledQuantity: '0.01' });
    let patched = 0;
    desk.onPatches((patches) => {
      patched += patches.length;
    });
    report({ status: 'submitted', receivedAtMs: START_MS + 50 });
    report({ status: 'filled', filledQuantity: '0.01', receivedAtMs: START_MS + 60 });
    expect(patched).toBe(0);
    expect(trades()).toEqual([aTrade({ status: 'filled', filledQuantity: '0.01' })]);
  });
});

it('D7 keeps the newest trades', () => {
  for (let index = 0; index < TRADES_KEPT + 300; index += 1) report({ id: `t${index}` });
  expect(desk.size('trades')).toBeLessThanOrEqual(TRADES_KEPT);
  expect(desk.get('trades', `alpha/t${TRADES_KEPT + 299}`)).toBeDefined();
  expect(desk.get('trades', 'alpha/t0')).toBeUndefined();
});

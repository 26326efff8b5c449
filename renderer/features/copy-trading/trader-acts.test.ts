import { describe, expect, it } from 'vitest';

import type { ActDescriptor, FieldDescriptor } from '#shared/domain/backends/backend.ts';
import type { Position } from '#shared/domain/portfolio/position.ts';
import { aFeedEntry } from '#shared/domain/testing/feed-entries.ts';

import { fixedForPosition, knownForFollow, knownForPosition } from './trader-acts.ts';

const field = (name: string): FieldDescriptor => ({ name, label: name, type: 'text', required: false });
const act = (change: Partial<ActDescriptor>): ActDescriptor => ({
  id: 'x',
  group: '',
  label: '',
  help: '',
  params: [],
  risk: 'neutral',
  scope: 'item',
  ...change,
});
const held: Position = aFeedEntry('positions', {
  backendId: 'b',
  id: 'p1',
  owner: 'copy',
  traderId: '0xa',
  symbol: 'APT-USDC',
  side: 'short',
  quantity: '3',
  stopLoss: '9',
  receivedAtMs: 1,
});

describe('what an act on a position is about', () => {
  const stops = act({
    params: [field('positionId'), field('orderId')],
    concerns: { thing: 'position', param: 'positionId' },
  });

  it('names the position, and its order only where that is known', () => {
    expect(fixedForPosition(stops, held)).toEqual({ positionId: 'p1' });
    expect(fixedForPosition(stops, { ...held, orderId: 'o1' })).toEqual({ positionId: 'p1', orderId: 'o1' });
  });

  it('names the trader where the act copies an order of theirs', () => {
    const copy = act({ concerns: { thing: 'trader', param: 'traderWallet' } });
    expect(fixedForPosition(copy, held)).toEqual({ traderWallet: '0xa' });
    expect(fixedForPosition(copy, { ...held, traderId: null })).toEqual({});
  });

  it('begins with what is known and leaves out what is not', () => {
    expect(knownForPosition(held)).toMatchObject({ side: 'sell', originalSize: '3', stopLoss: '9' });
    expect(knownForPosition(held)).not.toHaveProperty('takeProfit');
    expect(knownForFollow(undefined)).toEqual({});
  });
});

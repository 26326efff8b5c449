import { describe, expect, it } from 'vitest';

import type { Alert } from '#shared/domain/alert.ts';
import type { Trade } from '#shared/domain/trade.ts';

import { makeApproval } from '../approvals/testing/make-approval.ts';
import { latestActivity, urgentAlerts } from './activity.ts';

const alert = (id: string, change: Partial<Alert> = {}): Alert => ({
  backendId: 'one',
  id,
  kind: 'whale',
  severity: 'high',
  rawSeverity: 'high',
  message: '',
  groupKey: id,
  instrument: null,
  facts: [],
  occurredAtMs: null,
  receivedAtMs: 10,
  count: 1,
  acknowledgedAtMs: null,
  ...change,
});

const trade = (id: string, change: Partial<Trade> = {}): Trade => ({
  backendId: 'one',
  id,
  side: 'buy',
  instrument: 'BTC',
  quantity: '1',
  filledQuantity: null,
  averagePrice: null,
  status: 'filled',
  rawStatus: null,
  orderId: null,
  approvalId: null,
  origin: null,
  realisedPnlUsd: null,
  occurredAtMs: null,
  receivedAtMs: 20,
  ...change,
});

describe('the deck', () => {
  it('puts alerts, trades and decisions into one line of time and keeps it short', () => {
    const items = latestActivity(
      [alert('a', { receivedAtMs: 5 })],
      [trade('old', { occurredAtMs: 1, receivedAtMs: 99 }), trade('new')],
      [makeApproval({ id: 'd', status: 'declined', decidedAtMs: 8 }), makeApproval({ id: 'pending' })],
      3,
    );
    expect(items.map((item) => item.key)).toEqual(['trade:one/new', 'decision:one/d', 'alert:one/a']);
  });

  it('shows the gravest alert first and leaves out what was acknowledged or is not urgent', () => {
    const shown = urgentAlerts([
      alert('new-high', { receivedAtMs: 9 }),
      alert('critical', { severity: 'critical', receivedAtMs: 1 }),
      alert('seen', { severity: 'critical', acknowledgedAtMs: 3 }),
      alert('medium', { severity: 'medium' }),
      alert('old-high', { receivedAtMs: 2 }),
    ]);
    expect(shown.map(({ id }) => id)).toEqual(['critical', 'new-high', 'old-high']);
  });
});

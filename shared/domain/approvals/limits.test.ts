import { describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '../../time.ts';
import type { Approval } from './approval.ts';
import { approvalExpiresAtMs } from './approval-expiry.ts';
import { DEFAULT_LIMITS } from './limit-defaults.ts';
import { limits, limitsFor, quantityLimitFor } from './limits.ts';

const NOW_MS = 1_800_000_000_000;

const proposal = (given: Partial<Approval> = {}) => ({
  backendId: 'a',
  side: 'buy' as const,
  quantity: '1',
  allocationPct: null,
  createdAtMs: NOW_MS,
  receivedAtMs: NOW_MS,
  expiresAtMs: null,
  ...given,
});

it('A4 the limits before the settings are read are those that the settings begin with', () => {
  expect(DEFAULT_LIMITS).toEqual(limits.parse({}));
});

describe('A2 expiry', () => {
  const set = limits.parse({ expiryMinutesByKind: { trade: 5, change: 600 } });

  it('A2 the backend’s own expiry counts before the person’s', () => {
    expect(approvalExpiresAtMs(proposal(), limits.parse({}))).toBe(NOW_MS + HOUR_MS);
    expect(approvalExpiresAtMs(proposal({ expiresAtMs: NOW_MS + 1 }), set)).toBe(NOW_MS + 1);
  });

  it('A2 one that claims to come from the future does not stand for ever', () => {
    const ahead = proposal({ createdAtMs: NOW_MS + 8_760 * HOUR_MS });
    expect(approvalExpiresAtMs(ahead, limits.parse({}))).toBe(NOW_MS + HOUR_MS);
  });

  it('A2 each kind of proposal has its own default, and what is set for one backend comes before it', () => {
    expect(approvalExpiresAtMs(proposal(), set)).toBe(NOW_MS + 5 * MINUTE_MS);
    expect(approvalExpiresAtMs(proposal({ side: 'other' }), set)).toBe(NOW_MS + 600 * MINUTE_MS);
    expect(approvalExpiresAtMs(proposal({ side: 'stake' }), set)).toBe(NOW_MS + HOUR_MS);
    const share = proposal({ quantity: null, allocationPct: '25' });
    expect(approvalExpiresAtMs(share, set)).toBe(NOW_MS + HOUR_MS);
    const own = { ...set, byBackend: { a: { approvalExpiryMinutes: 2 } } };
    expect(approvalExpiresAtMs(proposal(), own)).toBe(NOW_MS + 2 * MINUTE_MS);
    expect(approvalExpiresAtMs(proposal({ backendId: 'b' }), own)).toBe(NOW_MS + 5 * MINUTE_MS);
  });
});

describe('A4 limits for one backend', () => {
  it('A4 are those for all, but for what is set for it; off there is off there alone', () => {
    const set = limits.parse({
      softValueUsd: '1000',
      hardValueUsd: '5000',
      byBackend: { a: { softValueUsd: '50', hardValueUsd: null } },
    });
    expect(limitsFor(set, 'a')).toMatchObject({
      softValueUsd: '50',
      hardValueUsd: null,
      maxPriceDriftPct: '2',
    });
    expect(limitsFor(set, 'b')).toMatchObject({ softValueUsd: '1000', hardValueUsd: '5000' });
  });

  it('A4 a quantity is limited by the backend’s own limit on it, else by that for all', () => {
    const { quantities } = limits.parse({
      quantities: [
        { instrument: 'eth', backendId: null, soft: '1', hard: null },
        { instrument: 'ETH', backendId: 'a', soft: '2', hard: null },
      ],
    });
    expect(quantityLimitFor(quantities, 'a', 'ETH')?.soft).toBe('2');
    expect(quantityLimitFor(quantities, 'b', 'ETH')?.soft).toBe('1');
    expect(quantityLimitFor(quantities, 'b', 'BTC')).toBeNull();
  });
});

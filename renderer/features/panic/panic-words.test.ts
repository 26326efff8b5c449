import { describe, expect, it } from 'vitest';

import { panicSummary } from '#shared/domain/derive.ts';
import type { PanicTarget } from '#shared/domain/kill-switch.ts';

import { panicHeadline } from './panic-words.ts';

const headline = (...states: PanicTarget['state'][]): string =>
  panicHeadline(
    panicSummary({
      kind: 'latched',
      id: 'p',
      sinceMs: 0,
      presses: 1,
      origin: 'window',
      durable: true,
      targets: states.map((state, index) => ({
        backendId: String(index),
        state,
        detail: '',
        requestedAtMs: 0,
        settledAtMs: null,
        reasserted: 0,
      })),
    }),
  );

describe('the words over a panic', () => {
  it('K4 speak of confirmed halts only where each was re-read', () => {
    expect(headline('confirmed')).toBe('The halt is confirmed.');
    expect(headline('confirmed', 'confirmed')).toBe('All 2 halts are confirmed.');
    expect(headline('confirmed', 'requested')).toBe('1 of 2 confirmed, 1 asked.');
    expect(headline('unconfirmed')).toBe('1 unconfirmed.');
  });

  it('K5 say that it has NOT taken effect where a backend is offline', () => {
    expect(headline('confirmed', 'offline')).toContain('offline, where it has NOT taken effect');
  });

  it('K1 with nothing connected promise only what will happen', () => {
    expect(headline()).toBe('Nothing was connected to halt. Each backend is halted as soon as it connects.');
  });
});

import { describe, expect, it } from 'vitest';

import { panicSummary } from '#shared/domain/derive.ts';
import type { PanicTarget } from '#shared/domain/panic/kill-switch.ts';

import { detailOf, panicHeadline, progressOf, resumeWords, wordOf } from './panic-words.ts';

const target = (state: PanicTarget['state'], given: Partial<PanicTarget> = {}): PanicTarget => ({
  backendId: 'a',
  state,
  detail: '',
  requestedAtMs: 10_000,
  settledAtMs: null,
  reasserted: 0,
  ...given,
});

const headline = (...states: PanicTarget['state'][]): string =>
  panicHeadline(
    panicSummary({
      kind: 'latched',
      id: 'p',
      sinceMs: 0,
      presses: 1,
      origin: 'window',
      durable: true,
      targets: states.map((state, index) => target(state, { backendId: String(index) })),
    }),
    (backendId) => `Bot ${backendId}`,
  );

describe('the words over a panic', () => {
  it('K4 speak of confirmed halts only where each was re-read, and name the others', () => {
    expect(headline('confirmed')).toBe('The halt is confirmed.');
    expect(headline('confirmed', 'confirmed')).toBe('All 2 halts are confirmed.');
    expect(headline('confirmed', 'requested')).toBe('1 of 2 confirmed; Bot 1 asked.');
    expect(headline('unconfirmed', 'failed')).toBe('Bot 0 UNCONFIRMED; Bot 1 NOT halted.');
  });

  it('K4 of what cannot be halted they claim nothing', () => {
    expect(headline('confirmed', 'not-supported')).toBe('The halt is confirmed.');
    expect(wordOf('not-supported', false).word).toBe('Cannot be halted from here');
    expect(wordOf('not-supported', true).word).toBe('Nothing to halt: it only watches');
    expect(wordOf('confirmed', true).word).toBe('Halted, confirmed');
  });

  it('K5 say that it has NOT taken effect where a backend is offline', () => {
    expect(headline('confirmed', 'offline')).toBe(
      '1 of 2 confirmed; Bot 1 offline, where it has NOT taken effect.',
    );
  });

  it('K1 with nothing connected promise only what will happen', () => {
    expect(headline()).toBe('Nothing was connected to halt. Each backend is halted as soon as it connects.');
  });
});

describe('the progress of one halt', () => {
  it('K4 says after how long it was confirmed', () => {
    expect(progressOf(target('confirmed', { settledAtMs: 11_240, tries: 1 }), 99_000)).toEqual([
      'confirmed after 1.2 s',
    ]);
    expect(progressOf(target('confirmed', { settledAtMs: 10_024 }), 99_000)).toEqual([
      'confirmed after 24 ms',
    ]);
  });

  it('K4 says since when it is UNCONFIRMED, how often it was tried and when it is tried again', () => {
    const open = target('unconfirmed', { settledAtMs: 15_000, tries: 4, nextTryAtMs: 37_500 });
    expect(progressOf(open, 29_000)).toEqual(['UNCONFIRMED for 14 s', 'tried 4 times', 'next try in 9 s']);
    expect(progressOf(open, 37_600)).toContain('trying again');
  });

  it('K2 counts the seconds while nothing has been heard', () => {
    expect(progressOf(target('requested', { tries: 1, nextTryAtMs: null }), 13_000)).toEqual([
      'waiting for 3 s',
    ]);
  });

  it('K11 keeps what to do by hand apart from what became of it, so that it is said once', () => {
    const byHand = 'Log in at the exchange.';
    expect(detailOf(target('offline', { detail: `Cannot be reached. ${byHand}` }), byHand)).toBe(
      'Cannot be reached.',
    );
  });
});

describe('what resuming means', () => {
  it('K7 says of each backend what may trade again, and where nothing changes', () => {
    expect(resumeWords('confirmed', ['Rules run again.'])).toEqual(['Rules run again.']);
    expect(resumeWords('unconfirmed', [])).toEqual(['It can trade again at once.']);
    expect(resumeWords('not-supported', ['Rules run again.'])[0]).toContain('never halted');
    expect(resumeWords('offline', ['Rules run again.'])[0]).toContain('never took effect');
  });
});

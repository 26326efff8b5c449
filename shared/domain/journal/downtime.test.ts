import { describe, expect, it } from 'vitest';

import { deskOff, linksDown } from './downtime.ts';
import type { JournalEntry } from './journal.ts';

const link = (
  atMs: number,
  kind: 'live' | 'connecting' | 'stale' | 'ended',
  label = 'Events',
): JournalEntry => ({
  seq: atMs + 1,
  atMs,
  kind: 'link',
  backendId: 'bot',
  severity: null,
  symbol: null,
  summary: `${label}: ${kind}`,
  data: JSON.stringify(
    kind === 'live'
      ? { kind, sinceMs: atMs }
      : kind === 'connecting'
        ? { kind, sinceMs: atMs, attempt: 1 }
        : {
            kind: kind === 'ended' ? 'stopped' : kind,
            sinceMs: atMs,
            cause: { code: kind === 'ended' ? 'disabled' : 'silent', message: '' },
          },
  ),
  hash: '',
});
const whole = { fromMs: 0, toMs: 1_000 };

describe('when the desk was off', () => {
  it('is from its quitting, or at the latest from its last entry, to its start, cut to the stretch', () => {
    const starts = [
      { atMs: 50, before: null },
      { atMs: 300, before: { atMs: 200, wasQuit: true } },
      { atMs: 900, before: { atMs: 700, wasQuit: false } },
    ];
    expect(deskOff(starts, whole)).toEqual([
      { fromMs: 200, toMs: 300, sure: true },
      { fromMs: 700, toMs: 900, sure: false },
    ]);
    expect(deskOff(starts, { fromMs: 250, toMs: 800 })).toEqual([
      { fromMs: 250, toMs: 300, sure: true },
      { fromMs: 700, toMs: 800, sure: false },
    ]);
    expect(deskOff(starts, { fromMs: 310, toMs: 690 })).toEqual([]);
  });
});

describe('how long links were down', () => {
  const day = { fromMs: 0, toMs: 1_000_000 };

  it('is between losing and having data, each loss counted, and goes on to the end', () => {
    const entries = [
      link(0, 'live'),
      link(100_000, 'stale'),
      link(110_000, 'connecting'),
      link(160_000, 'live'),
      link(900_000, 'stale'),
    ];
    expect(linksDown(entries, [], day)).toEqual([
      { backendId: 'bot', label: 'Events', downMs: 160_000, times: 2, longestMs: 100_000 },
    ]);
  });

  it('leaves out what the desk could not know while it was off', () => {
    const entries = [
      link(0, 'live'),
      link(100_000, 'stale'),
      link(600_000, 'connecting'),
      link(610_000, 'live'),
    ];
    expect(linksDown(entries, [{ fromMs: 150_000, toMs: 600_000, sure: true }], day)).toEqual([
      { backendId: 'bot', label: 'Events', downMs: 60_000, times: 2, longestMs: 50_000 },
    ]);
  });

  it('keeps links apart, the worst first, and those that never failed or ended by themselves are none', () => {
    const entries = [
      link(0, 'live', 'Prices'),
      link(0, 'live', 'Runs'),
      link(0, 'live'),
      link(10_000, 'ended', 'Runs'),
      link(20_000, 'stale', 'Prices'),
      link(30_000, 'stale'),
      link(40_000, 'live'),
      link(500_000, 'live', 'Prices'),
    ];
    expect(linksDown(entries, [], day).map(({ label, downMs }) => [label, downMs])).toEqual([
      ['Prices', 480_000],
      ['Events', 10_000],
    ]);
  });

  it('counts nothing outside the stretch, and garbage is no outage', () => {
    expect(
      linksDown([link(0, 'stale'), link(50_000, 'live')], [], { fromMs: 100_000, toMs: 200_000 }),
    ).toEqual([]);
    expect(linksDown([{ ...link(10_000, 'stale'), data: '{' }], [], day)).toEqual([]);
    expect(linksDown([], [], day)).toEqual([]);
  });

  it('counts no handover within a second, as there is at each start', () => {
    const entries = [link(0, 'connecting'), link(900, 'live'), link(5_000, 'stale'), link(6_000, 'live')];
    expect(linksDown(entries, [], day)).toEqual([
      { backendId: 'bot', label: 'Events', downMs: 1_000, times: 1, longestMs: 1_000 },
    ]);
  });
});

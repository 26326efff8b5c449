import { describe, expect, it } from 'vitest';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import { anAlert } from '#shared/domain/testing/entries.ts';

import { filterChoices, groupAlerts, matchesFilter, NO_FILTER } from './filter-alerts.ts';

const make = (id: string, change: Partial<Alert> = {}): Alert =>
  anAlert({
    backendId: 'one',
    id,
    kind: 'whale',
    severity: 'high',
    rawSeverity: 'high',
    message: 'BTC moved $2M',
    groupKey: 'whale:BTC',
    instrument: 'BTC',
    facts: [{ name: 'venue', value: 'Kraken' }],
    occurredAtMs: null,
    receivedAtMs: 1_000,
    ...change,
  });

describe('alerts on screen', () => {
  it('L3 alerts that repeat are one row with their count, and only the open ones wait to be seen', () => {
    const groups = groupAlerts([
      make('a', { receivedAtMs: 1, acknowledgedAtMs: 2 }),
      make('b', { receivedAtMs: 3, count: 4 }),
      make('c', { receivedAtMs: 2, groupKey: 'ltv', kind: 'ltv_warning' }),
    ]);
    expect(groups.map(({ count, openKeys }) => ({ count, openKeys }))).toEqual([
      { count: 5, openKeys: ['one/b'] },
      { count: 1, openKeys: ['one/c'] },
    ]);
    expect(groups[0]?.latest.id).toBe('b');
  });

  it('does not put the same words of two backends into one row', () => {
    expect(groupAlerts([make('a'), make('b', { backendId: 'two' })])).toHaveLength(2);
  });

  it('filters by severity, kind, symbol, backend, time, text and whether it was seen', () => {
    const alert = make('a');
    expect(matchesFilter(alert, NO_FILTER)).toBe(true);
    expect(matchesFilter(alert, { ...NO_FILTER, severities: new Set(['low']) })).toBe(false);
    expect(matchesFilter(alert, { ...NO_FILTER, kind: 'whale' })).toBe(true);
    expect(matchesFilter(alert, { ...NO_FILTER, instrument: 'ETH' })).toBe(false);
    expect(matchesFilter(alert, { ...NO_FILTER, backendId: 'two' })).toBe(false);
    expect(matchesFilter(alert, { ...NO_FILTER, sinceMs: 1_001 })).toBe(false);
    expect(matchesFilter(alert, { ...NO_FILTER, text: 'kraken MOVED' })).toBe(true);
    expect(matchesFilter(alert, { ...NO_FILTER, text: 'kraken sold' })).toBe(false);
    expect(matchesFilter(make('b', { acknowledgedAtMs: 5 }), { ...NO_FILTER, openOnly: true })).toBe(false);
  });

  it('offers the kinds and symbols that there are', () => {
    expect(filterChoices([make('a'), make('b', { kind: 'ltv', instrument: null })])).toEqual({
      kinds: ['ltv', 'whale'],
      instruments: ['BTC'],
    });
  });
});

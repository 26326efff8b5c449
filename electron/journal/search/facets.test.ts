import {
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  dictionary,
  integer,
  oneof,
  property,
} from 'fast-check';
import { expect, it } from 'vitest';

import type { Facets } from './facets.ts';
import { facetsOf } from './facets.ts';

const cases: [kind: string, record: unknown, severity: Facets['severity'], symbol: Facets['symbol']][] = [
  ['alert', { severity: 'low', instrument: 'BTC-USD' }, 'low', 'BTC-USD'],
  ['activity', { severity: 'medium', symbol: 'ETHUSDT' }, 'medium', 'ETHUSDT'],
  ['activity', { kind: 'spike', symbol: 'SOLUSDT' }, 'medium', 'SOLUSDT'],
  ['activity', { status: 'failed', symbol: 'BTC' }, 'high', 'BTC'],
  ['activity', { state: 'lost' }, 'high', null],
  ['notification', { notice: { severity: 'critical' } }, 'critical', null],
  ['panic', { phase: 'pressed' }, 'critical', null],
  ['panic', { phase: 'resumed' }, 'high', null],
  ['kill-switch', { enabled: true }, 'critical', null],
  ['kill-switch', { enabled: false }, 'medium', null],
  ['kill-switch', { enabled: false, found: true }, null, null],
  ['kill-switch', { state: 'unconfirmed' }, 'critical', null],
  ['kill-switch', { state: 'confirmed' }, 'medium', null],
  ['command', { status: 'unconfirmed', proposal: { instrument: 'SOL' } }, 'high', 'SOL'],
  ['command', { status: 'confirmed', params: { asset: 'ETH' } }, null, 'ETH'],
  ['command', { status: 'blocked' }, 'medium', null],
  ['trade', { status: 'failed', instrument: 'BTC' }, 'high', 'BTC'],
  ['trade', { status: 'filled', instrument: '' }, null, null],
  ['link', { kind: 'stopped' }, 'high', null],
  ['link', { kind: 'waiting' }, 'medium', null],
  ['link', { kind: 'live' }, null, null],
  ['system', { event: 'entries-lost' }, 'high', null],
  ['settings', null, null, null],
  ['alert', { severity: 'apocalyptic', instrument: 7 }, null, null],
];

it.each(cases)('%s %j is of severity %s and about %s', (kind, record, severity, symbol) => {
  expect(facetsOf(kind, JSON.stringify(record))).toEqual({ severity, symbol });
});

it('reads the same from the text as from the parsed record, wherever in it the words stand', () => {
  const name = constantFrom(
    'severity',
    'instrument',
    'symbol',
    'asset',
    'status',
    'notice',
    'params',
    'text',
  );
  const word = constantFrom(
    'high',
    'low',
    '',
    'BTC',
    'a"severity":"high",',
    '\\',
    '{',
    '"instrument"',
    'é\n',
    'failed',
  );
  const value = oneof(word, constant(null), boolean(), integer());
  const nested = dictionary(name, oneof(value, dictionary(name, value), array(word)));
  const kind = constantFrom('alert', 'trade', 'command', 'notification', 'settings', 'activity');
  assert(
    property(kind, nested, (of, record) => {
      // Written with spaces it is never plain, and so always parsed.
      expect(facetsOf(of, JSON.stringify(record))).toEqual(facetsOf(of, JSON.stringify(record, null, 1)));
    }),
    { numRuns: 5_000 },
  );
});

it('finds nothing in what is no JSON', () => {
  expect(facetsOf('alert', '{"severity":"high"')).toEqual({ severity: null, symbol: null });
});

// @vitest-environment happy-dom
import { expect, it } from 'vitest';

import type { VolumeSpike } from '#shared/domain/alerts/volume.ts';
import { aFeedEntry } from '#shared/domain/testing/feed-entries.ts';

import { toCsv } from '../../ui/table-text.ts';
import { groupSpikes, spikeRows } from './spike-groups.ts';
import { spikeColumns } from './spike-table.tsx';

const SPIKE: VolumeSpike = aFeedEntry('spikes', {
  backendId: 'volspike',
  id: 'spike',
  hourAtMs: 0,
  detectedAtMs: 300_000,
  occurredAtMs: 300_000,
  currentVolume: '9',
  previousVolume: '3',
  ratio: '3',
  price: '100',
  candle: 'bullish',
  message: '',
  receivedAtMs: 300_000,
});

it('a file of spikes has in each line what that line says itself, its price and its candle too', () => {
  const update: VolumeSpike = {
    ...SPIKE,
    id: 'half',
    kind: 'half-update',
    ratio: '5.5',
    price: '101.25',
    candle: null,
  };
  const [head, ...lines] = toCsv(spikeColumns, spikeRows(groupSpikes([SPIKE, update])))
    .trimEnd()
    .split('\r\n');
  const cells = (line: string | undefined): string[] => line?.slice(1, -1).split('","') ?? [];
  const said = lines.map((line) =>
    ['Kind', 'Ratio', 'Price', 'Candle'].map((name) => cells(line)[cells(head).indexOf(name)]),
  );
  expect(said).toEqual([
    ['spike', '3', '100', 'bullish'],
    ['half-update', '5.5', '101.25', ''],
  ]);
});

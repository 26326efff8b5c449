import { describe, expect, it } from 'vitest';

import type { VolumeSpike } from '#shared/domain/alerts/volume.ts';
import { MINUTE_MS } from '#shared/time.ts';
import { aFeedEntry } from '#shared/domain/testing/feed-entries.ts';

import { delayWords } from './delay-words.ts';
import { filterSpikes, NO_SPIKE_FILTER } from './spike-filter.ts';
import { groupSpikes, spikeRows } from './spike-groups.ts';

const spike = (id: string, change: Partial<VolumeSpike> = {}): VolumeSpike =>
  aFeedEntry('spikes', {
    backendId: 'volspike',
    id,
    hourAtMs: 0,
    detectedAtMs: 5 * MINUTE_MS,
    occurredAtMs: 5 * MINUTE_MS,
    currentVolume: '9',
    previousVolume: '3',
    ratio: '3',
    message: '',
    receivedAtMs: 5 * MINUTE_MS,
    ...change,
  });
const half = (id: string, change: Partial<VolumeSpike> = {}) =>
  spike(id, { kind: 'half-update', detectedAtMs: 30 * MINUTE_MS, ...change });
const full = (id: string, change: Partial<VolumeSpike> = {}) =>
  spike(id, { kind: 'full-update', detectedAtMs: 60 * MINUTE_MS, ...change });

describe('volume spikes on screen', () => {
  it('puts the updates of an hour under their spike, whatever order they come in', () => {
    const [group, ...others] = groupSpikes([full('f'), spike('s'), half('h')]);
    expect([group?.head.id, group?.updates.map(({ id }) => id), others]).toEqual(['s', ['h', 'f'], []]);
  });

  it('keeps symbols, hours and backends apart', () => {
    const groups = groupSpikes([
      spike('a'),
      half('b', { symbol: 'ETHUSDT' }),
      half('c', { hourAtMs: 60 * MINUTE_MS }),
      half('d', { backendId: 'ingest' }),
    ]);
    expect(groups.map(({ updates }) => updates.length)).toEqual([0, 0, 0, 0]);
  });

  it('D3 shows an alert once that the journal holds as well, as the desk has it now', () => {
    const now = spike('s', { message: 'now' });
    expect(groupSpikes([now, spike('s', { message: 'then' })]).map(({ head }) => head.message)).toEqual([
      'now',
    ]);
  });

  it('lets an update stand for a spike that was missed, and gives rows back as they were', () => {
    const groups = groupSpikes([half('h'), full('f')]);
    expect(spikeRows(groups).map(({ key, isUpdate }) => [key, isUpdate])).toEqual([
      ['volspike/h', false],
      ['volspike/f', true],
    ]);
    expect(spikeRows(groups)[1]).toBe(spikeRows(groups)[1]);
  });

  it('filters whole spikes by symbol, kind, backend and time', () => {
    const groups = groupSpikes([
      spike('a'),
      half('b'),
      spike('c', { symbol: 'ETHUSDT', backendId: 'ingest' }),
    ]);
    const shown = (change: Partial<typeof NO_SPIKE_FILTER>) =>
      filterSpikes(groups, { ...NO_SPIKE_FILTER, ...change }).map(({ head }) => head.id);
    expect(shown({}).sort()).toEqual(['a', 'c']);
    expect(shown({ symbol: ' eth' })).toEqual(['c']);
    expect(shown({ kind: 'half-update' })).toEqual(['a']);
    expect(shown({ backendId: 'ingest' })).toEqual(['c']);
    expect(shown({ sinceMs: 10 * MINUTE_MS })).toEqual(['a']);
  });
});

describe('how late a volume alert came', () => {
  const late = (ms: number) => spike('s', { receivedAtMs: 5 * MINUTE_MS + ms });

  it('says that the tier held it back, as long as that explains it', () => {
    expect(delayWords(late(14 * MINUTE_MS), { options: { tier: 'free' } })?.long).toContain(
      'by the free tier',
    );
    expect(delayWords(late(40 * MINUTE_MS), { options: { tier: 'free' } })?.long).not.toContain('tier');
    expect(delayWords(late(14 * MINUTE_MS), { options: { tier: 'pro' } })?.long).not.toContain('tier');
    expect(delayWords(late(14 * MINUTE_MS), undefined)?.short).toBe('14 min later');
  });

  it('says nothing of what came at once, or of an unknown time', () => {
    expect(delayWords(late(20_000), { options: { tier: 'free' } })).toBeNull();
    expect(delayWords(spike('s', { detectedAtMs: null }), undefined)).toBeNull();
  });
});

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { describe, expect, it } from 'vitest';

import type { DeskPatch, DeskPatchBatch, DeskSnapshot } from '#shared/domain/desk.ts';
import { bySlice } from '#shared/domain/desk.ts';

import { emptyDeskState } from '../renderer/stores/desk-state.ts';
import { startDeskSync } from '../renderer/stores/desk-sync.ts';

const KEYS = 500;
const EVENTS_A_BATCH = 160;
const MOST_BYTES_AN_EVENT = 5;

describe('D7 what the window keeps of what it was sent', () => {
  it('is the last of each key: from 6,000 to 60,000 events its heap grows by less than 5 bytes an event', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heapBytes = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    let listener: (batch: DeskPatchBatch) => void = () => undefined;
    let state = emptyDeskState();
    const stop = startDeskSync(
      {
        onPatches(given) {
          listener = given;
          return () => undefined;
        },
        snapshot: () => Promise.resolve({ seq: 0, slices: bySlice<DeskSnapshot['slices']>(() => []) }),
      },
      { get: () => state, set: (next) => (state = next) },
      String,
    );
    await Promise.resolve();
    await Promise.resolve();
    let events = 0;
    const hearUntil = (until: number): void => {
      while (events < until) {
        const patches = Array.from({ length: EVENTS_A_BATCH }, () => patch((events += 1)));
        listener({ seq: state.seq + 1, patches });
      }
    };
    hearUntil(6_000);
    const before = heapBytes();
    hearUntil(60_000);
    const after = heapBytes();
    expect(state.slices.quotes.size).toBe(KEYS);
    expect(state.slices.quotes.get(`hub/A${events % KEYS}`)?.price).toBe(String(events));
    expect((after - before) / (60_000 - 6_000)).toBeLessThan(MOST_BYTES_AN_EVENT);
    stop();
  });
});

const patch = (number: number): DeskPatch => ({
  slice: 'quotes',
  key: `hub/A${number % KEYS}`,
  value: {
    backendId: 'hub',
    id: `A${number % KEYS}`,
    asset: `A${number % KEYS}`,
    price: String(number),
    change24hPct: '1.25',
    volume24h: '123456789.5',
    receivedAtMs: 1_800_000_000_000 + number,
  },
});

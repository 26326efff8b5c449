import { deserialize, serialize } from 'node:v8';

import type { DeskPatchBatch } from '#shared/domain/desk.ts';
import type { Packed } from '#shared/ipc/packed.ts';
import { pack, unpack } from '#shared/ipc/packed.ts';

import { eventsOf } from '../flood/events.ts';
import { cpuMicros } from '../frame/measure.ts';
import type { Row } from '../frame/row.ts';

const BATCHES = 500;
const BATCH = 128;
const EVENTS = BATCHES * BATCH;

/** What Electron does with a message between two processes is what `node:v8` does: a structured clone, written and read. Ours is of one text. */
export const row: Row = {
  title: 'Main to window: pack a batch of 128 and unpack it',
  rounds: 7,
  gates: [{ figure: 'cpu', unit: 'µs of CPU an event', against: 'limit', bound: { atMost: 2.4 } }],
  open() {
    const events = eventsOf('websocket', EVENTS);
    const parsed = events.map((text) => JSON.parse(text) as unknown);
    const batches = Array.from({ length: BATCHES }, (_, number) => batchOf(number));
    const timed = (label: string, run: () => unknown) => ({
      label,
      run: async () => ({ cpu: (await cpuMicros(() => void run())) / EVENTS }),
    });
    return {
      contenders: {
        limit: timed('JSON.parse of such an event (190 B)', () =>
          events.map((text) => JSON.parse(text) as unknown),
        ),
        floor: timed('structured clone of 128 bare events', () => {
          for (let at = 0; at < EVENTS; at += BATCH) deserialize(serialize(parsed.slice(at, at + BATCH)));
        }),
        ours: timed('a batch of patches as one text', () => {
          for (const batch of batches) unpack(deserialize(serialize(pack(batch))) as Packed<DeskPatchBatch>);
        }),
        peer: timed('one message an event', () => {
          for (const event of parsed) deserialize(serialize(event));
        }),
      },
      close: () => undefined,
    };
  },
};

function batchOf(number: number): DeskPatchBatch {
  return {
    seq: number,
    patches: Array.from({ length: BATCH }, (_, index) => {
      const asset = `C${index}`;
      return {
        slice: 'quotes',
        key: `hub/${asset}/USDT`,
        value: {
          backendId: 'hub',
          id: `${asset}/USDT`,
          asset,
          price: `${60_000 + ((number * BATCH + index) % 977)}.25`,
          change24hPct: '1.25',
          volume24h: '123456789.5',
          receivedAtMs: 1_800_000_000_000 + number,
        },
      };
    }),
  };
}

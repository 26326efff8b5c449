import { describe, expect, it } from 'vitest';

import { createManualClock } from '../../lib/clock.ts';
import { entryOperation } from './operation.ts';
import type { Batch } from './protocol.ts';
import { createWriting } from './writing.ts';

describe('D6 what waits to be written', () => {
  it('and found no room is counted in the journal itself, as soon as it can be written again', async () => {
    const clock = createManualClock();
    const sent: Batch[] = [];
    let isUp = false;
    let full = 0;
    const writing = createWriting({
      clock,
      random: () => 0.5,
      isUp: () => isUp,
      send: (batch) => void sent.push(batch),
      onFull: () => (full += 1),
    });
    const record = { atMs: clock.now(), kind: 'system', backendId: null, summary: 'x', data: {} } as const;
    for (let count = 0; count < 50_003; count += 1)
      writing.add((number) => entryOperation(record, number, clock.now()));
    expect([full, writing.size()]).toEqual([3, 50_000]);

    isUp = true;
    writing.flush();
    while (writing.size() > 0) {
      writing.written({ bulk: sent.at(-1)?.bulk.at(-1)?.number ?? 0, prompt: 0 });
      await clock.advance(100);
    }
    const told = sent.flatMap(({ bulk }) =>
      bulk.filter((one) => one.kind === 'entry' && one.summary !== 'x'),
    );
    expect(told).toMatchObject([{ summary: '3 entries were lost while the journal could not be written.' }]);
    await writing.finish();
    writing.stop('closed');
    expect(clock.pending()).toBe(0);
  });
});

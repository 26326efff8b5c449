import { afterEach, expect, it } from 'vitest';

import type { DeskPatchBatch } from '#shared/domain/desk.ts';
import { pack } from '#shared/ipc/packed.ts';
import { speak } from '#shared/words.ts';

import { loadTelling } from '../telling.ts';
import { readBatch } from './read-batch.ts';

afterEach(() => speak('en', {}));

it('what changes on the desk is told in the language of the window, and in English as it came', async () => {
  const detail = 'Asked to halt.';
  const batch: DeskPatchBatch = {
    seq: 1,
    patches: [
      {
        slice: 'panic',
        key: 'panic',
        value: {
          kind: 'latched',
          id: 'x',
          sinceMs: 1,
          presses: 1,
          origin: 'window',
          durable: true,
          targets: [
            {
              backendId: 'alpha',
              state: 'requested',
              detail,
              requestedAtMs: 1,
              settledAtMs: null,
              reasserted: 0,
            },
          ],
        },
      },
    ],
  };
  expect(readBatch(pack(batch))).toEqual(batch);
  speak('de', { [detail]: 'Halt angefragt.' });
  await loadTelling();
  expect(JSON.stringify(readBatch(pack(batch)))).toBe(
    JSON.stringify(batch).replace(detail, 'Halt angefragt.'),
  );
});

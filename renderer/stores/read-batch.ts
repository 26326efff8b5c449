import type { DeskPatchBatch } from '#shared/domain/desk.ts';
import type { Packed } from '#shared/ipc/packed.ts';
import { unpack } from '#shared/ipc/packed.ts';

import { tell } from '../telling.ts';

/** A batch as it came over the bridge, in one text, with its words told in the language of the window. */
export function readBatch(packed: Packed<DeskPatchBatch>): DeskPatchBatch {
  const batch = unpack(packed);
  tell('desk.patches', batch);
  return batch;
}

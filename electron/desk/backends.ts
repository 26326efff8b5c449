import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { DeskPatch, SliceName } from '#shared/domain/desk.ts';
import { FEED_SLICES } from '#shared/domain/desk.ts';

import { isEqual } from './equal.ts';
import type { IndexedDesk, IndexName } from './state.ts';
import { feedGroup } from './state.ts';

const LISTS_OF_BACKEND = [
  ['links', 'linksOf'],
  ['approvals', 'approvalsOf'],
  ['holdings', 'holdingsOf'],
  ['equity', 'equityOf'],
  ['alerts', 'alertsOf'],
  ['trades', 'tradesOf'],
] as const satisfies readonly (readonly [SliceName, IndexName])[];

/**
 * Its connections are made anew, so what was told of earlier ones holds no longer: one that is not opened again would stand there
 * as broken for ever.
 */
export function applyConfigured(desk: IndexedDesk, config: BackendConfig): DeskPatch[] {
  const patches: DeskPatch[] = [...desk.keys('linksOf', config.id)].map((key) => ({
    slice: 'links',
    key,
    value: null,
  }));
  if (!isEqual(desk.get('backends', config.id), config))
    patches.push({ slice: 'backends', key: config.id, value: config });
  return patches;
}

/** Nothing of a backend outlives it on screen; its past stays in the journal. */
export function applyRemoved(desk: IndexedDesk, backendId: string): DeskPatch[] {
  const patches: DeskPatch[] = [];
  for (const [slice, index] of LISTS_OF_BACKEND) {
    for (const key of desk.keys(index, backendId)) patches.push({ slice, key, value: null });
  }
  for (const slice of FEED_SLICES) {
    for (const key of desk.keys('feedOf', feedGroup(slice, backendId)))
      patches.push({ slice, key, value: null });
  }
  for (const slice of ['killSwitches', 'portfolios', 'backends'] as const) {
    if (desk.get(slice, backendId) !== undefined) patches.push({ slice, key: backendId, value: null });
  }
  return patches;
}

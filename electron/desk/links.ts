import type { DeskPatch } from '#shared/domain/desk.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';

import { isEqual } from './equal.ts';
import type { IndexedDesk } from './state.ts';

export function applyLinkRemoved(desk: IndexedDesk, backendId: string, linkId: string): DeskPatch[] {
  const key = entryKey(backendId, linkId);
  return desk.get('links', key) === undefined ? [] : [{ slice: 'links', key, value: null }];
}

/** A link's status comes from our own process, in order; the newest one is the truth. */
export function applyLinkStatus(desk: IndexedDesk, status: LinkStatus): DeskPatch[] {
  const key = entryKey(status.backendId, status.linkId);
  return isEqual(desk.get('links', key), status) ? [] : [{ slice: 'links', key, value: status }];
}

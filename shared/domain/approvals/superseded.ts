import type { Approval } from './approval.ts';
import { entryKey } from '../desk.ts';
import type { Limits } from './limits.ts';

/**
 * The rule of what takes the place of what (A2): a proposal is superseded where its backend says so (its own word for the
 * status; the desk shows that as it is), or where the same bot of the same backend made the very same proposal again later:
 * same words, side, instrument, quantity and share. A different size or side is another wish and leaves both standing. A
 * person who wants each repetition to stand by itself can say so, for all backends or for one.
 */
export function supersededKeys(
  approvals: Iterable<Approval>,
  { repeatsReplace, byBackend }: Pick<Limits, 'repeatsReplace' | 'byBackend'>,
): ReadonlyMap<string, Approval> {
  const newestOf = new Map<string, Approval>();
  const all = [...approvals].filter(
    ({ backendId }) => byBackend[backendId]?.repeatsReplace ?? repeatsReplace,
  );
  for (const approval of all) {
    const identity = identityOf(approval);
    const known = newestOf.get(identity);
    if (known === undefined || approval.createdAtMs > known.createdAtMs) newestOf.set(identity, approval);
  }
  const superseded = new Map<string, Approval>();
  for (const approval of all) {
    const newest = newestOf.get(identityOf(approval));
    if (approval.status === 'pending' && newest !== undefined && newest.createdAtMs > approval.createdAtMs)
      superseded.set(entryKey(approval.backendId, approval.id), newest);
  }
  return superseded;
}

const identityOf = (approval: Approval): string =>
  JSON.stringify([
    approval.backendId,
    approval.proposer,
    approval.groupKey,
    approval.title,
    approval.side,
    approval.instrument,
    approval.quantity,
    approval.allocationPct,
  ]);

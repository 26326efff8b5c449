import { entryKey } from '#shared/domain/desk.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { positionOwner } from '#shared/domain/portfolio/position.ts';

import type { DeskReader } from '../desk/port.ts';

/**
 * The links that the person's money rests on: those that carry a whole backend, and those of a model that works, may work or holds
 * something. What an idle model's stream does not bring is no news of anybody's money.
 */
export function moneyLinks(desk: DeskReader): LinkStatus[] {
  const holding = new Set(
    [...desk.entries('positions')].map(([, one]) => entryKey(one.backendId, one.owner)),
  );

  function isAtStake({ about, backendId }: LinkStatus): boolean {
    if (about?.thing !== 'model') return true;
    const isIdle = desk.get('models', entryKey(backendId, about.id))?.status === 'idle';
    return !isIdle || holding.has(entryKey(backendId, positionOwner.model(about.id)));
  }

  return [...desk.entries('links')].map(([, link]) => link).filter(isAtStake);
}

import { backendFreshness } from '#shared/domain/derive.ts';

import type { DeskReader } from '../desk/port.ts';
import type { Looked } from './look.ts';

/** What the computer has to stay awake for, as a sentence; null where it may sleep. */
export function awakeReason(desk: DeskReader, { measured, trading }: Looked): string | null {
  const links = [...desk.entries('links')].map(([, link]) => link);
  const connected = trading.filter(({ id, practice }) => {
    const { worst } = backendFreshness(id, links, 0);
    // Practice trades nothing that anybody would miss.
    return !practice && worst !== null && worst.state.kind !== 'stopped';
  });
  const parts = [
    ...(connected.length === 0 ? [] : [`${connected.map(({ name }) => name).join(', ')} may trade`]),
    ...(measured.length === 0
      ? []
      : [`${measured.length} ${measured.length === 1 ? 'limit is' : 'limits are'} armed`]),
  ];
  return parts.length === 0 ? null : `${parts.join('; ')}.`;
}

import { entryKey } from '#shared/domain/desk.ts';
import type { LinkState, LinkStatus } from '#shared/domain/backends/link.ts';

/** Tells from the statuses of links, which come with every message, the moments at which a backend may answer again. */
export interface ReturnWatch {
  /**
   * True when a link has just begun to connect or has just become live. The beginning matters: what is sent then goes
   * out beside the connection itself, before anything is read over it.
   */
  noteLink(status: LinkStatus): boolean;
  forget(backendId: string): void;
}

export function createReturnWatch(): ReturnWatch {
  const last = new Map<string, LinkState['kind']>();
  return {
    noteLink({ backendId, linkId, state }) {
      const key = entryKey(backendId, linkId);
      const changed = last.get(key) !== state.kind;
      last.set(key, state.kind);
      return changed && (state.kind === 'connecting' || state.kind === 'live');
    },
    forget(backendId) {
      for (const key of last.keys()) if (key.startsWith(entryKey(backendId, ''))) last.delete(key);
    },
  };
}

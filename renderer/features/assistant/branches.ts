import type { ChatTurn } from '#shared/domain/assistant/assistant.ts';

/** The turns that stand in the same place as one: a question as it was edited, or the answers to one question; oldest first. */
export function siblingsOf(turns: ReadonlyMap<string, ChatTurn>, turn: ChatTurn): ChatTurn[] {
  return [...turns.values()].filter(({ parentId, role }) => parentId === turn.parentId && role === turn.role);
}

/** The end of the branch that was gone on with last below a turn. */
export function newestEndBelow(turns: ReadonlyMap<string, ChatTurn>, turnId: string): string {
  const newestChild = new Map<string, string>();
  for (const { id, parentId } of turns.values()) if (parentId !== null) newestChild.set(parentId, id);
  let end = turnId;
  // Turns come in the order in which they were said, so this ends: a child is always a later one.
  for (
    let child = newestChild.get(end);
    child !== undefined && child !== turnId;
    child = newestChild.get(child)
  )
    end = child;
  return end;
}

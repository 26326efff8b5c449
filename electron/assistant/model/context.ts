import type { ChatTurn } from '#shared/domain/assistant/assistant.ts';

const MOST_TURNS = 60;
const MOST_CHARACTERS = 60_000;

/** What is sent along with a question: the newest turns of its branch that fit, oldest first, the question always among them. */
export function contextOf(branch: readonly ChatTurn[]): ChatTurn[] {
  const context: ChatTurn[] = [];
  let room = MOST_CHARACTERS;
  for (const turn of branch.toReversed()) {
    if (turn.content === '') continue;
    room -= turn.content.length;
    if (context.length > 0 && (context.length >= MOST_TURNS || room < 0)) break;
    context.unshift(turn);
  }
  return context;
}

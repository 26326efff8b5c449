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

/**
 * The same as messages that take turns, the person's first: the templates of many models take no others. Questions that were left
 * without an answer are one with the next.
 */
export function inTurns(context: readonly ChatTurn[]): { role: ChatTurn['role']; content: string }[] {
  const messages: { role: ChatTurn['role']; content: string }[] = [];
  for (const { role, content } of context) {
    const before = messages.at(-1);
    if (before?.role === role) before.content += `\n\n${content}`;
    else if (before !== undefined || role === 'user') messages.push({ role, content });
  }
  return messages;
}

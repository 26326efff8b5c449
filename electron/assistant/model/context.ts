import type { ChatTurn } from '#shared/domain/assistant/assistant.ts';

const MOST_TURNS = 60;
const MOST_CHARACTERS = 60_000;

/** Less of a turn than this says nothing. */
const LEAST_CHARACTERS = 200;

/**
 * What is sent along with a question: the newest turns of its branch that fit, oldest first, the question always among them. The
 * oldest is cut where it does not fit whole: a long answer is known by its beginning.
 */
export function contextOf(branch: readonly ChatTurn[]): ChatTurn[] {
  const context: ChatTurn[] = [];
  let room = MOST_CHARACTERS;
  for (const turn of branch.toReversed()) {
    const { content } = turn;
    if (content === '') continue;
    if (context.length > 0 && (context.length >= MOST_TURNS || room < LEAST_CHARACTERS)) break;
    const fits = context.length === 0 || content.length <= room;
    context.unshift(fits ? turn : { ...turn, content: `${content.slice(0, room - 1).toWellFormed()}…` });
    room -= content.length;
  }
  return context;
}

/**
 * The same as messages that take turns, the person's first: the templates of many models take no others. Questions that were left
 * without an answer are one with the next; before an answer whose question is left away stands that something was asked.
 */
export function inTurns(context: readonly ChatTurn[]): { role: ChatTurn['role']; content: string }[] {
  const messages: { role: ChatTurn['role']; content: string }[] = [];
  for (const { role, content } of context) {
    const before = messages.at(-1);
    if (before?.role === role) before.content += `\n\n${content}`;
    else {
      if (before === undefined && role === 'assistant') messages.push({ role: 'user', content: '…' });
      messages.push({ role, content });
    }
  }
  return messages;
}

import type { ChatTurn, ConversationSummary } from '#shared/domain/assistant/assistant.ts';

import type { ConversationStore } from './port.ts';

/** A conversation in memory, the truth while it is used; the store has what the disk took. */
export interface OpenConversation {
  summary: ConversationSummary;
  turns: Map<string, ChatTurn>;
}

/** Enough that a disk which refuses loses nothing of what a person has in front of them. */
const MOST_OPEN = 20;

/** Conversations that are being used. */
export function createBook(store: ConversationStore) {
  const open = new Map<string, OpenConversation>();

  function find(id: string): OpenConversation | null {
    const known = open.get(id);
    if (known !== undefined) return keep(id, known);
    const kept = store.read(id);
    if (kept === null) return null;
    return keep(id, { summary: kept.summary, turns: new Map(kept.turns.map((turn) => [turn.id, turn])) });
  }

  function keep(id: string, conversation: OpenConversation): OpenConversation {
    open.delete(id);
    open.set(id, conversation);
    for (const [oldId, old] of open) {
      if (open.size <= MOST_OPEN) break;
      const underWay = [...old.turns.values()].some(({ end }) => end === 'under-way');
      if (oldId !== id && !underWay) open.delete(oldId);
    }
    return conversation;
  }

  return {
    find,
    add: (summary: ConversationSummary): OpenConversation => keep(summary.id, { summary, turns: new Map() }),
    /** Writes the conversation's own line, its figures counted anew. */
    save(conversation: OpenConversation, change: Partial<ConversationSummary>): ConversationSummary {
      conversation.summary = { ...conversation.summary, ...change, ...figuresOf(conversation.turns) };
      store.save(conversation.summary);
      return conversation.summary;
    },
    saveTurn(conversation: OpenConversation, turn: ChatTurn): void {
      conversation.turns.set(turn.id, turn);
      store.saveTurn(conversation.summary.id, turn);
    },
    forget: (id: string): void => void open.delete(id),
  };
}

function figuresOf(
  turns: ReadonlyMap<string, ChatTurn>,
): Pick<ConversationSummary, 'questions' | 'usage' | 'untold'> {
  const figures = { questions: 0, usage: { inputTokens: 0, outputTokens: 0 }, untold: 0 };
  for (const { role, end, usage } of turns.values()) {
    if (role === 'user') figures.questions += 1;
    else if (usage !== null) {
      figures.usage.inputTokens += usage.inputTokens;
      figures.usage.outputTokens += usage.outputTokens;
    } else if (end !== 'under-way') figures.untold += 1;
  }
  return figures;
}

import type {
  Answerer,
  ChatTurn,
  Conversation,
  ConversationList,
  ConversationSummary,
  FoundConversation,
} from '#shared/domain/assistant/assistant.ts';
import type { ConnectionTestStep } from '#shared/domain/backends/backend.ts';

/** Conversations with a model or with a backend's own chat. What happens in them is told as `assistant.event`. */
export interface AssistantPort {
  conversations(text: string): ConversationList;
  /** Throws with words where it is gone. */
  open(conversationId: string): Conversation;
  /** Returns once the question is written down; throws with words where it cannot be asked. */
  ask(question: {
    conversationId: string;
    answerer: Answerer;
    parentId: string | null;
    turnId: string;
    question: string;
  }): void;
  retry(conversationId: string, questionId: string): void;
  stop(conversationId: string): void;
  showBranch(conversationId: string, headId: string): void;
  rename(conversationId: string, title: string): void;
  remove(conversationId: string): void;
  /** What the person answers to a card; rejects with words where it cannot be taken any more. */
  settleProposal(
    conversationId: string,
    turnId: string,
    proposalId: string,
    answer: 'take' | 'dismiss',
  ): Promise<void>;
  /** The address, if it stands in that answer; throws with words where it does not. */
  linkIn(conversationId: string, turnId: string, address: string): string;
  test(typed: {
    address: string;
    model: string;
    key: string;
  }): Promise<{ steps: ConnectionTestStep[]; models: string[] }>;
  setKey(address: string, key: string): Promise<void>;
  /** The origin for which a key is kept. */
  keyOrigin(): Promise<string | null>;
  dispose(): void;
}

/** What was said, durably. Writing never throws: trouble is told by `trouble`, and nothing is lost while the desk runs. */
export interface ConversationStore {
  trouble(): string | null;
  /** Newest first. */
  list(text: string): FoundConversation[];
  summary(conversationId: string): ConversationSummary | null;
  read(conversationId: string): Conversation | null;
  /** It holds as many turns as one may. */
  isFull(conversationId: string): boolean;
  save(
    conversation: Pick<
      ConversationSummary,
      'id' | 'title' | 'answerer' | 'createdAtMs' | 'updatedAtMs' | 'headId'
    >,
  ): void;
  saveTurn(conversationId: string, turn: ChatTurn): void;
  /** Throws where the disk refuses. */
  remove(conversationId: string): void;
  close(): void;
}

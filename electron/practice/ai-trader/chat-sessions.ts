import { refuse } from './answers.ts';
import type { AiTrader } from './context.ts';
import { bound, findModel, newId } from './context.ts';
import type { ChatMessage, ChatSession } from './documents.ts';

/** Which conversation: a model's, a run's, or a general one. */
export interface Topic {
  modelId: number | null;
  runId: number | null;
}

/** Starts a conversation; the active one on the same topic is no longer active. */
export function createChatSession(trader: AiTrader, { modelId, runId }: Topic): ChatSession {
  const { state, stamps } = trader;
  for (const one of state.chatSessions) if (isOn(one, { modelId, runId })) one.is_active = false;
  const createdAt = stamps.local();
  const session: ChatSession = {
    is_active: true,
    conversation_summary: null,
    last_message_at: null,
    id: newId(trader),
    created_at: createdAt,
    user_id: state.user.id,
    model_id: modelId,
    run_id: runId,
    session_title: titleOf(trader, { modelId, runId }),
    updated_at: stamps.local(),
  };
  state.chatSessions.push(session);
  bound(state.chatSessions, SESSIONS_KEPT);
  return session;
}

/** The active conversation on a topic, made when there is none. */
export const activeChatSession = (trader: AiTrader, topic: Topic): ChatSession =>
  trader.state.chatSessions.find((one) => one.is_active && isOn(one, topic)) ??
  createChatSession(trader, topic);

export function findChatSession({ state }: AiTrader, id: number): ChatSession {
  const session = state.chatSessions.find((one) => one.id === id);
  if (session === undefined) throw refuse(403, 'Access denied');
  return session;
}

/** Without a model the general ones only. Newest first. */
export const listChatSessions = (
  { state }: AiTrader,
  modelId: number | null,
  hasRun: boolean | null,
): object[] =>
  state.chatSessions
    .filter((one) => one.model_id === modelId && (hasRun === null || (one.run_id !== null) === hasRun))
    .reverse()
    .map((one) => ({
      ...one,
      message_count: state.chatMessages.filter((message) => message.session_id === one.id).length,
    }));

export const messagesOf = ({ state }: AiTrader, sessionId: number, limit: number): ChatMessage[] =>
  state.chatMessages.filter((one) => one.session_id === sessionId).slice(-limit);

export function storeMessage(trader: AiTrader, session: ChatSession, role: string, content: string): void {
  const { state, stamps } = trader;
  const timestamp = stamps.local();
  const message = { id: newId(trader), session_id: session.id, role, content, tool_calls: null, timestamp };
  state.chatMessages.push({ ...message, content: content.slice(0, MAX_MESSAGE) });
  bound(state.chatMessages, MESSAGES_KEPT);
  session.last_message_at = timestamp;
  session.updated_at = stamps.local();
}

export function removeChatSession({ state }: AiTrader, session: ChatSession): void {
  state.chatSessions = state.chatSessions.filter((one) => one !== session);
  state.chatMessages = state.chatMessages.filter((one) => one.session_id !== session.id);
}

const isOn = (session: ChatSession, { modelId, runId }: Topic): boolean =>
  session.model_id === modelId && session.run_id === runId;

function titleOf(trader: AiTrader, { modelId, runId }: Topic): string {
  if (runId !== null) {
    const run = trader.state.runs.find((one) => one.id === runId);
    return `Run #${run?.run_number ?? runId} Strategy Discussion`;
  }
  return modelId === null ? 'New conversation' : `${findModel(trader, modelId)?.name ?? 'Model'} Discussion`;
}

const SESSIONS_KEPT = 200;
const MESSAGES_KEPT = 1_000;
const MAX_MESSAGE = 10_000;

import { z } from 'zod';

import type { Answer } from './answers.ts';
import { json, refuse } from './answers.ts';
import { analystAnswer } from './analyst.ts';
import type { Topic } from './chat-sessions.ts';
import {
  activeChatSession,
  createChatSession,
  findChatSession,
  listChatSessions,
  messagesOf,
  removeChatSession,
  storeMessage,
} from './chat-sessions.ts';
import type { Frame } from './chat-stream.ts';
import { chatStream } from './chat-stream.ts';
import type { AiTrader } from './context.ts';
import { findModel } from './context.ts';
import type { ChatSession } from './documents.ts';
import type { Call, Caller, Route } from './http-server.ts';
import { checkBody, queryInt, queryText } from './validation.ts';

interface ChatOptions {
  /** Who a stream's token in the query names. */
  readQueryToken(query: URLSearchParams): Caller | null;
  /** How long the next answers are thought about; set by tests. */
  thinkMs(): number;
}

/** Conversations and the three streamed answers (sheet, sections 4.5 and 6). */
export const chatRoutes = (trader: AiTrader, options: ChatOptions): Route[] => [
  ...sessionRoutes(trader),
  {
    method: 'GET',
    path: '/api/chat/stream-new',
    open: true,
    run: (call) => stream(trader, options, call, { isNew: true, runId: null }),
  },
  {
    method: 'GET',
    path: '/api/chat/general-stream',
    open: true,
    run: (call) => stream(trader, options, call, { isNew: false, runId: null }),
  },
  {
    method: 'GET',
    path: '/api/models/{model_id}/runs/{run_id}/chat-stream',
    open: true,
    run(call) {
      const message = queryText(call.query, 'message');
      const caller = options.readQueryToken(call.query);
      if (caller === null) return failing(trader, 'Not authenticated');
      const model = findModel(trader, call.int('model_id'));
      if (model?.user_id !== caller.id) throw refuse(404, 'Model not found');
      return answer(trader, options, {
        topic: { modelId: model.id, runId: call.int('run_id') },
        message,
        kind: 'run',
      });
    },
  },
];

function sessionRoutes(trader: AiTrader): Route[] {
  const { state, stamps, unit } = trader;
  const history = (call: Call, runId: number | null): Answer => {
    const model = findModel(trader, call.int('model_id'));
    if (model?.user_id !== call.caller.id) throw refuse(403, 'Access denied');
    // Reading makes the conversation.
    const session = unit.commit(() => activeChatSession(trader, { modelId: model.id, runId }));
    return json({ messages: messagesOf(trader, session.id, 100) });
  };
  return [
    {
      method: 'GET',
      path: '/api/chat/sessions',
      run({ query }) {
        const modelId = query.has('model_id') ? queryInt(query, 'model_id', { fallback: 0 }) : null;
        const hasRun = query.has('has_run') ? query.get('has_run') === 'true' : null;
        const sessions = listChatSessions(trader, modelId, hasRun);
        return json({ sessions, total: sessions.length });
      },
    },
    {
      method: 'POST',
      path: '/api/chat/sessions/new',
      run({ bodyText }) {
        const { model_id } = checkBody(z.object({ model_id: z.int().nullish() }), bodyText);
        const topic = { modelId: model_id ?? null, runId: null };
        return json({ session: unit.commit(() => createChatSession(trader, topic)) });
      },
    },
    {
      method: 'POST',
      path: '/api/chat/sessions/{session_id}/resume',
      run(call) {
        const session = findChatSession(trader, call.int('session_id'));
        unit.commit(() => {
          for (const one of state.chatSessions)
            if (one.model_id === session.model_id && one.run_id === session.run_id) one.is_active = false;
          session.is_active = true;
          session.updated_at = stamps.local();
        });
        return json({ session });
      },
    },
    {
      method: 'GET',
      path: '/api/chat/sessions/{session_id}/messages',
      run(call) {
        const session = findChatSession(trader, call.int('session_id'));
        const limit = queryInt(call.query, 'limit', { fallback: 50, ge: 1 });
        return json({ messages: messagesOf(trader, session.id, limit), session });
      },
    },
    {
      method: 'DELETE',
      path: '/api/chat/sessions/{session_id}',
      run(call) {
        const session = findChatSession(trader, call.int('session_id'));
        unit.commit(() => removeChatSession(trader, session));
        return json({ status: 'success', message: 'Session deleted' });
      },
    },
    { method: 'GET', path: '/api/models/{model_id}/chat-history', run: (call) => history(call, null) },
    {
      method: 'GET',
      path: '/api/models/{model_id}/runs/{run_id}/chat-history',
      run: (call) => history(call, call.int('run_id')),
    },
    {
      method: 'POST',
      path: '/api/models/{model_id}/runs/{run_id}/chat',
      run() {
        // The real server misses a module and never answers anything else.
        throw refuse(500, "Chat error: No module named 'agents.run_agent_langgraph'");
      },
    },
    {
      method: 'POST',
      path: '/api/enhance-strategy',
      run({ bodyText }) {
        const body = z.object({ text: z.string(), context: z.string().nullish() });
        const { text } = checkBody(body, bodyText);
        return json({ enhanced_text: text, original_text: text });
      },
    },
  ];
}

function stream(
  trader: AiTrader,
  options: ChatOptions,
  { query }: Call,
  { isNew }: { isNew: boolean; runId: null },
): Answer {
  const message = queryText(query, 'message');
  const modelId = query.has('model_id') ? queryInt(query, 'model_id', { fallback: 0 }) : null;
  const caller = options.readQueryToken(query);
  // Not even this is an error of HTTP here.
  if (caller === null) return failing(trader, 'Not authenticated');
  if (modelId !== null && findModel(trader, modelId) === undefined) return failing(trader, 'Model not found');
  if (!isNew && trader.state.models.length === 0)
    return failing(trader, 'No models found. Create a model first.');
  return answer(trader, options, {
    topic: { modelId, runId: null },
    message,
    kind: isNew ? 'new' : 'general',
  });
}

function answer(
  trader: AiTrader,
  { thinkMs }: ChatOptions,
  { topic, message, kind }: { topic: Topic; message: string; kind: 'new' | 'general' | 'run' },
): Answer {
  const { unit, faults } = trader;
  const session = unit.commit(() => {
    const one = kind === 'new' ? createChatSession(trader, topic) : activeChatSession(trader, topic);
    storeMessage(trader, one, 'user', message);
    return one;
  });
  const text = analystAnswer(trader, topic.modelId, message);
  const isWhole = kind !== 'new' || topic.modelId !== null;
  const tokens = isWhole ? [text] : piecesOf(text);
  const frames: Frame[] = [...createdFrame(session, kind), ...(isWhole ? [toolFrame(topic)] : [])];
  const broken = faults.chatFailures.shift();
  const told = broken === undefined ? tokens : tokens.slice(0, broken.afterTokens);
  frames.push(...told.map((content): Frame => ({ type: 'token', content })));
  if (broken === undefined) frames.push({ type: 'done' });
  else frames.push({ type: 'error', error: `Streaming error: ${broken.message}` });
  if (broken === undefined && kind === 'general' && topic.modelId !== null) frames.push({ type: 'done' });
  return chatStream(trader, {
    frames,
    thinkMs: thinkMs(),
    onAnswered: () => unit.commit(() => storeMessage(trader, session, 'assistant', text)),
  });
}

const createdFrame = (session: ChatSession, kind: string): Frame[] =>
  kind === 'new' ? [{ type: 'session_created', session_id: session.id, session_created: true }] : [];

const toolFrame = ({ modelId }: Topic): Frame => ({
  type: 'tool',
  tool: modelId === null ? 'get_model_config' : 'get_positions',
});

const failing = (trader: AiTrader, error: string): Answer =>
  chatStream(trader, { frames: [{ type: 'error', error }], thinkMs: 0, onAnswered: () => undefined });

/** Words with the space before them, as language models send them. */
const piecesOf = (text: string): string[] => text.match(/\s*\S+/g) ?? [];

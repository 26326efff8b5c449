import type { ChatTurn, Citation, Proposal, TokenUsage } from '#shared/domain/assistant/assistant.ts';

import type { ToolCall } from './calls.ts';
import { callAsSaid } from './calls.ts';
import { contextOf, inTurns } from './context.ts';
import { ModelFailure } from './failure.ts';
import { markData } from './marked-data.ts';
import type { ModelClient, ModelMessage, ModelTool, Round } from './model-client.ts';
import { systemPrompt } from './prompt.ts';

/** More is a model that goes round in circles. */
const MOST_ROUNDS = 8;
const MOST_CALLS = 30;

/** What the tools of the desk answer to a call: text for the model, and what the person is shown of it. */
export interface ToolAnswer {
  text: string;
  citation: Citation | null;
  proposal: Proposal | null;
}

/** The tools that a model is given. A call with anything wrong about it is answered in words; it never throws, and never acts. */
export interface ToolBox {
  definitions: ModelTool[];
  canRead: boolean;
  canPropose: boolean;
  call(call: ToolCall): Promise<ToolAnswer>;
}

export interface AnswerHandlers {
  onText(text: string): void;
  onCitation(citation: Citation): void;
  onProposal(proposal: Proposal): void;
}

/**
 * Asks a model, lets it read as often as it needs within bounds, and resolves once its answer is whole. Rejects with a
 * `ModelFailure`; what was handed to the handlers until then stands.
 */
export async function answerWithModel(
  asked: {
    client: ModelClient;
    model: string;
    branch: readonly ChatTurn[];
    tools: ToolBox;
    nowMs: number;
    nonce: string;
  },
  handlers: AnswerHandlers,
  signal: AbortSignal,
): Promise<{ note: string | null; usage: TokenUsage | null }> {
  const { client, model, branch, tools, nowMs, nonce } = asked;
  const { canRead, canPropose } = tools;
  const messages: ModelMessage[] = [
    { role: 'system', content: systemPrompt({ nowMs, nonce, canRead, canPropose }) },
    ...inTurns(contextOf(branch)),
  ];
  let given = tools.definitions;
  let remark = '';
  const ask = async (onText: (text: string) => void): Promise<Round> => {
    try {
      return await client.round({ model, messages, tools: given }, onText, signal);
    } catch (error) {
      const isPlain = error instanceof ModelFailure && error.code === 'no-tools' && given.length > 0;
      if (!isPlain) throw error;
      // Many small models can only talk: that is told to both.
      given = [];
      messages[0] = {
        role: 'system',
        content: systemPrompt({ nowMs, nonce, canRead: false, canPropose: false }),
      };
      remark = 'This model cannot use tools: it answered without reading the desk.';
      return client.round({ model, messages, tools: given }, onText, signal);
    }
  };
  let usage: TokenUsage | null = { inputTokens: 0, outputTokens: 0 };
  let calls = 0;
  const spoken = { yet: false };

  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let said = '';
    const onText = (text: string): void => {
      // What it says between two readings is a paragraph of its own.
      handlers.onText(said === '' && spoken.yet ? `\n\n${text}` : text);
      said += text;
      spoken.yet = true;
    };
    const ended = await ask(onText);
    usage = sumOf(usage, ended.usage);
    if (ended.calls.length === 0) {
      const nothing = spoken.yet ? '' : 'The model said nothing.';
      return { note: [nothing, ended.note, remark].filter(Boolean).join(' ') || null, usage };
    }
    calls += ended.calls.length;
    if (calls > MOST_CALLS) break;
    messages.push({
      role: 'assistant',
      content: said,
      tool_calls: ended.calls.map(callAsSaid),
    });
    for (const call of ended.calls) {
      const { text, citation, proposal } = await tools.call(call);
      if (signal.aborted) return { note: null, usage: null };
      messages.push({ role: 'tool', tool_call_id: call.id, content: markData(text, nonce) });
      if (citation !== null) handlers.onCitation(citation);
      if (proposal !== null) handlers.onProposal(proposal);
    }
  }
  return { note: 'The model kept reading without coming to an answer and was stopped.', usage };
}

function sumOf(a: TokenUsage | null, b: TokenUsage | null): TokenUsage | null {
  if (a === null || b === null) return null;
  return { inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens };
}

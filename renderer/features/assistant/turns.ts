import type { ChatMessage } from '#shared/domain/chat.ts';
import type { EpochMs } from '#shared/time.ts';

/** One thing said. An answer that did not end normally says so for good: it is never shown as complete. */
export interface Turn extends ChatMessage {
  end: 'complete' | 'stopped' | 'failed';
  /** Why it failed, in words; `null` otherwise. */
  trouble: string | null;
}

const MAX_CONTEXT_MESSAGES = 40;
/** Backends may limit the size of a request (CoinRuler: 100 kB), so that older messages stay behind. */
const MAX_CONTEXT_BYTES = 60_000;

/** What is sent along with a question: the newest messages that fit, oldest first, the question always among them. */
export function contextOf(turns: readonly Turn[]): ChatMessage[] {
  const encoder = new TextEncoder();
  const context: ChatMessage[] = [];
  let bytes = 0;
  for (const { id, role, content, atMs } of turns.toReversed()) {
    if (content === '') continue;
    bytes += encoder.encode(content).byteLength;
    if (context.length > 0 && (context.length >= MAX_CONTEXT_MESSAGES || bytes > MAX_CONTEXT_BYTES)) break;
    context.unshift({ id, role, content, atMs });
  }
  return context;
}

/** The turns up to and with the question that the last answer belongs to; what a retry sends again. */
export function withoutLastAnswer(turns: readonly Turn[]): Turn[] {
  const question = turns.findLastIndex((turn) => turn.role === 'user');
  return turns.slice(0, question + 1);
}

/** The conversation as a markdown document. */
export function toMarkdown(turns: readonly Turn[], backendName: string, atMs: EpochMs): string {
  const time = (ms: EpochMs): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
  const parts = turns.map((turn) => {
    const who = turn.role === 'user' ? 'You' : backendName;
    const note =
      turn.end === 'complete'
        ? ''
        : `\n\n_This answer is incomplete: ${turn.end === 'stopped' ? 'it was stopped.' : (turn.trouble ?? 'it broke off.')}_`;
    return `## ${who}, ${time(turn.atMs)} UTC\n\n${turn.content}${note}`;
  });
  return [`# Conversation with ${backendName}`, `Exported ${time(atMs)} UTC`, ...parts].join('\n\n') + '\n';
}

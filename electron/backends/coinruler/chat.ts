import type { z } from 'zod';

import type { ChatMessage } from '#shared/domain/assistant/chat.ts';
import { parseJson } from '#shared/json.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import type { ChatPort } from '../port.ts';
import { plainText } from '../../lib/clean.ts';
import type { Client } from './client.ts';
import { wireChatFrame } from './protocol.ts';

/** The server takes bodies of 100 kB (§1); room is left for what surrounds the messages. */
const MOST_BYTES = 90_000;

const FIRST_WORD_WITHIN_MS = 60 * SECOND_MS;

/** CoinRuler's own chat (§5.2). An answer counts as complete only with its `[DONE]`: everything else rejects. */
export function createChat(client: Client, clock: Clock): ChatPort {
  return {
    async *stream(messages, signal) {
      let answer = '';
      const frames = client.http.stream({
        method: 'POST',
        path: '/chat/stream',
        body: { messages: newestThatFit(messages) },
        // There is no heartbeat while the model thinks.
        timeoutMs: FIRST_WORD_WITHIN_MS,
        idleTimeoutMs: FIRST_WORD_WITHIN_MS,
        priority: 'read',
        signal,
      });
      let isComplete = false;
      for await (const { data } of frames) {
        if (data === '[DONE]') {
          isComplete = true;
          break;
        }
        const { token, error } = parseFrame(data);
        if (error !== undefined) throw new Error(failureWords(error));
        if (token === undefined) continue;
        answer += token;
        yield token;
      }
      if (!isComplete) throw new Error('The answer broke off before it was complete.');
      void log(client, clock, [messages.at(-1), { role: 'assistant', content: answer }]);
    },
  };
}

/** Frames that cannot be read are passed over: a missing word shows, a broken answer would not be one word better. */
const parseFrame = (data: string): z.infer<typeof wireChatFrame> =>
  wireChatFrame.safeParse(parseJson(data)).data ?? {};

function failureWords(error: string): string {
  const said = plainText(error, 300);
  if (/\b401\b/.test(said)) return 'The model behind CoinRuler’s chat does not accept the server’s key.';
  if (said === 'aborted') return 'The model behind CoinRuler’s chat broke off.';
  return `CoinRuler’s chat failed: “${said}”`;
}

type Said = Pick<ChatMessage, 'role' | 'content'>;

/** The end of the conversation, as much of it as the server takes; always the last message, cut when it must be. */
function newestThatFit(messages: readonly Said[]): Said[] {
  const kept: Said[] = [];
  let room = MOST_BYTES;
  for (const { role, content } of messages.toReversed()) {
    const fitting = kept.length === 0 ? cutToBytes(content, room) : content;
    room -= jsonBytes(fitting) + 40;
    if (room < 0 && kept.length > 0) break;
    kept.unshift({ role, content: fitting });
  }
  return kept;
}

function cutToBytes(text: string, bytes: number): string {
  let cut = text;
  while (jsonBytes(cut) > bytes) cut = cut.slice(0, Math.floor(cut.length * 0.9));
  return cut;
}

const jsonBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/** The server keeps only what clients log (§4.8). Losing a line of that costs nobody anything, so failures are let go. */
async function log(client: Client, clock: Clock, said: readonly (Said | undefined)[]): Promise<void> {
  for (const line of said) {
    if (line === undefined) continue;
    const { role, content } = line;
    const message = {
      role,
      content: cutToBytes(content, MOST_BYTES),
      timestamp: new Date(clock.now()).toISOString(),
    };
    await client.send('POST', '/chat/log', { message }, { priority: 'background' });
  }
}

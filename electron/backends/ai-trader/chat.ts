import type { z } from 'zod';

import { parseJson } from '#shared/json.ts';
import { SECOND_MS } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';
import { redact } from '../../lib/redact.ts';
import type { ChatPort } from '../port.ts';
import type { Client } from './client.ts';
import { wireChatFrame } from './protocol.ts';

/** The message stands in the address of the request (§6), and servers and proxies take addresses of about 8,000 characters. */
const LONGEST_IN_ADDRESS = 6_000;

/** The server writes a comment every 15 s while its model thinks: four of those missed. */
const IDLE_MS = 60 * SECOND_MS;

/**
 * AI-Trader's own chat (§6). The first message opens a conversation, later ones go on with the server's active one. An answer is
 * complete only with its first `done`; nothing is ever asked twice.
 */
export function createChat(client: Client): ChatPort {
  return {
    async *stream(messages, signal) {
      const message = messages.at(-1)?.content.trim() ?? '';
      if (message === '') throw new Error('There is nothing to ask.');
      const length = encodeURIComponent(message).length;
      if (length > LONGEST_IN_ADDRESS) {
        throw new Error(
          `AI-Trader takes a message only in the address of a request, which holds about ${LONGEST_IN_ADDRESS} characters (this one needs ${length}). Shorten it.`,
        );
      }
      const continues = messages.some(({ role }) => role === 'assistant');
      const path = continues ? '/api/chat/general-stream' : '/api/chat/stream-new';
      const token = await client.session.token();
      const frames = client.events(path, { message }, { timeoutMs: IDLE_MS, idleTimeoutMs: IDLE_MS, signal });
      for await (const { data } of frames) {
        const frame = parseFrame(data);
        if (frame?.type === 'done') return;
        if (frame?.type === 'error') throw failure(frame.error, () => client.session.rejected(token));
        if (frame?.type === 'token' && frame.content !== undefined) yield frame.content;
      }
      throw new Error('The answer broke off before it was complete.');
    },
  };
}

const parseFrame = (data: string): z.infer<typeof wireChatFrame> | null =>
  wireChatFrame.safeParse(parseJson(data)).data ?? null;

/** Not being signed in comes as an error under 200; whoever asks again signs in anew. */
function failure(error: unknown, onNotSignedIn: () => void): Error {
  const said = plainText(redact(plainText(error, 600)), 300);
  if (/not authenticated/i.test(said)) {
    onNotSignedIn();
    return new Error('AI-Trader did not take the sign-in for its chat. Ask again to sign in anew.');
  }
  return new Error(`AI-Trader’s chat failed: “${said}”`);
}

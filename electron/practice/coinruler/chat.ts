import type { ServerResponse } from 'node:http';

import { isMembers } from '#shared/json.ts';

import type { Faults } from '../faults.ts';
import { answerQuestion, questionOf, tokensOf } from './analyst.ts';
import type { Answer } from './answer.ts';
import { failure, json } from './answer.ts';
import type { Coinruler } from './context.ts';
import { bound, newId, nowIso } from './context.ts';

export const answerChat = (desk: Coinruler, body: Record<string, unknown>, faults: Faults): Answer => {
  const failing = faults.chatFailures.shift();
  if (failing !== undefined) return failure(500, failing.message);
  return json({ reply: answerQuestion(desk, questionOf(body)) });
};

/** Token frames, then `[DONE]`; or an error frame and no `[DONE]` (sheet, section 5.2). */
export function streamChat(desk: Coinruler, body: Record<string, unknown>, faults: Faults): Answer {
  const failing = faults.chatFailures.shift();
  const tokens = tokensOf(answerQuestion(desk, questionOf(body)));
  return { kind: 'stream', run: start };

  function start(response: ServerResponse): void {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache',
      Connection: 'keep-alive',
    });
    response.flushHeaders();
    let sent = 0;
    const stop = desk.clock.every(TOKEN_MS, () => {
      if (failing !== undefined && sent >= failing.afterTokens)
        end(`data: ${JSON.stringify({ error: failing.message })}\n\n`);
      else if (sent >= tokens.length) end('data: [DONE]\n\n');
      else if (faults.hang === 'none' || faults.hang === 'requests') {
        response.write(`data: ${JSON.stringify({ token: tokens[sent] })}\n\n`);
        sent += 1;
      }
    });
    response.on('close', stop);

    function end(frame: string): void {
      stop();
      response.end(frame);
    }
  }
}

export function logChat(desk: Coinruler, body: Record<string, unknown>): Answer {
  const { message } = body;
  if (!isMembers(message)) return failure(500, "Cannot read properties of undefined (reading 'timestamp')");
  const atMs = new Date(String(message.timestamp)).getTime();
  return desk.unit.commit(() => {
    const timestamp = Number.isNaN(atMs) ? null : new Date(atMs).toISOString();
    desk.state.chatLogs.push({ ...message, timestamp, createdAt: nowIso(desk), _id: newId(desk) });
    bound(desk.state.chatLogs, LOGS_KEPT);
    return json({ ok: true });
  });
}

/** Oldest first; only what clients logged. */
export function chatHistory(desk: Coinruler, limit: number): Answer {
  const messages = desk.state.chatLogs.slice(-Math.min(limit, LOGS_KEPT));
  return json({ count: messages.length, messages });
}

/** About 40 tokens a second. */
const TOKEN_MS = 25;
const LOGS_KEPT = 500;

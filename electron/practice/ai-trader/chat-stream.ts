import type { ServerResponse } from 'node:http';

import { SECOND_MS } from '#shared/time.ts';

import { Disposables } from '../../lib/disposables.ts';
import type { Answer } from './answers.ts';
import type { AiTrader } from './context.ts';
import { localTime } from './stamps.ts';
import { pythonJson } from './streams.ts';

/** What a chat answers, frame by frame. */
export interface Script {
  frames: readonly Frame[];
  /** Before the first word of the answer. */
  thinkMs: number;
  /** The answer reached its end: to be stored. */
  onAnswered(): void;
}
export interface Frame {
  type: 'session_created' | 'token' | 'tool' | 'done' | 'error';
  [member: string]: unknown;
}

/** Frames with CRLF and a name, pings every 15 s, and the end of the connection behind the last (sheet, section 6). */
export function chatStream({ clock, faults }: AiTrader, script: Script): Answer {
  return { kind: 'stream', run: start };

  function start(response: ServerResponse): void {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      Connection: 'keep-alive',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    const isMute = (): boolean => faults.hang === 'live' || faults.hang === 'all';
    const startedAtMs = clock.now();
    const waiting = [...script.frames];
    const running = new Disposables();
    response.on('close', () => running.dispose());
    running.add(
      clock.every(PING_MS, () => {
        if (!isMute()) response.write(`: ping - ${pingTime(clock.now())}\r\n\r\n`);
      }),
    );
    // What is known without thinking comes at once: the new conversation, or a refusal.
    while (waiting[0] !== undefined && IMMEDIATE.has(waiting[0].type)) {
      response.write(textOf(waiting[0]));
      waiting.shift();
    }
    if (waiting.length === 0) finish();
    else running.add(clock.every(TOKEN_MS, next));

    function next(): void {
      if (isMute() || clock.now() - startedAtMs < script.thinkMs) return;
      const frame = waiting.shift();
      if (frame !== undefined) {
        if (frame.type === 'done') script.onAnswered();
        response.write(textOf(frame));
      }
      // The frames behind the end, a second `done` or a late error, come with it.
      const isOver = waiting.every(({ type }) => type === 'done' || type === 'error');
      if (isOver && frame?.type === 'done')
        for (const late of waiting.splice(0)) response.write(textOf(late));
      if (waiting.length === 0) finish();
    }

    function finish(): void {
      running.dispose();
      response.end();
    }
  }
}

const textOf = (frame: Frame): string => `event: message\r\ndata: ${pythonJson(frame)}\r\n\r\n`;
const pingTime = (atMs: number): string => `${localTime(atMs).replace('T', ' ')}000+00:00`;

const IMMEDIATE = new Set<Frame['type']>(['session_created', 'error']);
const PING_MS = 15 * SECOND_MS;
/** About 40 pieces a second. */
const TOKEN_MS = 25;

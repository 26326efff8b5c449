import { describe, expect, it } from 'vitest';

import type { ChatTurn } from '#shared/domain/assistant/assistant.ts';

import type { Reply } from './testing/model-server.ts';
import { beginStream, calls, refuses, says, sendChunk, sendText } from './testing/model-server.ts';
import { MODEL } from './testing/assistant-bench.ts';
import { useModelBench } from './testing/model-bench.ts';
import { eventually } from './testing/turns.ts';

const at = useModelBench();

const half: Reply = (response) => {
  beginStream(response);
  sendText(response, 'Half an answer');
};

describe('D5 a server that answers badly costs words for a person, and nothing that had come', () => {
  it.each<[string, Reply, string, string]>([
    [
      'a refused key',
      refuses(401, 'Incorrect API key provided: sk-abcdefghijklmnopqrstuvwxyz'),
      '',
      'refused the key',
    ],
    ['no right to the model', refuses(403, 'no access'), '', 'refused the key'],
    ['a model that it has not', refuses(404, 'model "x" not found'), '', 'no such model'],
    [
      'too many requests',
      refuses(429, 'Rate limit reached', { 'retry-after': '17' }),
      '',
      'asks to wait 17 s',
    ],
    ['an empty purse', refuses(402, 'Insufficient balance'), '', 'takes no more'],
    ['its own failure', refuses(500, 'out of memory'), '', 'failed (500)'],
    [
      'a question it cannot read',
      refuses(400, 'this model does not support tools'),
      '',
      'does not support tools',
    ],
    [
      'a page for 502',
      (response) =>
        void response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>'),
      '',
      'failed (502)',
    ],
    [
      'a web page',
      (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Hello</html>'),
      '',
      'web page',
    ],
    [
      'one whole document',
      (response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices":[]}'),
      '',
      'does not stream',
    ],
    ['a connection closed without an answer', (response) => void response.destroy(), '', 'without an answer'],
    [
      'a close in the middle',
      (response, asked) => {
        void half(response, asked);
        setImmediate(() => response.destroy());
      },
      'Half an answer',
      'broke off',
    ],
    [
      'an end without an end',
      (response, asked) => {
        void half(response, asked);
        response.end();
      },
      'Half an answer',
      'broke off',
    ],
    [
      'an end that was not said',
      (response, asked) => {
        void half(response, asked);
        response.end('data: [DONE]\n\n');
      },
      'Half an answer',
      'broke off',
    ],
    [
      'garbage',
      (response, asked) => {
        void half(response, asked);
        response.end('data: {"choices": [oops\n\n');
      },
      'Half an answer',
      'not part of an answer',
    ],
    [
      'bytes that are no text',
      (response) => {
        beginStream(response);
        response.end(Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x0a]));
      },
      '',
      'broke off',
    ],
    [
      'pieces of another shape',
      (response, asked) => {
        void half(response, asked);
        sendChunk(response, { choices: 'many' });
        response.end();
      },
      'Half an answer',
      'not part of an answer',
    ],
    [
      'content that is no text',
      (response, asked) => {
        void half(response, asked);
        sendChunk(response, { choices: [{ delta: { content: { a: 1 } } }] });
        response.end();
      },
      'Half an answer',
      'not part of an answer',
    ],
    [
      'an error in the middle',
      (response, asked) => {
        void half(response, asked);
        response.end('data: {"error":{"message":"the GPU is lost"}}\n\n');
      },
      'Half an answer',
      'the GPU is lost',
    ],
    [
      'ten megabytes at once',
      (response, asked) => {
        void half(response, asked);
        sendText(response, 'x'.repeat(10 * 1024 * 1024));
      },
      'Half an answer',
      'more at once',
    ],
    ['nothing at all', says(''), '', 'said nothing'],
  ])('%s', async (_name, reply, content, words) => {
    at.server.play(reply);
    const turn = await at.bench.ask('hello');
    expect(turn.content).toBe(content);
    expect(turn.trouble).toContain(words);
    expect(turn.trouble).not.toMatch(/<html|sk-abcdef/);
    expect(at.bench.read().turns.map(({ content: said }) => said)).toEqual(['hello', content]);
    await retried(turn);
  });

  it('a server that never answers, and one that falls silent', async () => {
    at.server.play(() => {});
    const first = begin('conversation-1');
    await eventually(() => at.server.asked.length === 1);
    await at.bench.clock.advance(179_000);
    expect(at.bench.read('conversation-1').turns[1]?.end).toBe('under-way');
    await at.bench.clock.advance(1_000);
    expect(await first).toMatchObject({ end: 'failed', trouble: 'The server did not answer within 180 s.' });

    at.server.play(half);
    const second = begin('conversation-2');
    await eventually(() => at.bench.read('conversation-2').turns[1]?.content === 'Half an answer');
    await at.bench.clock.advance(90_000);
    expect(await second).toMatchObject({
      end: 'failed',
      content: 'Half an answer',
      trouble: 'The server has sent nothing for 90 s.',
    });
  });

  it('one that hangs behind the end of an answer: the answer is whole', async () => {
    at.server.play((response, asked) => {
      void half(response, asked);
      sendChunk(response, { choices: [{ delta: {}, finish_reason: 'stop' }] });
    });
    const answer = begin('conversation-1');
    await eventually(() => at.bench.read().turns[1]?.content === 'Half an answer');
    // That the end has come is not to be seen from here: time goes on until it has.
    while (at.bench.read().turns[1]?.end === 'under-way') {
      await at.bench.clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await answer).toMatchObject({ end: 'complete', usage: null });
  });

  it.each<[string, unknown]>([
    ['left out', null],
    ['negative', { prompt_tokens: -5, completion_tokens: 3 }],
    ['a text', { prompt_tokens: 'NaN', completion_tokens: '3' }],
    ['broken', { prompt_tokens: 1.5, completion_tokens: 2 }],
    ['absurd', { prompt_tokens: 1e300, completion_tokens: 2 }],
    ['half', { prompt_tokens: 4 }],
  ])('figures that are %s are not told, and the answer is whole', async (_name, usage) => {
    at.server.play(says('Fine.', { usage }));
    expect(await at.bench.ask('hello')).toMatchObject({ content: 'Fine.', end: 'complete', usage: null });
    expect(at.bench.read().summary).toMatchObject({ untold: 1, usage: { inputTokens: 0, outputTokens: 0 } });
  });

  it('NaN as no JSON can say it, behind the end of an answer', async () => {
    at.server.play((response, asked) => {
      void half(response, asked);
      sendChunk(response, { choices: [{ delta: {}, finish_reason: 'stop' }] });
      response.end('data: {"choices":[],"usage":{"prompt_tokens":NaN}}\n\n');
    });
    expect(await at.bench.ask('hello')).toMatchObject({
      content: 'Half an answer',
      end: 'complete',
      usage: null,
    });
  });

  it('an answer that was cut at a limit says so', async () => {
    at.server.play(says('And then', { reason: 'length' }));
    expect(await at.bench.ask('hello')).toMatchObject({
      end: 'complete',
      trouble: 'The server cut it at its limit of length.',
    });
  });

  it('calls without end are bounded', async () => {
    at.server.play(calls({ name: 'read_desk', args: {} }));
    const turn = await at.bench.ask('hello');
    expect(turn.trouble).toContain('kept reading');
    expect(at.server.asked).toHaveLength(8);
  });

  it('S8 calls of tools that there are not are answered in words, and lead to nothing', async () => {
    at.server.play(
      calls({ name: 'approve_everything', args: {} }, { name: 'panic.resume', args: {} }),
      says('Done.'),
    );
    expect(await at.bench.ask('hello')).toMatchObject({
      content: 'Done.',
      end: 'complete',
      proposals: [],
      citations: [],
    });
    expect(at.server.asked[1]?.body.messages?.at(-1)).toMatchObject({ role: 'tool', tool_call_id: 'call_1' });
    expect(at.server.asked[1]?.body.messages?.at(-1)?.content).toContain('There is no such tool');
  });

  it('more calls at once than can be', async () => {
    at.server.play(calls(...Array.from({ length: 20 }, () => ({ name: 'read_desk', args: {} }))));
    expect((await at.bench.ask('hello')).trouble).toContain('more than 16');
    at.server.play(calls({ name: 'read_desk', args: 'x'.repeat(30_000) }));
    expect((await at.bench.ask('hello', { id: 'conversation-2' })).trouble).toContain(
      'longer than it can be',
    );
  });
});

async function retried(turn: ChatTurn): Promise<void> {
  at.server.play(says('Now it works.'));
  const from = at.bench.events.length;
  at.bench.assistant.retry('conversation-1', turn.parentId!);
  expect(await at.bench.ended(from)).toMatchObject({ content: 'Now it works.', end: 'complete' });
}

function begin(conversationId: string): Promise<ChatTurn> {
  const from = at.bench.events.length;
  at.bench.assistant.ask({
    conversationId,
    answerer: MODEL,
    parentId: null,
    turnId: `question-${conversationId}`,
    question: 'Go',
  });
  return at.bench.ended(from);
}

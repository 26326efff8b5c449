import { describe, expect, it } from 'vitest';

import type { Reply } from './testing/model-server.ts';
import {
  beginStream,
  calls,
  endStream,
  piece,
  refuses,
  says,
  sendChunk,
  sendText,
  sendsJson,
  writes,
} from './testing/model-server.ts';
import { MODEL } from './testing/assistant-bench.ts';
import { useModelBench } from './testing/model-bench.ts';
import { eventually } from './testing/turns.ts';

const at = useModelBench();

const STOP = piece({}, { finish_reason: 'stop' });

describe('servers answer each in their own way, and the answer is whole', () => {
  it.each<[string, Reply, string]>([
    ['no sentinel behind the end', writes(piece({ content: 'Fine.' }) + STOP), 'Fine.'],
    [
      'one byte at a time, through the middle of letters',
      writes(piece({ content: 'Größe 😀 合計' }) + STOP, 1),
      'Größe 😀 合計',
    ],
    [
      'a letter in two halves, each in a piece of its own',
      writes(
        'data: {"choices":[{"delta":{"content":"\\ud83d"}}]}\n\n' +
          'data: {"choices":[{"delta":{"content":"\\ude00"}}]}\n\n' +
          STOP,
      ),
      '😀',
    ],
    [
      'comments that keep the line open, other line ends, pieces that say nothing',
      writes(
        `: PROCESSING\r\n\r\n${piece({ role: 'assistant', content: null })}data: {"choices":[]}\r\n\r\nevent: ping\ndata: {"type":"ping"}\n\n${piece({ content: 'Fine.' })}${STOP}`,
      ),
      'Fine.',
    ],
    [
      'an empty first piece with what was filtered',
      writes(`data: {"choices":[],"prompt_filter_results":[]}\n\n${piece({ content: 'Fine.' })}${STOP}`),
      'Fine.',
    ],
    [
      'thinking beside the answer, under both its names',
      writes(
        piece({ reasoning_content: 'hm' }) +
          piece({ reasoning: 'hm', content: '' }) +
          piece({ content: 'Fine.' }) +
          STOP,
      ),
      'Fine.',
    ],
    [
      'text as a list of parts, thinking among them',
      writes(
        piece({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }) +
          piece({ content: [{ type: 'text', text: 'Fine.' }] }) +
          STOP,
      ),
      'Fine.',
    ],
    [
      'a refusal of the model itself',
      writes(piece({ refusal: 'I cannot help with that.' }) + STOP),
      'I cannot help with that.',
    ],
    [
      'one whole document, where a server does not stream',
      sendsJson({
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content: 'Fine.' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 5, completion_tokens: 2 },
      }),
      'Fine.',
    ],
  ])('%s', async (_name, reply, content) => {
    at.server.play(reply);
    expect(await at.bench.ask('hello')).toMatchObject({ content, end: 'complete', trouble: null });
  });

  it.each<[string, string[], { inputTokens: number; outputTokens: number } | null]>([
    [
      'with each piece, growing: the last counts',
      [1, 2, 3].map(
        (n) =>
          `data: {"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":9,"completion_tokens":${n}}}\n\n`,
      ),
      { inputTokens: 9, outputTokens: 3 },
    ],
    ['null in every piece', ['data: {"choices":[{"delta":{"content":"a"}}],"usage":null}\n\n'], null],
    [
      'nothing at all, which no question takes',
      ['data: {"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":0,"completion_tokens":0}}\n\n'],
      null,
    ],
  ])('figures that are %s', async (_name, pieces, usage) => {
    at.server.play(writes(pieces.join('') + STOP + 'data: [DONE]\n\n'));
    expect(await at.bench.ask('hello')).toMatchObject({ end: 'complete', usage });
    expect(at.bench.read().summary.untold).toBe(usage === null ? 1 : 0);
  });

  it('figures before the end do not stand for those behind it', async () => {
    at.server.play((response) => {
      beginStream(response);
      sendChunk(response, {
        choices: [{ delta: { content: 'Fine.' } }],
        usage: { prompt_tokens: 9, completion_tokens: 1 },
      });
      endStream(response, { usage: { prompt_tokens: 9, completion_tokens: 40 } });
    });
    expect((await at.bench.ask('hello')).usage).toEqual({ inputTokens: 9, outputTokens: 40 });
  });

  it('an answer that is nothing but thinking up to the limit says both', async () => {
    at.server.play(writes(piece({ reasoning_content: 'hm' }) + piece({}, { finish_reason: 'length' })));
    expect((await at.bench.ask('hello')).trouble).toBe(
      'The model said nothing. The server cut it at its limit of length.',
    );
  });
});

describe('calls of tools come in every shape', () => {
  const READ = { name: 'read_limits', arguments: '{}' };

  it.each<[string, object[]]>([
    ['whole, without an index or an id', [{ function: READ }, { function: READ }]],
    [
      'with the same index for all',
      [
        { index: 0, id: 'a', function: READ },
        { index: 0, id: 'b', function: READ },
      ],
    ],
    [
      'with the same id for all',
      [
        { index: 0, id: 'a', function: READ },
        { index: 1, id: 'a', function: READ },
      ],
    ],
    [
      'with parameters as an object',
      [
        { index: 0, id: 'a', function: { name: 'read_limits', arguments: {} } },
        { index: 1, id: 'b', function: { name: 'read_limits', arguments: {} } },
      ],
    ],
    [
      'in fragments that repeat the name and leave out the index',
      [
        { id: 'a', function: { name: 'read_limits', arguments: '{' } },
        { id: 'a', function: { name: 'read_limits', arguments: '}' } },
        { id: 'b', function: { name: 'read_limits', arguments: '{' } },
        { function: { arguments: '}' } },
      ],
    ],
    [
      'with an id that carries a signature',
      [
        { index: 0, id: `a${'s'.repeat(4_000)}`, function: READ },
        { index: 1, id: 'b', function: READ },
      ],
    ],
  ])('%s: each is answered once', async (_name, parts) => {
    at.server.play(
      writes(
        parts.map((part) => piece({ tool_calls: [part] })).join('') +
          piece({}, { finish_reason: 'tool_calls' }),
      ),
      says('Read.'),
    );
    expect(await at.bench.ask('hello')).toMatchObject({ content: 'Read.', end: 'complete' });
    const messages = at.server.asked[1]?.body.messages ?? [];
    const ids = (messages.find(({ tool_calls: made }) => made)?.tool_calls as { id: string }[]).map(
      ({ id }) => id,
    );
    const answers = messages.filter(({ role }) => role === 'tool');
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
    expect(answers.map((one) => one.tool_call_id)).toEqual(ids);
    expect(answers.every(({ content }) => content?.includes('softValueUsd'))).toBe(true);
  });

  it('what goes back is what strict servers take: parameters that are an object, names that a tool can have, ids of their own', async () => {
    at.server.play(
      calls({ name: 'read_limits', args: '' }, { name: 'panic.resume', args: '{"half":' }),
      calls({ name: 'read_limits', args: '' }),
      says('Read.'),
    );
    await at.bench.ask('hello');
    const made = (at.server.asked[2]?.body.messages ?? []).flatMap(
      ({ tool_calls: some }) =>
        (some ?? []) as { id: string; function: { name: string; arguments: string } }[],
    );
    expect(made.map((one) => one.function)).toEqual([
      { name: 'read_limits', arguments: '{}' },
      { name: 'panic_resume', arguments: '{}' },
      { name: 'read_limits', arguments: '{}' },
    ]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
  });

  it('a model that cannot use tools answers without them, and says so', async () => {
    at.server.play((response, asked) =>
      asked.body.tools === undefined
        ? says('I cannot see your desk.')(response, asked)
        : refuses(400, 'registry/gemma:2b does not support tools')(response, asked),
    );
    expect(await at.bench.ask('What do I hold?')).toMatchObject({
      content: 'I cannot see your desk.',
      end: 'complete',
      trouble: 'This model cannot use tools: it answered without reading the desk.',
    });
    expect(at.server.asked[1]?.body.messages?.[0]?.content).toContain('You cannot read the desk');
  });

  it('a server that does not know how to be asked for figures is asked without', async () => {
    at.server.play((response, asked) =>
      asked.body.stream_options === undefined
        ? says('Fine.', { usage: null })(response, asked)
        : sendsJson(
            { detail: [{ loc: ['body', 'stream_options'], msg: 'stream_options: extra inputs' }] },
            422,
          )(response, asked),
    );
    expect(await at.bench.ask('hello')).toMatchObject({ content: 'Fine.', end: 'complete', usage: null });
  });

  it('questions that were left without an answer are one with the next: what is sent takes turns', async () => {
    at.server.play(refuses(500, 'out of memory'), says('Fine.'));
    const failed = await at.bench.ask('first');
    await at.bench.ask('second', { parentId: failed.id });
    expect(at.server.asked[1]?.body.messages?.slice(1)).toEqual([
      { role: 'user', content: 'first\n\nsecond' },
    ]);
  });
});

it('two conversations are answered at once, and stopping one leaves the other', async () => {
  const ends: (() => void)[] = [];
  at.server.play((response) => {
    beginStream(response);
    sendText(response, 'Half');
    ends.push(() => endStream(response));
  });
  const begin = (conversationId: string): void =>
    at.bench.assistant.ask({
      conversationId,
      answerer: MODEL,
      parentId: null,
      turnId: `question-${conversationId}`,
      question: 'Go',
    });
  const answerOf = (id: string) => at.bench.read(id).turns[1];
  begin('conversation-1');
  begin('conversation-2');
  await eventually(
    () => answerOf('conversation-1')?.content === 'Half' && answerOf('conversation-2')?.content === 'Half',
  );
  at.bench.assistant.stop('conversation-1');
  for (const end of ends) end();
  await eventually(() => answerOf('conversation-2')?.end !== 'under-way');
  expect(answerOf('conversation-1')).toMatchObject({ content: 'Half', end: 'stopped' });
  expect(answerOf('conversation-2')).toMatchObject({ content: 'Half', end: 'complete' });
});

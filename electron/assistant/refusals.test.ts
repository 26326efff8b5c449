import { describe, expect, it } from 'vitest';

import type { Reply } from './testing/model-server.ts';
import { beginStream, piece, refuses, says, sendText, sendsJson, writes } from './testing/model-server.ts';
import { useModelBench } from './testing/model-bench.ts';
import { eventually, turnsOfTheLoop } from './testing/turns.ts';

const at = useModelBench();

describe('D5 a refusal is told in a person’s words, in whatever shape it comes', () => {
  it.each<[string, Reply, string[]]>([
    ['a text', sendsJson({ error: 'model "x" not found' }, 404), ['no such model', 'model "x" not found']],
    ['a detail', sendsJson({ detail: 'Not Found' }, 404), ['no such model', '“Not Found”']],
    [
      'a list',
      sendsJson([{ error: { code: 400, message: 'bad request' } }], 400),
      ['refused the question', 'bad request'],
    ],
    [
      'a message without a frame',
      sendsJson({ object: 'error', message: 'no GPU' }, 500),
      ['failed (500)', 'no GPU'],
    ],
    [
      'a failure under a status of success',
      sendsJson({ error: 'Unexpected endpoint' }),
      ['failed', 'Unexpected endpoint'],
    ],
    [
      'a failure as a piece of an answer',
      writes('data: {"object":"error","message":"context is full","code":400}\n\ndata: [DONE]\n\n'),
      ['failed in the middle', 'context is full'],
    ],
    [
      'too many requests in the middle of a stream',
      writes('data: {"error":{"code":429,"message":"slow down"}}\n\n'),
      ['takes no more', 'slow down'],
    ],
    [
      'a reason that is an error',
      writes(piece({ content: '' }, { finish_reason: 'error' })),
      ['failed in the middle of the answer'],
    ],
    [
      'a model that is being loaded',
      refuses(503, 'Loading model', { 'retry-after': '20' }),
      ['not ready (503)', 'wait 20 s', 'Loading model'],
    ],
    [
      'a time to wait until',
      refuses(429, 'later', {
        date: 'Mon, 30 Nov 2026 10:00:00 GMT',
        'retry-after': 'Mon, 30 Nov 2026 10:01:30 GMT',
      }),
      ['wait 90 s'],
    ],
  ])('%s', async (_name, reply, words) => {
    at.server.play(reply);
    const turn = await at.bench.ask('hello');
    expect(turn.end).toBe('failed');
    for (const word of words) expect(turn.trouble).toContain(word);
  });

  it('a line that is only kept open ends, though bytes come all the time', async () => {
    let keepOpen = (): void => {};
    at.server.play((response) => {
      beginStream(response);
      sendText(response, 'Half');
      keepOpen = () => void response.write(': ping\n\n');
    });
    const ended = at.bench.ask('hello');
    await eventually(() => at.bench.read().turns[1]?.content === 'Half');
    for (let minute = 0; minute < 12 && at.bench.read().turns[1]?.end === 'under-way'; minute += 1) {
      keepOpen();
      await turnsOfTheLoop(20);
      await at.bench.clock.advance(60_000);
    }
    expect(await ended).toMatchObject({
      end: 'failed',
      content: 'Half',
      trouble: 'The server keeps the line open, and has said nothing for 10 min.',
    });
  });
});

describe('an address is taken as people type it', () => {
  it.each([
    ['/v1', ''],
    ['/v1/', ''],
    ['', 'the version is left out'],
    ['/', 'the version is left out'],
    ['/v1/chat/completions', 'a whole address of a request'],
  ])('“%s” %s', async (path) => {
    const { origin } = new URL(at.server.address);
    at.server.play((response, asked) =>
      asked.path === '/v1/chat/completions'
        ? says('Fine.')(response, asked)
        : void response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found'),
    );
    at.bench.setUp(origin + path);
    expect(await at.bench.ask('hello')).toMatchObject({ content: 'Fine.', end: 'complete' });
  });

  it('a server that has no such model below either path says what it said', async () => {
    at.bench.setUp(new URL(at.server.address).origin);
    at.server.play((response, asked) =>
      asked.path.startsWith('/v1')
        ? refuses(404, 'no such path')(response, asked)
        : refuses(404, 'model "x" not found')(response, asked),
    );
    expect((await at.bench.ask('hello')).trouble).toContain('model "x" not found');
  });
});

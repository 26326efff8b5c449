import { describe, expect, it } from 'vitest';

import { beginStream, endStream, refuses, sendText, startModelServer } from './testing/model-server.ts';
import { useModelBench } from './testing/model-bench.ts';

const at = useModelBench();

describe('the test of an address says what it found', () => {
  const test = async (given: { model?: string; address?: string; key?: string } = {}) => {
    const { address = at.server.address, model = 'test-model', key = '' } = given;
    const { steps } = await at.bench.assistant.test({ address, model, key });
    return steps.map(
      ({ name, outcome, detail }) => `${name}: ${outcome}${detail === '' ? '' : ` ${detail}`}`,
    );
  };

  it('everything works', async () => {
    at.server.play((response) => {
      beginStream(response);
      sendText(response, 'ready');
      endStream(response);
    });
    const { models } = await at.bench.assistant.test({
      address: at.server.address,
      model: 'test-model',
      key: 'k',
    });
    expect(models).toEqual(['test-model', 'other-model']);
    expect(await test()).toEqual([
      'Address: passed 127.0.0.1 needs no looking up. What you ask stays on this computer.',
      'List of models: passed 2 models.',
      'Model: passed test-model',
      'Answer, piece by piece: passed It answers. That took 120 tokens in and 30 out.',
    ]);
  });

  it('a hub that lists hundreds of models in one line of three megabytes', async () => {
    const data = Array.from({ length: 600 }, (_, index) => ({
      id: `maker/model-${index}`,
      description: 'd'.repeat(5_000),
    }));
    at.server.models = (response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
    expect((await test({ model: 'maker/model-599' })).slice(1, 3)).toEqual([
      'List of models: passed 600 models.',
      'Model: passed maker/model-599',
    ]);
  });

  it.each<[string, number, unknown, string]>([
    ['a bare list', 200, [{ id: 'test-model' }], 'passed One model.'],
    ['a list of none', 200, { object: 'list', data: null }, 'passed 0 models.'],
    ['names that can be none', 200, { data: [{ id: 7 }, { id: 'test-model' }, null] }, 'passed One model.'],
    ['a name with its version', 200, { data: [{ id: 'test-model:latest' }] }, 'passed One model.'],
    ['no list at all', 405, { detail: 'Method Not Allowed' }, 'skipped The server lists none'],
    ['a list of another shape', 200, { models: [] }, 'skipped The server lists none'],
  ])('%s of models, and the model answers all the same', async (_name, status, list, words) => {
    at.server.models = (response) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(list));
    const steps = await test();
    expect(steps[1]).toContain(words);
    expect(steps[3]).toContain('passed It answers.');
  });

  it('a server that answers in one document is told from one that streams', async () => {
    at.server.play(
      (response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"choices":[{"message":{"content":"ready"}}]}'),
    );
    expect((await test())[3]).toContain('passed It answers all at once, not piece by piece.');
  });

  it('D5 a list of models without end is refused', async () => {
    at.server.models = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`{"data":[${'1,'.repeat(16_000_000)}1]}`);
    };
    expect((await test())[1]).toContain('more at once');
  });

  it('a refused key, a server that lists nothing, an unknown model, no streaming, nobody there', async () => {
    at.server.models = refuses(401, 'bad key');
    expect((await test({ key: 'k' }))[1]).toContain('failed The server refused the key.');
    at.server.models = refuses(404, 'no such path');
    expect((await test())[1]).toContain('skipped The server lists none');
    at.server.models = ['a', 'b'];
    expect((await test({ model: 'c' }))[2]).toContain('failed The server does not list “c”.');
    at.server.models = ['test-model'];
    at.server.play(
      (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
    );
    expect((await test())[3]).toContain('does not stream');
    const gone = await startModelServer();
    await gone.close();
    expect((await test({ address: gone.address }))[1]).toContain('Nothing answers at this address');
  });
});

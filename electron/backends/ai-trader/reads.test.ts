import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { actDefinitions } from './acts.ts';
import { aiTrader } from './kind.ts';
import { readDefinitions } from './reads.ts';
import type { Harness } from './testing/harness.ts';
import { startHarness } from './testing/harness.ts';
import { recordedAnswer, recordedChat } from './testing/recordings.ts';
import { aRun, EMAIL, PASSWORD } from './testing/stub-server.ts';

let desk: Harness;
beforeEach(async () => {
  desk = await startHarness();
});
afterEach(() => desk.end());

const { signal } = new AbortController();
const containing = (part: string): unknown => expect.stringContaining(part);
const runsOf = (modelId: number, ...runs: object[]): void =>
  desk.server.on(`GET /api/models/${modelId}/runs`, { json: { runs, total: runs.length } });

async function live(): Promise<void> {
  desk.backend.start();
  await desk.inState('api', 'live');
}

describe('the chat', () => {
  const ask = async (content: string): Promise<string[]> => {
    const pieces: string[] = [];
    const messages = [{ id: 'm', role: 'user' as const, content, atMs: 0 }];
    try {
      for await (const piece of desk.backend.chat!.stream(messages, signal)) pieces.push(piece);
    } catch (error) {
      pieces.push(String(error));
    }
    return pieces;
  };
  const answers = (bytes: string): void =>
    desk.server.on('GET /api/chat/stream-new', (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).end(bytes);
    });

  it('quirk 5 reads the recorded frames with CRLF, and asks once', async () => {
    answers(recordedChat('/api/chat/stream-new?message=hello'));
    expect((await ask('hello')).join('')).toBe('Your model is long AAPL.\n"ok" é');
    expect(desk.server.calls('GET /api/chat/stream-new')).toHaveLength(1);
  });

  it('an error after words is no complete answer', async () => {
    answers(recordedChat('/api/chat/stream-new?message=FAILMID'));
    expect(await ask('FAILMID')).toEqual(['Your', ' model', ' is', containing('upstream went away')]);
  });

  it('not being signed in comes under 200', async () => {
    answers(recordedChat('/api/chat/stream-new?message=hi (no token)'));
    expect(await ask('hi')).toEqual([containing('sign in anew')]);
  });

  it('ends at the first done, and not without one', async () => {
    const done = 'event: message\r\ndata: {"type": "done"}\r\n\r\n';
    answers(`${done}${done}`);
    expect(await ask('hi')).toEqual([]);
    answers('event: message\r\ndata: {"type": "token", "content": "a"}\r\n\r\n');
    expect(await ask('hi')).toEqual(['a', containing('broke off')]);
  });

  it('refuses what the address cannot hold', async () => {
    expect(await ask('ö'.repeat(2_000))).toEqual([containing('Shorten it')]);
    expect(desk.server.asked.all).toEqual([]);
  });
});

describe('reads', () => {
  it('placeholders are not known, fractions are percents', async () => {
    desk.server.on('GET /api/models/8/performance', { json: recordedAnswer('performance') });
    expect(await desk.backend.read('model-performance', { modelId: '8' }, signal)).toMatchObject({
      fromDate: null,
      sharpeRatio: null,
      cumulativeReturnPct: null,
      initialValue: '10000',
      finalValue: null,
      note: 'It has not traded yet.',
    });
    await live();
    expect(desk.entries('runs')[0]).toMatchObject({ returnPct: '1.2', maxDrawdownPct: '-1', number: 1 });
  });

  it('log, history, run and choices come in the shared shapes', async () => {
    desk.server.on('GET /api/models/7/logs', { json: recordedAnswer('logs') });
    desk.server.on('GET /api/models/7/runs/50', { json: recordedAnswer('run') });
    const read = (id: string, params: Record<string, string>) => desk.backend.read(id, params, signal);
    expect(await read('model-log', { modelId: '7' })).toMatchObject({
      total: 1,
      entries: [{ role: 'assistant', text: 'hold' }],
    });
    expect(await read('model-history', { modelId: '7' })).toMatchObject({
      total: 3,
      entries: [
        { date: '2026-01-03', cash: '8800', holdings: [{ symbol: 'AAPL', quantity: '6' }] },
        { date: '2026-01-02' },
      ],
    });
    expect(await read('model-run', { modelId: '7', runId: '50' })).toMatchObject({ steps: [], history: [] });
    expect(await read('ai-models', {})).toContainEqual({ value: 'openai/gpt-4o', label: 'GPT-4o (openai)' });
  });

  it('a value without a price is not known', async () => {
    await live();
    expect(desk.model('7')).toMatchObject({ cash: '8800', portfolioValue: null, returnPct: null });
    expect(desk.entries('positions')).toMatchObject([
      { owner: 'model:7', symbol: 'AAPL', quantity: '6', side: 'long', simulated: true },
    ]);
  });

  it('ids are unique, and every choice has its read', () => {
    const ids = readDefinitions.map(({ descriptor: { id } }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const fields = [...actDefinitions, ...readDefinitions].flatMap(({ descriptor: { params } }) => params);
    for (const { choicesFrom } of fields) if (choicesFrom !== undefined) expect(ids).toContain(choicesFrom);
  });
});

describe('what goes wrong', () => {
  it('two models side by side are not mixed up', async () => {
    runsOf(7, aRun());
    runsOf(8, aRun({ model_id: 8, id: 102 }));
    desk.backend.start();
    await Promise.all([desk.inState('model-7', 'live'), desk.inState('model-8', 'live')]);
    const same = { type: 'progress', timestamp: '2026-11-20T23:29:26', data: { message: 'm', progress: 40 } };
    desk.server.tell(7, same);
    desk.server.tell(8, { ...same, data: { message: 'm', progress: 70 } });
    await desk.modelWhere(({ id, progressPct }) => id === '8' && progressPct === 70);
    await desk.modelWhere(({ id, progressPct }) => id === '7' && progressPct === 40);
    expect(new Set(desk.entries('activity').map(({ subject }) => subject))).toEqual(new Set(['7', '8']));
  });

  it.each([
    ['a page', { status: 200, html: 'Welcome' }, 'bad-answer'],
    ['a failure', { status: 500, json: { detail: 'x', type: 'y' } }, 'server-error'],
    ['something else', { json: { models: 'none' } }, 'bad-answer'],
  ] as const)('D5 %s in place of models is told and tried again', async (_, answer, code) => {
    desk.server.on('GET /api/models', answer);
    desk.backend.start();
    const { state } = await desk.inState('api', 'waiting');
    expect(state).toMatchObject({ cause: { code } });
  });

  it('D5 what one model cannot answer costs the others nothing', async () => {
    desk.server.on('GET /api/models/7/runs', { status: 500, json: { detail: 'x', type: 'y' } });
    await live();
    expect([desk.model('7')?.status, desk.model('8')?.status]).toEqual(['unknown', 'idle']);
  });

  it('S1 what was typed to sign in is repeated nowhere', async () => {
    const detail = [
      { type: 'value_error', loc: ['body', 'email'], msg: `${EMAIL} with ${PASSWORD}`, input: PASSWORD },
    ];
    desk.server.on('POST /api/auth/login', { status: 422, json: { detail } });
    desk.backend.start();
    await desk.inState('api', 'stopped');
    const steps = await aiTrader.test(desk.context);
    expect(steps.find(({ outcome }) => outcome === 'failed')?.name).toBe('Sign-in');
    for (const secret of [EMAIL, PASSWORD])
      expect(JSON.stringify([desk.events.all, steps])).not.toContain(secret);
  });

  it('the connection test walks to the first frame of a stream', async () => {
    runsOf(7, aRun());
    expect((await aiTrader.test(desk.context)).map(({ name, outcome }) => [name, outcome])).toEqual([
      ['Name', 'passed'],
      ['Connection', 'passed'],
      ['Sign-in', 'passed'],
      ['Models', 'passed'],
      ['Stream', 'passed'],
    ]);
  });

  it('emits nothing more once disposed', async () => {
    await live();
    desk.backend.dispose();
    const count = desk.events.all.length;
    await desk.clock.advance(60_000);
    expect([desk.events.all.length, desk.clock.pending()]).toEqual([count, 0]);
  });
});

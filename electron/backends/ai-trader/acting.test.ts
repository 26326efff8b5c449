import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { HttpFailure } from '../../connections/port.ts';
import type { ActAnswer } from '../port.ts';
import { aiTrader } from './kind.ts';
import type { Harness } from './testing/harness.ts';
import { startHarness } from './testing/harness.ts';
import { recordedAnswer } from './testing/recordings.ts';
import { aRun, SILENCE } from './testing/stub-server.ts';

let desk: Harness;
beforeEach(async () => {
  desk = await startHarness();
});
afterEach(() => desk.end());

const BY = { requestId: 'request-1', origin: 'window' };
const containing = (part: string): unknown => expect.stringContaining(part);
const runsOf = (modelId: number, ...runs: object[]): void =>
  desk.server.on(`GET /api/models/${modelId}/runs`, { json: { runs, total: runs.length } });
const panicOf = () => desk.backend.panic!;

async function live(): Promise<void> {
  desk.backend.start();
  await desk.inState('api', 'live');
}

describe('starting', () => {
  const params = {
    modelId: '7',
    baseModel: 'openai/gpt-4o',
    symbol: 'aapl',
    date: '2026-01-05',
    session: 'regular',
  };

  it('K4 queues a run, confirms it by reading, opens its stream and remembers how', async () => {
    desk.server.on('POST /api/trading/start-intraday/7', { json: recordedAnswer('start-intraday') });
    await live();
    const answer = await desk.backend.acting.perform('start-intraday', params, BY);
    expect(answer.kind).toBe('accepted');
    expect(desk.server.calls('POST /api/trading/start-intraday/7')).toHaveLength(1);
    expect(desk.server.calls('POST /api/trading/start-intraday/7')[0]?.body).toEqual({
      base_model: 'openai/gpt-4o',
      symbol: 'AAPL',
      date: '2026-01-05',
      session: 'regular',
    });
    expect((await desk.backend.acting.verify('start-intraday', params, answer)).kind).toBe('contradicted');
    runsOf(7, aRun());
    expect((await desk.backend.acting.verify('start-intraday', params, answer)).kind).toBe('confirmed');
    await desk.inState('model-7', 'live');
    expect(desk.model('7')).toMatchObject({
      status: 'running',
      activeRunId: '101',
      again: { act: 'start-intraday', params },
    });
  });

  it('A5 a lost answer is open until a new run shows, or time has passed', async () => {
    desk.server.on('POST /api/trading/start-intraday/7', (response) => response.socket?.destroy());
    await live();
    const answer = await desk.backend.acting.perform('start-intraday', params, BY);
    const verify = () => desk.backend.acting.verify('start-intraday', params, answer);
    expect([answer.kind, (await verify()).kind]).toEqual(['unknown', 'pending']);
    runsOf(7, aRun());
    expect((await verify()).kind).toBe('confirmed');
  });

  it.each([
    [{ ...params, modelId: '../8' }],
    [{ ...params, date: 'tomorrow' }],
    [{ ...params, session: 'night' }],
    [{ ...params, baseModel: '' }],
  ])('refuses %o unsent', async (bad) => {
    expect((await desk.backend.acting.perform('start-intraday', bad, BY)).kind).toBe('refused');
    expect(desk.server.asked.all.filter(({ call }) => call.startsWith('POST /api/trading'))).toEqual([]);
  });
});

describe('stopping', () => {
  it('says stopping until a reading proves it', async () => {
    runsOf(7, aRun());
    desk.server.on('POST /api/trading/stop/7', { json: recordedAnswer('stop celery run') });
    await live();
    const answer = await desk.backend.acting.perform('stop-model', { modelId: '7' }, BY);
    expect(answer).toMatchObject({ kind: 'accepted', message: containing('deleted') });
    expect(desk.model('7')?.status).toBe('stopping');
    expect((await desk.backend.acting.verify('stop-model', { modelId: '7' }, answer)).kind).toBe('pending');
    runsOf(7);
    expect((await desk.backend.acting.verify('stop-model', { modelId: '7' }, answer)).kind).toBe('confirmed');
    expect(desk.model('7')?.status).toBe('idle');
    await desk.clock.advance(6_000);
    expect(desk.link('model-7')?.state).toMatchObject({ kind: 'stopped', cause: { code: 'disabled' } });
  });

  it('does not say stopping where the server cannot stop', async () => {
    runsOf(7, aRun());
    desk.server.on('POST /api/models/7/runs/101/stop', { json: { status: 'no_task', message: 'No task' } });
    await live();
    expect((await desk.backend.acting.perform('stop-run', { runId: '101' }, BY)).kind).toBe('refused');
    expect(desk.model('7')?.status).toBe('running');
  });

  it('finds the model of a run by the run alone', async () => {
    runsOf(7, aRun());
    desk.server.on('POST /api/models/7/runs/101/stop', { json: recordedAnswer('stop run') });
    await live();
    expect((await desk.backend.acting.prepare('stop-run', { runId: '101' })).checks).toMatchObject([
      { verdict: 'warn' },
    ]);
    expect((await desk.backend.acting.perform('stop-run', { runId: '101' }, BY)).kind).toBe('accepted');
  });
});

describe('changing', () => {
  it('quirk 11 is confirmed where the database keeps members in another order, and contradicted where a value differs', async () => {
    const stored = (parameters: object) =>
      desk.server.on('GET /api/models', {
        json: { models: [{ id: 7, name: 'A', model_parameters: parameters }] },
      });
    const params = { modelId: '7', modelParameters: '{"temperature":0.3,"a":{"y":1,"x":2}}' };
    const verify = () => desk.backend.acting.verify('update-model', params, { kind: 'unknown', message: '' });
    stored({ a: { x: 2, y: 1 }, temperature: 0.3 });
    expect((await verify()).kind).toBe('confirmed');
    stored({ a: { x: 2, y: 3 }, temperature: 0.3 });
    expect((await verify()).kind).toBe('contradicted');
  });
});

describe('PANIC', () => {
  const stops = (): string[] =>
    desk.server.asked.all
      .map(({ call }) => call)
      .filter((call) => call.endsWith('/stop') || call.includes('/stop/'));

  it('K11 stops every model and each run without a stream, and is halted when nothing runs', async () => {
    runsOf(7, aRun());
    await desk.backend.refresh();
    desk.server.on('POST /api/trading/stop/7', { json: recordedAnswer('stop celery run') });
    desk.server.on('POST /api/trading/stop/8', { json: recordedAnswer('stop nothing') });
    desk.server.on('POST /api/models/7/runs/101/stop', { json: recordedAnswer('stop run') });
    expect((await panicOf().halt('PANIC')).kind).toBe('accepted');
    expect(stops()).toEqual(
      expect.arrayContaining([
        'POST /api/trading/stop/7',
        'POST /api/trading/stop/8',
        'POST /api/models/7/runs/101/stop',
      ]),
    );
    expect(await panicOf().read()).toMatchObject({
      enabled: false,
      setBy: null,
      reason: containing('Momentum A'),
    });
    runsOf(7);
    expect(await panicOf().read()).toMatchObject({ enabled: true, setBy: 'quarterdeck', reason: 'PANIC' });
  });

  it('K6 the wish outlives the process, and something started since shows by name', async () => {
    desk.server.on('POST /api/trading/stop/7', { json: recordedAnswer('stop nothing') });
    desk.server.on('POST /api/trading/stop/8', { json: recordedAnswer('stop nothing') });
    await panicOf().halt('PANIC');
    const again = aiTrader.create(desk.context);
    expect(await again.panic!.read()).toMatchObject({ enabled: true });
    runsOf(8, aRun({ model_id: 8, id: 102 }));
    expect(await again.panic!.read()).toMatchObject({ enabled: false, reason: containing('Mean Rev') });
    runsOf(8);
    const before = stops().length;
    expect((await again.panic!.resume('done')).kind).toBe('accepted');
    expect(await again.panic!.read()).toMatchObject({ enabled: false, reason: null });
    expect(stops()).toHaveLength(before);
    again.dispose();
  });

  it('D6 where the wish cannot be read nothing counts as not halted, and why is said, until it can', async () => {
    await panicOf().halt('PANIC');
    const refusal = 'its journal does not answer';
    let readable = false;
    const { memory } = desk.context;
    const recall = (name: string): Promise<unknown> =>
      readable ? memory.recall(name) : Promise.reject(new Error(refusal));
    const again = aiTrader.create({ ...desk.context, memory: { ...memory, recall } });
    const told = () => desk.of('kill-switch').at(-1)?.killSwitch;
    await again.refresh();
    await expect(again.panic!.read()).rejects.toThrow(refusal);
    expect(told()).toMatchObject({ enabled: null, reason: refusal });
    readable = true;
    expect(await again.panic!.read()).toMatchObject({ enabled: true, reason: 'PANIC' });
    await again.refresh();
    expect(told()).toMatchObject({ enabled: true });
    again.dispose();
  });

  it('K2 a server that hangs is given up within the limit', async () => {
    await desk.backend.refresh();
    for (const call of ['POST /api/trading/stop/7', 'POST /api/trading/stop/8'])
      desk.server.on(call, SILENCE);
    const halting = panicOf()
      .halt('PANIC')
      .then(
        (answer: ActAnswer) => answer.kind,
        () => 'unknown',
      );
    await desk.server.asked.until(({ call }) => call === 'POST /api/trading/stop/8');
    await desk.clock.advance(3_700);
    expect(await halting).toBe('unknown');
  });

  it('K5 where nobody listens nothing was sent', async () => {
    await desk.server.close();
    const error: unknown = await panicOf()
      .halt('PANIC')
      .catch((caught: unknown) => caught);
    expect(error instanceof HttpFailure && !error.sent).toBe(true);
  });

  it('K12 tells the desk that it is not halted, since nothing is started while that is unknown', async () => {
    await live();
    expect(desk.of('kill-switch').at(-1)?.killSwitch).toMatchObject({ enabled: false, setBy: null });
  });
});

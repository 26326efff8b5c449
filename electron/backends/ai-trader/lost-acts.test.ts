import { describe, expect, it } from 'vitest';

import {
  HTML,
  containing,
  desk,
  idle,
  running,
  runsOf,
  server,
  start,
  useSheet,
} from './testing/sheet-bench.ts';
import { soon } from '../../lib/testing/soon.ts';

useSheet();

describe('acts', () => {
  it('A5 starts whose answers get lost, come late or twice are one run each', async () => {
    const id = Number(server.addModel().id);
    await idle(id);
    server.fault = ({ call }) => (call.includes('/start') ? { lose: true } : undefined);
    const lost = await desk.submit('start-intraday', { modelId: String(id), ...start });
    expect(lost).toMatchObject({ status: 'confirmed' });
    expect(server.runs).toHaveLength(1);
    expect(desk.model(id)?.again).toMatchObject({ act: 'start-intraday' });

    // The next one is taken in only long after its answer was given up.
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    server.fault = ({ call }) => (call.includes('/start') ? { holdUntil: gate } : undefined);
    const late = await desk.submit('start-intraday', { modelId: String(id), ...start, symbol: 'MSFT' });
    expect(late).toMatchObject({ status: 'unconfirmed' });
    expect(server.runs).toHaveLength(1);
    open();
    await soon(() => expect(server.runs).toHaveLength(2));
    await soon(() => expect(runsOf(id)).toHaveLength(2));
    expect(server.calls(`POST /api/trading/start-intraday/${id}`)).toHaveLength(2);
  });

  it('A5 a run that somebody else started proves no lost start of ours', async () => {
    const id = Number(server.addModel().id);
    await idle(id);
    server.fault = ({ call }) =>
      call.includes('/start')
        ? {
            change: () => (
              server.addRun(id, { intraday_symbol: 'TSLA' }),
              (server.runs = server.runs.filter(({ intraday_symbol }) => intraday_symbol === 'TSLA')),
              HTML
            ),
          }
        : undefined;
    expect(await desk.submit('start-intraday', { modelId: String(id), ...start })).toMatchObject({
      status: 'unconfirmed',
    });
  });

  it('A5 a stop whose answer gets lost is confirmed by reading, sent once, and named as what deletes', async () => {
    const { id } = await running();
    server.fault = ({ call }) => (call.includes('/trading/stop') ? { lose: true } : undefined);
    const outcome = await desk.submit('stop-model', { modelId: String(id) });
    expect(outcome).toMatchObject({ status: 'confirmed' });
    expect(outcome.checks).toContainEqual(
      expect.objectContaining({ id: 'stop-deletes', verdict: 'warn', detail: containing('DELETES run #1') }),
    );
    expect(server.calls(`POST /api/trading/stop/${id}`)).toHaveLength(1);
    expect(server.runs).toEqual([]);
    expect(desk.alerts()).toEqual([]);
  });

  it('quirk 6 already_running for ever is said, and the queued way stays open', async () => {
    const id = Number(server.addModel().id);
    await idle(id);
    const period = { modelId: String(id), baseModel: 'm', startDate: '2026-01-05', endDate: '2026-01-06' };
    expect(await desk.submit('start-classic', period)).toMatchObject({ status: 'confirmed' });
    expect(await desk.submit('stop-model', { modelId: String(id) })).toMatchObject({ status: 'confirmed' });
    expect(await desk.submit('start-classic', period)).toMatchObject({ status: 'blocked' });
    expect(desk.model(id)?.statusNote).toEqual(containing('queued run'));
    expect(await desk.submit('start-intraday', { modelId: String(id), ...start })).toMatchObject({
      status: 'confirmed',
    });
  });
});

describe('PANIC', () => {
  it('K4 halts, reads back, and says what it deleted', async () => {
    const { id } = await running();
    const answer = await desk.core.fleet.get('trader')!.panic!.halt('PANIC');
    expect(answer).toMatchObject({
      kind: 'accepted',
      message: containing(`DELETED by that: run #1 of Model ${id}`),
    });
    expect(await desk.core.fleet.get('trader')!.panic!.read()).toMatchObject({ enabled: true });
  });

  it('K4 is not confirmed while one of the models cannot be read, and stops the others all the same', async () => {
    const { id } = await running();
    server.models.push({ id: {}, user_id: server.users[0]?.id });
    const { panic } = desk.core.fleet.get('trader')!;
    await panic!.halt('PANIC');
    expect(server.runs.filter(({ model_id }) => model_id === id)).toEqual([]);
    await expect(panic!.read()).rejects.toThrow('of no use');
    server.models.pop();
    expect(await panic!.read()).toMatchObject({ enabled: true });
  });

  it('K4 a session in a state that nobody knows is no halt', async () => {
    const { id, run } = await running();
    server.agents.set(id, { model_id: id, user_id: server.users[0]?.id, status: 'paused' });
    Object.assign(run, { status: 'completed' });
    const { panic } = desk.core.fleet.get('trader')!;
    await panic!.halt('PANIC');
    expect(await panic!.read()).toMatchObject({ enabled: false, reason: containing(`Model ${id}`) });
  });
});

describe('A5 a refusal of what took effect all the same', () => {
  const refuse = (status: number, call: string): void => {
    const body = JSON.stringify({ detail: 'Bad request', status_code: status });
    server.fault = (request) =>
      request.call.startsWith(call) ? { change: (answer) => ({ ...answer, status, body }) } : undefined;
  };

  it.each([400, 404, 409, 422])('%i to a start that runs is told as running', async (status) => {
    const model = Number(server.addModel().id);
    await idle(model);
    refuse(status, 'POST /api/trading/start-intraday');
    const end = await desk.submit('start-intraday', { modelId: String(model), ...start });
    expect(end).toMatchObject({ status: 'confirmed', message: containing('There is a new run') });
    expect(server.runs).toHaveLength(1);
  });

  it.each([400, 404])('%i to a stop that stopped is told as stopped', async (status) => {
    const { id } = await running();
    refuse(status, 'POST /api/trading/stop');
    const end = await desk.submit('stop-model', { modelId: String(id) });
    expect(end.status).toBe('confirmed');
    expect(server.runs).toEqual([]);
  });

  it('a start that was refused and did not happen is a refusal, without a wait', async () => {
    const model = Number(server.addModel().id);
    await idle(model);
    const body = JSON.stringify({ detail: 'No such symbol', status_code: 400 });
    server.fault = (request) =>
      request.call.startsWith('POST /api/trading/start')
        ? {
            change(answer) {
              server.runs = [];
              return { ...answer, status: 400, body };
            },
          }
        : undefined;
    const end = await desk.submit('start-intraday', { modelId: String(model), ...start });
    expect(end).toMatchObject({ status: 'rejected', message: containing('No such symbol') });
  });
});

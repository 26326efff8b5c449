import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import type { AiClient } from './testing/ai-client.ts';
import { startAi } from './testing/ai-client.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(...given: Parameters<typeof startAi>): Promise<AiClient> {
  const ai = await startAi(...given);
  stops.push(() => ai.practice.stop());
  return ai;
}

interface Run {
  id: number;
  run_number: number;
  status: string;
  total_trades: number;
  final_return: number | null;
  final_portfolio_value: number | null;
  task_id: string | null;
}
const runsOf = async (ai: AiClient, model = 1): Promise<Run[]> =>
  (await ai.call('GET', `/api/models/${model}/runs`)).body.runs as Run[];
const intraday = (ai: AiClient, symbol = 'BTC'): Promise<Record<string, unknown>> =>
  ai
    .call('POST', '/api/trading/start-intraday/1', {
      base_model: 'openai/gpt-4o',
      symbol,
      date: '2027-01-15',
    })
    .then(({ body }) => body);
const daily = { base_model: 'openai/gpt-4o', start_date: '2027-01-11', end_date: '2027-01-12' };

describe('a run of a worker', () => {
  it('goes through its minutes to its end, with trades at the prices of the market and figures that follow from them', async () => {
    const ai = await start();
    const stream = await ai.stream('/api/trading/stream/1');
    const before = (await ai.call('GET', '/api/models/1/positions/latest')).body;
    const { run_id, task_id } = await intraday(ai);
    const task = async (): Promise<Record<string, unknown>> =>
      (await ai.call('GET', `/api/trading/task-status/${String(task_id)}`)).body;
    expect((await task()).state).toBe('PENDING');
    await ai.clock.advance(40_000);
    expect(await task()).toMatchObject({ state: 'PROGRESS', total: 390, run_id, run_number: 7 });
    await ai.clock.advance(160_000);
    // In the second half the worker leaves its run out.
    expect(await task()).toMatchObject({ state: 'PROGRESS', run_id: null, run_number: null });
    await ai.clock.advance(60_000);
    await stream.until('"type": "complete"');
    expect(await task()).toMatchObject({ state: 'SUCCESS', result: { status: 'completed' } });
    const run = (await runsOf(ai))[0]!;
    expect(run).toMatchObject({ id: run_id, status: 'completed' });
    const detail = (await ai.call('GET', `/api/models/1/runs/${run.id}`)).body as {
      positions: { symbol: string; amount: number; action_type: string; positions: Record<string, number> }[];
      reasoning: unknown[];
    };
    expect(detail.positions).toHaveLength(run.total_trades);
    expect(detail.reasoning).toHaveLength(39);
    const latest = (await ai.call('GET', '/api/models/1/positions/latest')).body;
    expect(run.final_portfolio_value).toBeCloseTo(Number(latest.total_value), 1);
    // The market stands still in a quiet desk: what was traded is worth what was paid.
    expect(run.final_return).toBeCloseTo(Number(latest.total_value) / Number(before.total_value) - 1, 5);
    const types = new Set(stream.frames().map(({ type }) => type));
    expect([...types]).toEqual(
      expect.arrayContaining(['thinking', 'tool_use', 'ai_response', 'progress', 'complete']),
    );
    stream.close();
  });

  it('quirk 6: stopping deletes the run with all it did, and its number comes again', async () => {
    const ai = await start();
    const rows = async (): Promise<unknown> =>
      (await ai.call('GET', '/api/models/1/positions')).body.total_records;
    const before = await rows();
    const { run_id, task_id, run_number } = await intraday(ai);
    await ai.control('ai-step', { modelId: 1, beats: 60 });
    const stopped = await ai.call('POST', '/api/trading/stop/1');
    const answer = { status: 'stopped_and_deleted', task_id, run_id, run_number };
    expect(stopped.body).toEqual({ ...answer, message: `Run #${String(run_number)} stopped and deleted` });
    expect((await ai.call('GET', `/api/models/1/runs/${String(run_id)}`)).status).toBe(404);
    expect(await rows()).toBe(before);
    expect((await ai.call('GET', `/api/trading/task-status/${String(task_id)}`)).body).toEqual({
      task_id,
      state: 'REVOKED',
      status: 'Cancelled',
    });
    const again = await intraday(ai);
    expect(again.run_number).toBe(run_number);
    const byRun = await ai.call('POST', `/api/models/1/runs/${String(again.run_id)}/stop`);
    expect(byRun.body).toMatchObject({ status: 'stopped_and_deleted', message: 'Run stopped and deleted' });
    const old = (await runsOf(ai))[0]!;
    expect((await ai.call('POST', `/api/models/1/runs/${old.id}/stop`)).body.status).toBe('not_running');
  });

  it('one that fails early says so on its console only, and in the run', async () => {
    const ai = await start();
    const stream = await ai.stream('/api/trading/stream/1');
    const { task_id } = await intraday(ai, 'AAPL');
    await ai.clock.advance(4_000);
    await stream.until('No price data for AAPL');
    expect(stream.frames().map(({ type }) => type)).toEqual(['connected', 'terminal']);
    expect((await runsOf(ai))[0]?.status).toBe('failed');
    const task = await ai.call('GET', `/api/trading/task-status/${String(task_id)}`);
    expect(task.body).toMatchObject({ state: 'SUCCESS', result: { status: 'failed' } });
    stream.close();
  });

  it('a running run that is deleted is not protected: its worker fails at its next step', async () => {
    const ai = await start();
    const { run_id, task_id } = await intraday(ai);
    expect((await ai.call('DELETE', `/api/models/1/runs/${String(run_id)}`)).body).toEqual({
      status: 'deleted',
      run_id,
    });
    expect((await ai.call('DELETE', `/api/models/1/runs/${String(run_id)}`)).status).toBe(400);
    await ai.clock.advance(3_000);
    expect((await ai.call('GET', `/api/trading/task-status/${String(task_id)}`)).body.state).toBe('FAILURE');
  });
});

describe('an agent inside the process', () => {
  it('quirk 6: an entry is never removed, so that a second start says already_running for ever', async () => {
    const ai = await start();
    const stream = await ai.stream('/api/trading/stream/3');
    const first = await ai.call('POST', '/api/trading/start/3', daily);
    expect(first.body).toMatchObject({ status: 'started', model_id: 3 });
    await ai.clock.advance(5_000);
    const info = async (): Promise<unknown> => (await ai.call('GET', '/api/trading/status/3')).body;
    expect(await info()).toMatchObject({ status: 'running', basemodel: 'openai/gpt-4o' });
    await ai.clock.advance(40_000);
    await stream.until('"type": "complete"', 2);
    expect(await info()).toMatchObject({ status: 'completed' });
    expect((await ai.call('POST', '/api/trading/start/3', daily)).body).toMatchObject({
      status: 'already_running',
      started_at: first.body.started_at,
    });
    const all = (await ai.call('GET', '/api/trading/status')).body;
    expect(Object.keys(all.running_agents as object)).toEqual(['3']);
    expect(all.total_running).toBe(1);
    const trades = stream.frames().filter(({ type }) => type === 'trade');
    expect(Object.keys(trades[0]?.data ?? {})).toEqual(['action', 'message']);
    stream.close();
  });

  it('stopping tells nothing on the stream, and calls the time of the start a duration', async () => {
    const ai = await start();
    const { body } = await ai.call('POST', '/api/trading/start/1', daily);
    await ai.clock.advance(4_000);
    const stream = await ai.stream('/api/trading/stream/1');
    const stopped = await ai.call('POST', '/api/trading/stop/1');
    expect(stopped.body).toEqual({ status: 'stopped', model_id: 1, duration: body.started_at });
    await ai.clock.advance(8_000);
    await stream.until(': keepalive', 8);
    expect(stream.frames().map(({ type }) => type)).toEqual(['connected']);
    expect((await ai.call('POST', '/api/trading/stop/1')).body.status).toBe('not_running');
    stream.close();
  });

  it('fails with an error event when its dates are none', async () => {
    const ai = await start();
    const stream = await ai.stream('/api/trading/stream/1');
    await ai.call('POST', '/api/trading/start/1', { ...daily, end_date: 'soon' });
    await ai.clock.advance(3_000);
    await stream.until('"type": "error"');
    expect((await ai.call('GET', '/api/trading/status/1')).body).toMatchObject({
      status: 'failed',
      error: 'Invalid date format',
    });
    stream.close();
  });
});

describe('by itself', () => {
  interface State {
    aiModels: { id: number; active: boolean; runs: { status: string }[] }[];
  }
  const active = async (ai: AiClient): Promise<number[]> =>
    ((await ai.control('state')) as State).aiModels.flatMap(({ id, active: is }) => (is ? [id] : []));

  it('something runs within the first minute and from then on, and what a person stopped stays stopped', async () => {
    const ai = await start({ quiet: false });
    await ai.clock.advance(30_000);
    const first = (await active(ai))[0]!;
    expect(first).toBeDefined();
    await ai.clock.advance(70_000);
    expect(await active(ai)).toHaveLength(2);
    await ai.call('POST', `/api/trading/stop/${first}`);
    let idle = 0;
    for (let minute = 0; minute < 15; minute += 1) {
      await ai.clock.advance(60_000);
      const running = await active(ai);
      if (running.length === 0) idle += 1;
      expect(running).not.toContain(first);
    }
    expect(idle).toBeLessThanOrEqual(2);
  });

  it('K7 nothing starts any more once a person stopped all that was at work, until a person starts one', async () => {
    const ai = await start({ quiet: false });
    await ai.clock.advance(100_000);
    for (const id of await active(ai)) await ai.call('POST', `/api/trading/stop/${id}`);
    for (let minute = 0; minute < 5; minute += 1) {
      await ai.clock.advance(60_000);
      expect(await active(ai)).toEqual([]);
    }
    await intraday(ai);
    await ai.clock.advance(90_000);
    expect(await active(ai)).toHaveLength(2);
  });

  it('a quiet one starts nothing, and goes on with what was started', async () => {
    const ai = await start();
    await ai.clock.advance(120_000);
    expect(await active(ai)).toEqual([]);
    await ai.control('ai-start-elsewhere', { modelId: 2 });
    await ai.clock.advance(10_000);
    expect(await active(ai)).toEqual([2]);
    await ai.control('ai-error', { modelId: 2, message: 'told to' });
    expect(await active(ai)).toEqual([]);
    expect((await runsOf(ai, 2))[0]?.status).toBe('failed');
  });
});

describe('over a restart', () => {
  it('workers go on where they were, agents are gone, and everything told is still there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'practice-ai-'));
    stops.push(() => rmSync(folder, { recursive: true, force: true }));
    const options = { stateFile: join(folder, 'state.json') };
    const first = await startAi(options);
    const { run_id } = await intraday(first);
    await first.call('POST', '/api/trading/start/3', daily);
    await first.control('ai-step', { modelId: 1, beats: 20 });
    const positions = (await first.call('GET', '/api/models/1/positions')).body;
    await first.practice.kill();
    const second = await start(options);
    expect(second.secrets).toEqual(first.secrets);
    expect((await second.call('GET', '/api/models/1/positions')).body).toEqual(positions);
    expect((await second.call('GET', '/api/trading/status')).body).toEqual({
      running_agents: {},
      total_running: 0,
    });
    await second.control('ai-step', { modelId: 1, beats: 240 });
    const run = (await runsOf(second)).find(({ id }) => id === run_id);
    expect(run?.status).toBe('completed');
  });
});

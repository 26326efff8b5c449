import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Harness } from './testing/harness.ts';
import { startHarness } from './testing/harness.ts';
import { aRun, SILENCE } from './testing/stub-server.ts';

let desk: Harness;
beforeEach(async () => {
  desk = await startHarness();
});
afterEach(() => desk.end());

const containing = (part: string): unknown => expect.stringContaining(part);
const runs = (run: object): void =>
  desk.server.on('GET /api/models/7/runs', { json: { runs: [aRun(run)], total: 1 } });

it('D1 a stream without its comments is opened again', async () => {
  runs({});
  desk.backend.start();
  await desk.inState('model-7', 'live');
  await desk.clock.advance(16_000);
  expect((await desk.inState('model-7', 'waiting')).state).toMatchObject({ cause: { code: 'silent' } });
});

it('D1 a server that takes a request and never answers is given up', async () => {
  desk.server.on('GET /api/models', SILENCE);
  desk.backend.start();
  await desk.server.asked.until(({ call }) => call === 'GET /api/models');
  await desk.clock.advance(8_000);
  expect((await desk.inState('api', 'waiting')).state).toMatchObject({ cause: { code: 'timeout' } });
});

it('D5 an answer of ten megabytes is not taken', async () => {
  desk.server.on('GET /api/models', (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(10_000_000)}"`);
  });
  desk.backend.start();
  expect((await desk.inState('api', 'waiting')).state).toMatchObject({ cause: { code: 'bad-answer' } });
});

it('D5 a stream is kept where one of the readings at its opening is of no use', async () => {
  runs({});
  desk.server.on('GET /api/models/7/positions/latest', { status: 500, json: { detail: 'x', type: 'y' } });
  desk.backend.start();
  await desk.inState('model-7', 'live');
  expect(desk.server.calls('GET /api/trading/stream/7')).toHaveLength(1);
});

it('D2 what the hosted sign-in lacks for a moment passes, and is no refusal', async () => {
  const detail = 'Login failed: The read operation timed out';
  desk.server.on('POST /api/auth/login', { status: 401, json: { detail, status_code: 401 } });
  desk.backend.start();
  expect((await desk.inState('api', 'waiting')).state).toMatchObject({ cause: { code: 'server-error' } });
});

it('D2 a stream whose token was withdrawn signs in anew, and stops when that is refused as well', async () => {
  const refusal = { status: 401, json: { detail: 'Invalid token', status_code: 401 } };
  desk.server.on('GET /api/trading/stream/7', refusal);
  runs({});
  desk.backend.start();
  const lost = await desk.inState('model-7', 'waiting');
  expect(lost.state).toMatchObject({ cause: { code: 'closed' } });
  if (lost.state.kind === 'waiting') await desk.clock.advance(lost.state.nextAttemptAtMs - desk.clock.now());
  expect((await desk.inState('model-7', 'stopped')).state).toMatchObject({ cause: { code: 'credentials' } });
});

it('D2 a stream that was refused is opened anew after a minute, however the clock is set meanwhile', async () => {
  const refusal = { status: 401, json: { detail: 'Invalid token', status_code: 401 } };
  desk.server.on('GET /api/trading/stream/7', refusal);
  runs({});
  desk.backend.start();
  const { state } = await desk.inState('model-7', 'waiting');
  if (state.kind === 'waiting') await desk.clock.advance(state.nextAttemptAtMs - desk.clock.now());
  await desk.inState('model-7', 'stopped');
  const refused = desk.server.calls('GET /api/trading/stream/7').length;

  desk.clock.jump(-55_000);
  await desk.clock.advance(60_000);
  await desk.backend.refresh();
  await desk.server.asked.until(() => desk.server.calls('GET /api/trading/stream/7').length > refused);
});

it('a worker that failed early is told by its task, though its run reads as running', async () => {
  runs({ task_id: 't-1' });
  desk.server.on('GET /api/trading/task-status/t-1', {
    json: { task_id: 't-1', state: 'PROGRESS', current: 39, total: 390 },
  });
  desk.backend.start();
  await desk.inState('model-7', 'live');
  expect(desk.model('7')).toMatchObject({ status: 'running', progressPct: 10 });
  desk.server.on('GET /api/trading/task-status/t-1', {
    json: { task_id: 't-1', state: 'FAILURE', error: 'boom' },
  });
  await desk.backend.refresh();
  expect(desk.model('7')).toMatchObject({ status: 'idle', lastError: 'boom' });
  await desk.clock.advance(6_000);
  expect(desk.alerts()).toMatchObject([{ kind: 'run_failed', message: containing('boom') }]);
});

it('an error event is one alert, also where the run is read as failed after it', async () => {
  runs({});
  desk.backend.start();
  await desk.inState('model-7', 'live');
  runs({ status: 'failed' });
  desk.server.tell(7, {
    type: 'error',
    timestamp: '2026-11-20T23:29:26',
    data: { message: 'No credit left' },
  });
  await desk.modelWhere(({ id, status }) => id === '7' && status === 'idle');
  await desk.event('alert');
  await desk.clock.advance(6_000);
  expect(desk.alerts()).toMatchObject([
    { kind: 'run_failed', severity: 'high', message: containing('No credit left') },
  ]);
  expect(desk.model('7')).toMatchObject({ lastError: 'No credit left' });
});

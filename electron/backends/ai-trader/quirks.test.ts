import { afterEach, beforeEach, expect, it } from 'vitest';

import type { ActAnswer } from '../port.ts';
import type { Harness } from './testing/harness.ts';
import { startHarness } from './testing/harness.ts';
import { recordedAnswer, recordedStream } from './testing/recordings.ts';
import { aRun, anAgent, tokenOf } from './testing/stub-server.ts';

let desk: Harness;
beforeEach(async () => {
  desk = await startHarness();
});
afterEach(() => desk.end());

const BY = { requestId: 'request-1', origin: 'window' };
const { signal } = new AbortController();
const trade = (data: object, at = '2026-11-20T23:29:24.790128') => ({ type: 'trade', timestamp: at, data });
const containing = (part: string): unknown => expect.stringContaining(part);

/** Model 7 runs and is listened to. */
async function running(): Promise<void> {
  desk.server.on('GET /api/models/7/runs', { json: { runs: [aRun()], total: 1 } });
  desk.backend.start();
  await desk.inState('model-7', 'live');
}

it.each([
  ['a handler', { status: 400, json: { detail: 'Run is gone', status_code: 400 } }, 'Run is gone'],
  ['an unknown path', { status: 404, json: { detail: 'Not Found' } }, 'Not Found'],
  [
    'validation',
    { status: 422, json: recordedAnswer('status non int') },
    'model_id: Input should be a valid integer',
  ],
  ['an unforeseen failure', { status: 500, json: { detail: 'boom', type: 'ValueError' } }, 'boom'],
  ['a page', { status: 502, html: 'Bad gateway' }, 'failed (502)'],
])('quirk 1 the error of %s becomes words', async (_, answer, words) => {
  desk.server.on('GET /api/auth/me', answer);
  const said = await desk.backend.read('account', {}, signal).catch((error: unknown) => String(error));
  expect(said).toContain(words);
  expect(said).not.toContain('<');
});

it('quirk 2 times without a zone are shown as written and never reckoned with', async () => {
  desk.server.on('GET /api/models/7/runs', {
    json: { runs: [aRun({ status: 'completed', ended_at: '2026-01-05T21:00:00+00:00' })], total: 1 },
  });
  desk.backend.start();
  await desk.inState('api', 'live');
  expect(desk.entries('runs').at(-1)).toMatchObject({
    startedAtMs: null,
    startedAtText: '2026-01-05T14:30:00',
    endedAtMs: Date.UTC(2026, 0, 5, 21),
    endedAtText: null,
  });
});

it('quirk 3 the flat first frame is no news, and an unknown type is counted and passed over', async () => {
  await running();
  desk.server.tell(7, { type: 'moonshot', timestamp: '2026-11-20T23:29:24', data: { message: 'x' } });
  desk.server.tell(7, { type: 'status', timestamp: '2026-11-20T23:29:25', data: { message: 'On' } });
  await desk.event('feed', ({ slice }) => slice === 'activity');
  await desk.clock.advance(1_000);
  expect(desk.link('model-7')).toMatchObject({ rejected: 1, state: { kind: 'live' } });
  expect(desk.entries('activity').map(({ message }) => message)).toEqual(['On']);
});

it('quirk 4 an event that comes twice is one, as a trade as well; and a lost end is found by reading', async () => {
  await running();
  const sent = trade({
    action: 'buy',
    symbol: 'AAPL',
    amount: 3,
    price: 9.5,
    message: 'demo',
    reasoning: 'demo',
  });
  desk.server.tell(7, sent);
  desk.server.tell(7, sent);
  desk.server.tell(7, { type: 'status', timestamp: '2026-11-20T23:29:26', data: { message: 'Last' } });
  await desk.event(
    'feed',
    ({ slice, entries }) =>
      slice === 'activity' && entries.some((entry) => 'message' in entry && entry.message === 'Last'),
  );
  expect(
    desk
      .of('trade')
      .map(({ trade: { id, status, quantity, averagePrice } }) => [id, status, quantity, averagePrice]),
  ).toEqual([[desk.entries('activity')[0]?.id, 'simulated', '3', '9.5']]);
  expect(desk.entries('activity')).toHaveLength(2);

  desk.server.on('GET /api/models/7/runs', { json: { runs: [aRun({ status: 'failed' })], total: 1 } });
  await desk.backend.refresh();
  await desk.clock.advance(6_000);
  expect(desk.alerts()).toMatchObject([{ kind: 'run_failed', severity: 'high', groupKey: 'run_failed:7' }]);
});

it('quirk 5 comments keep a stream and are no data, and a daily trade is announced only', async () => {
  await running();
  const { dataAtMs } = desk.link('model-7')!;
  await desk.clock.advance(5_000);
  const asked = desk.link('model-7')!.receivedAtMs;
  desk.server.write(7, ': keepalive\n\n');
  await expect
    .poll(async () => (await desk.clock.advance(100), desk.link('model-7')?.receivedAtMs))
    .toBeGreaterThan(asked ?? 0);
  expect(desk.link('model-7')).toMatchObject({ dataAtMs, received: 1 });
  desk.server.write(7, recordedStream());
  await desk.event('alert');
  expect(desk.of('trade')).toEqual([]);
  expect(desk.entries('activity').filter(({ kind }) => kind === 'trade')).toHaveLength(2);
});

it('what is heard says in which run, and of a session inside the server that it was none', async () => {
  await running();
  const inRun = () =>
    desk
      .entries('activity')
      .at(-1)
      ?.facts.find(({ name }) => name === 'run id')?.value;
  desk.server.tell(7, { type: 'status', timestamp: '2026-11-20T23:29:26', data: { message: 'in a run' } });
  await expect.poll(inRun).toBe('101');
  desk.server.on('GET /api/models/7/runs', { json: { runs: [aRun({ status: 'completed' })], total: 1 } });
  desk.server.on('GET /api/trading/status', { json: { running_agents: { 7: anAgent() }, total_running: 1 } });
  await desk.backend.refresh();
  desk.server.tell(7, {
    type: 'status',
    timestamp: '2026-11-20T23:29:27',
    data: { message: 'in a session' },
  });
  await expect.poll(inRun).toBe('none');
});

it('quirk 6 already_running is refused with what to do, and the model says so for as long as it holds', async () => {
  desk.server.on('GET /api/trading/status', {
    json: { running_agents: { 7: anAgent({ status: 'completed' }) }, total_running: 1 },
  });
  desk.server.on('POST /api/trading/start/7', { json: { status: 'already_running', model_id: 7 } });
  desk.backend.start();
  await desk.inState('api', 'live');
  expect(desk.model('7')).toMatchObject({
    status: 'idle',
    statusNote: containing('until the server restarts'),
  });
  const params = { modelId: '7', baseModel: 'openai/gpt-4o', startDate: '2026-01-05', endDate: '2026-01-06' };
  const { checks } = await desk.backend.acting.prepare('start-classic', params);
  expect(checks).toMatchObject([{ id: 'free-to-start', verdict: 'block' }]);
  expect(await desk.backend.acting.perform('start-classic', params, BY)).toMatchObject({
    kind: 'refused',
    message: containing('queued run'),
  });
});

it('quirk 6 a stop that deletes asks first, and one that does not does not', async () => {
  await running();
  const { checks } = await desk.backend.acting.prepare('stop-model', { modelId: '7' });
  expect(checks).toMatchObject([{ id: 'stop-deletes', verdict: 'warn', detail: containing('run #2') }]);
  desk.server.on('GET /api/models/7/runs', { json: { runs: [], total: 0 } });
  desk.server.on('GET /api/trading/status', { json: { running_agents: { 7: anAgent() }, total_running: 1 } });
  expect((await desk.backend.acting.prepare('stop-model', { modelId: '7' })).checks).toMatchObject([
    { verdict: 'pass' },
  ]);
});

it('quirk 7 agents are found by ids that are texts', async () => {
  desk.server.on('GET /api/trading/status', {
    json: { running_agents: { '8': anAgent({ model_id: 8, status: 'initializing' }) }, total_running: 1 },
  });
  desk.backend.start();
  await desk.inState('model-8', 'live');
  expect([desk.model('7')?.status, desk.model('8')?.status]).toEqual(['idle', 'starting']);
});

it('quirk 8 signs in again ahead of expiry and drops no stream by it', async () => {
  desk.server.tokens[0] = tokenOf('short', 600);
  await running();
  desk.server.tokens.push(tokenOf('second'));
  // No timer runs meanwhile: the stream has no silence to be blamed for.
  desk.clock.jump(481_000);
  await desk.backend.refresh();
  desk.server.tell(7, { type: 'status', timestamp: '2026-11-20T23:29:26', data: { message: 'Still here' } });
  await desk.event('feed', ({ slice }) => slice === 'activity');
  expect(desk.server.calls('POST /api/auth/login')).toHaveLength(2);
  expect(desk.server.calls('GET /api/trading/stream/7')).toHaveLength(1);
  expect(desk.link('model-7')).toMatchObject({ state: { kind: 'live' }, reconnections: 0 });
});

it('quirk 8 a 401 is one new sign-in and one more attempt', async () => {
  desk.backend.start();
  await desk.inState('api', 'live');
  desk.server.tokens.splice(0, 1, tokenOf('rotated'));
  await desk.backend.refresh();
  expect(desk.server.calls('POST /api/auth/login')).toHaveLength(2);
});

it('quirk 8 a refused sign-in stops, and is not tried again by itself', async () => {
  desk.server.on('POST /api/auth/login', { status: 401, json: recordedAnswer('login bad') });
  desk.backend.start();
  const { state } = await desk.inState('api', 'stopped');
  expect(state).toMatchObject({
    cause: { code: 'credentials', message: containing('Invalid login credentials') },
  });
  await desk.clock.advance(600_000);
  desk.backend.wake();
  await desk.backend.read('account', {}, signal).catch(() => undefined);
  expect(desk.server.calls('POST /api/auth/login')).toHaveLength(1);
});

it('quirk 9 streams are opened with the token of the account in their address, and it shows nowhere', async () => {
  await running();
  const [stream] = desk.server.calls('GET /api/trading/stream/7');
  expect(stream?.query.get('token')).toBe(desk.server.tokens[0]);
  expect(stream?.headers.authorization).toBeUndefined();
  desk.server.tell(7, `not JSON: ${desk.server.tokens[0] ?? ''}`);
  desk.server.dropStreams();
  await desk.inState('model-7', 'waiting');
  expect(JSON.stringify(desk.events.all)).not.toContain(desk.server.tokens[0]);
});

it('quirk 10 no position yet is a state, not a failure', async () => {
  desk.backend.start();
  await desk.inState('api', 'live');
  expect(desk.model('8')).toMatchObject({ cash: null, portfolioValue: null, status: 'idle' });
  expect(desk.of('feed')).toContainEqual(
    expect.objectContaining({ slice: 'positions', entries: [], complete: { scope: 'model:8' } }),
  );
});

it('quirk 11 an update sends the whole model', async () => {
  desk.server.on('PUT /api/models/7', { json: recordedAnswer('update') });
  const answer: ActAnswer = await desk.backend.acting.perform(
    'update-model',
    { modelId: '7', name: 'Renamed' },
    BY,
  );
  expect(answer.kind).toBe('accepted');
  expect(desk.server.calls('PUT /api/models/7')[0]?.body).toMatchObject({
    name: 'Renamed',
    trading_style: 'day-trading',
    allowed_order_types: ['market', 'limit'],
    allow_shorting: false,
    initial_cash: 10_000,
    default_ai_model: 'openai/gpt-4o',
    model_parameters: { temperature: 0.3 },
  });
});

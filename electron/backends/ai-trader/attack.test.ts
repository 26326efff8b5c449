import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { FlowingClock, SheetDesk } from './testing/sheet-desk.ts';
import { startFlowingClock, startSheetDesk } from './testing/sheet-desk.ts';
import type { SheetServer } from './testing/sheet-server.ts';
import { startSheetServer } from './testing/sheet-server.ts';

/** The whole desk against a server written from the sheet, with everything that can go wrong between them. */

const WAIT = { timeout: 20_000, interval: 10 };
const LIMIT = { timeout: 60_000 };
const containing = (part: string): unknown => expect.stringContaining(part);
const soon = (check: () => void): Promise<void> => vi.waitFor(check, WAIT);
const HTML = { status: 502, body: '<html>Bad gateway</html>', type: 'text/html' };

let clock: FlowingClock;
let server: SheetServer;
let desk: SheetDesk;

beforeEach(async () => {
  clock = startFlowingClock();
  server = await startSheetServer(clock);
  desk = await startSheetDesk(clock);
});
afterEach(async () => {
  await desk.end();
  await server.close();
  await clock.stop();
});

const start = { baseModel: 'openai/gpt-4o', symbol: 'AAPL', date: '2026-01-05', session: 'regular' };
const activities = (backendId = 'trader', modelId?: number) =>
  [...desk.core.desk.entries('activity')]
    .map(([, one]) => one)
    .filter(
      (one) => one.backendId === backendId && (modelId === undefined || one.subject === String(modelId)),
    );
const runsOf = (modelId: unknown, backendId = 'trader') =>
  [...desk.core.desk.entries('runs')]
    .map(([, run]) => run)
    .filter((run) => run.backendId === backendId && run.modelId === String(modelId));

/** A model with a run that is listened to. */
async function running(): Promise<{ id: number; run: Record<string, unknown> }> {
  const id = Number(server.addModel().id);
  const run = server.addRun(id);
  await desk.connect(server);
  await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('live'));
  return { id, run };
}

/** As `soon`, without the pauses between attempts. */
const hurried = (check: () => void): Promise<void> =>
  soon(() => {
    if (desk.link('api')?.state.kind === 'waiting') desk.core.fleet.wake();
    check();
  });

/** It is read, and may be started. */
async function idle(id: number): Promise<void> {
  await desk.connect(server);
  await soon(() => expect(desk.mayStart()).toBe(true));
  expect(desk.model(id)?.status).toBe('idle');
}

describe('the sign-in', LIMIT, () => {
  it('quirk 8 a server that takes no old token any more loses no stream and asks nobody', async () => {
    const { id } = await running();
    server.changeSecret();
    await soon(() => expect(server.calls('POST /api/auth/login').length).toBeGreaterThan(1));
    server.tell(id, 'thinking', { message: 'still on the old stream', step: 1 });
    await soon(() =>
      expect(activities('trader', id).map(({ message }) => message)).toContain('still on the old stream'),
    );
    expect(server.calls(`GET /api/trading/stream/${id}`)).toHaveLength(1);
    expect(desk.link('api')?.state.kind).toBe('live');
  });

  it('quirk 8 tokens that live for seconds are renewed ahead, and no call is ever refused', async () => {
    server.setTokenLife(20);
    const refused: string[] = [];
    const { id } = await running();
    server.fault = () => ({
      change: (answer, { call }) => {
        if (answer.status === 401) refused.push(call);
        return answer;
      },
    });
    const before = server.calls('POST /api/auth/login').length;
    server.fault = (request) => {
      if (request.call.includes('/stream/')) return undefined;
      return {
        change: (answer) => {
          if (answer.status === 401) refused.push(request.call);
          return answer;
        },
      };
    };
    await soon(() => expect(server.calls('POST /api/auth/login').length).toBeGreaterThan(before + 4));
    expect(refused).toEqual([]);
    expect(server.calls(`GET /api/trading/stream/${id}`)).toHaveLength(1);
  });

  it('quirk 8 a password that was changed stops the readings and asks, and the stream that runs is still heard', async () => {
    const { id } = await running();
    server.users[0]!.password = 'another one';
    server.changeSecret();
    await soon(() =>
      expect(desk.link('api')?.state).toMatchObject({ kind: 'stopped', cause: { code: 'credentials' } }),
    );
    server.tell(id, 'status', { message: 'heard all the same' });
    await soon(() =>
      expect(activities('trader', id).map(({ message }) => message)).toContain('heard all the same'),
    );
    await desk.connect(server);
    await soon(() => expect(desk.link('api')?.state.kind).toBe('live'));
    await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('live'));
  });

  it('D2 a stream that was refused twice while the server restarted comes back by itself', async () => {
    const { id } = await running();
    let refusals = 2;
    server.fault = ({ call }) =>
      call.endsWith(`/stream/${id}`) && refusals-- > 0
        ? {
            change: () => ({
              status: 401,
              body: '{"detail":"Invalid token","status_code":401}',
              type: 'application/json',
            }),
          }
        : undefined;
    server.dropStreams();
    await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('stopped'));
    await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('live'));
  });

  it('A3 a model whose stream is broken holds up no start but its own', async () => {
    const { id } = await running();
    const other = server.addModel();
    server.fault = ({ call }) =>
      call.endsWith(`/stream/${id}`)
        ? { change: () => ({ status: 503, body: '', type: 'text/plain' }) }
        : undefined;
    server.dropStreams();
    await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('waiting'));
    const freshFor = (modelId: unknown) =>
      desk.core.door
        .check({ backendId: 'trader', act: 'start-intraday', params: { modelId: String(modelId) } })
        .find((check) => check.id === 'fresh');
    expect(freshFor(other.id)).toMatchObject({ verdict: 'pass' });
    expect(freshFor(id)).toMatchObject({ verdict: 'block', detail: containing('Run of') });
  });

  it('D2 a clock of the server that is days off changes nothing', async () => {
    server.setClockOffset(-3 * 86_400_000);
    const { id } = await running();
    server.tell(id, 'progress', { message: '10 of 390', progress: 40 });
    await soon(() => expect(desk.model(id)?.progressPct).toBe(40));
    // It is set back by an hour in the middle of the run.
    server.setClockOffset(-3 * 86_400_000 - 3_600_000);
    server.tell(id, 'progress', { message: '20 of 390', progress: 50 });
    await soon(() => expect(desk.model(id)?.progressPct).toBe(50));
    expect(desk.link('api')?.state.kind).toBe('live');
    expect(activities('trader', id).every(({ occurredAtMs }) => occurredAtMs === null)).toBe(true);
  });

  it('quirk 9 an API key in place of a password is refused in words and tried once', async () => {
    server.users[0]!.password = 'the real one';
    const users = server.users;
    server.users = [];
    await desk.core.fleet.save(
      {
        id: 'trader',
        kind: 'ai-trader',
        name: 'trader',
        colour: '#8b7cf6',
        address: server.address,
        practice: false,
        enabled: true,
        allowPlainHttp: false,
      },
      { email: users[0]!.email, password: 'api-key-0123456789' },
    );
    await soon(() =>
      expect(desk.link('api')?.state).toMatchObject({ kind: 'stopped', cause: { code: 'credentials' } }),
    );
    const atMs = clock.now();
    await soon(() => expect(clock.now()).toBeGreaterThan(atMs + 60_000));
    expect(server.calls('POST /api/auth/login')).toHaveLength(1);
  });
});

describe('what the server answers', LIMIT, () => {
  it('D5 one model and one run that cannot be read cost the others nothing, and are counted', async () => {
    const { id } = await running();
    const other = Number(server.addModel().id);
    server.addRun(other);
    server.models.push(
      { id: 'none', user_id: server.users[0]?.id },
      { id: other + 500, user_id: server.users[0]?.id, name: null, allowed_tickers: 7, initial_cash: {} },
    );
    server.runs.push(
      { id: null, model_id: id, status: 'running' },
      { id: 9_999, model_id: other, status: 5, task_id: [] },
    );
    await soon(() => expect(desk.model(other)?.status).toBe('running'));
    await soon(() => expect(desk.model(id)?.statusNote).toEqual(containing('Some of its runs')));
    await soon(() => expect(runsOf(other)).toHaveLength(2));
    await soon(() => expect(desk.link('api')?.rejected).toBeGreaterThan(1));
    expect(desk.model(id)).toMatchObject({ status: 'running', statusNote: containing('Some of its runs') });
    expect(desk.model(other + 500)).toMatchObject({ name: `Model ${other + 500}`, initialCash: null });
    expect(runsOf(other).map(({ id: runId, status }) => [runId, status])).toContainEqual(['9999', 'running']);
    expect(desk.link('api')?.rejectedSamples.map(({ reason }) => reason)).toContainEqual(
      containing('models could not be read'),
    );
  });

  it('D5 wrong types in every member of every answer end in no crash, and the desk is right again afterwards', async () => {
    const { id } = await running();
    const strange: unknown[] = [
      null,
      'x',
      -1,
      1e308,
      [],
      {},
      true,
      '9'.repeat(400),
      { a: { b: [] } },
      '\u202e\u0000<b>',
    ];
    let turn = 0;
    const spoil = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(spoil);
      if (typeof value !== 'object' || value === null) return value;
      const names = Object.keys(value);
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) =>
          names.indexOf(name) === turn % Math.max(1, names.length)
            ? [name, strange[turn % strange.length]]
            : [name, spoil(member)],
        ),
      );
    };
    server.fault = ({ call }) =>
      call.includes('/stream/')
        ? undefined
        : {
            change(answer) {
              turn += 1;
              return { ...answer, body: JSON.stringify(spoil(JSON.parse(answer.body))) };
            },
          };
    await hurried(() => expect(turn).toBeGreaterThan(60));
    for (const value of strange)
      for (const name of ['type', 'timestamp', 'data'])
        server.write(
          id,
          `data: ${JSON.stringify({ type: 'trade', timestamp: 'x', data: { action: value, symbol: value, amount: value, price: value, progress: value, message: value }, [name]: value })}\n\n`,
        );
    server.fault = () => undefined;
    await soon(() => expect(desk.link('api')?.state.kind).toBe('live'));
    await soon(() =>
      expect(desk.model(id)).toMatchObject({ status: 'running', statusNote: null, name: `Model ${id}` }),
    );
    await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('live'));
    server.tell(id, 'status', { message: 'after all that' });
    await soon(() =>
      expect(activities('trader', id).map(({ message }) => message)).toContain('after all that'),
    );
  });

  it('D5 a page, a list of errors, nothing and a redirect in place of each answer are waited out', async () => {
    const { id } = await running();
    const elsewhere = await startSheetServer(clock);
    const answers = [
      HTML,
      { ...HTML, status: 200 },
      {
        status: 422,
        body: '{"detail":[{"type":"x","loc":["path"],"msg":"no","input":"abc"}]}',
        type: 'application/json',
      },
      { status: 403, body: '{"detail":"Access denied","status_code":403}', type: 'application/json' },
      { status: 404, body: '{"detail":"Not Found"}', type: 'application/json' },
      { status: 200, body: '', type: 'application/json' },
      { status: 200, body: '{"models":[', type: 'application/json' },
      { status: 302, body: '', type: 'text/plain', headers: { location: `${elsewhere.address}/api/models` } },
      { status: 500, body: '{"detail":"boom","type":"ValueError"}', type: 'application/json' },
    ];
    for (const answer of answers) {
      let given = 0;
      server.fault = ({ call }) => {
        if (call.includes('/auth/')) return undefined;
        return { change: () => (given++, answer) };
      };
      await hurried(() => expect(given).toBeGreaterThan(2));
    }
    server.fault = () => undefined;
    await soon(() => expect(desk.link('api')?.state.kind).toBe('live'));
    await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('live'));
    expect(desk.model(id)?.status).toBe('running');
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  it('nothing of another model is taken out of an answer about one', async () => {
    const { id } = await running();
    await soon(() => expect(desk.model(id)?.cash).toBe('8800'));
    server.fault = ({ call }) => ({
      change(answer) {
        if (call.endsWith('/runs')) {
          const { runs } = JSON.parse(answer.body) as { runs: object[] };
          const foreign = { ...runs[0], id: 7_777, model_id: id + 1 };
          return { ...answer, body: JSON.stringify({ runs: [foreign, ...runs] }) };
        }
        if (!call.endsWith('/latest')) return answer;
        return { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), model_id: id + 1, cash: 1 }) };
      },
      ...(call.includes('/stream/') ? { holdUntil: new Promise<void>(() => undefined) } : {}),
    });
    await soon(() =>
      expect(desk.link('api')?.rejectedSamples.map(({ reason }) => reason)).toContainEqual(
        containing('belong to another'),
      ),
    );
    await soon(() =>
      expect(desk.link('api')?.rejectedSamples.map(({ reason }) => reason)).toContainEqual(
        containing(`the money of model ${id}`),
      ),
    );
    expect(runsOf(id).map((run) => run.id)).not.toContain('7777');
    expect(desk.model(id)?.cash).toBe('8800');
    server.fault = () => undefined;
  });

  it('D5 runs that cannot be read are said to be old, and are not lost', async () => {
    const { id } = await running();
    server.fault = ({ call }) => (call.endsWith('/runs') ? { change: () => HTML } : undefined);
    await soon(() => expect(desk.model(id)?.statusNote).toEqual(containing('could not be read')));
    expect(desk.model(id)?.status).toBe('running');
    expect(desk.link('api')?.state.kind).toBe('live');
    server.fault = () => undefined;
    await soon(() => expect(desk.model(id)?.statusNote).toBeNull());
  });
});

describe('the streams', LIMIT, () => {
  it('D5 garbage, half frames, split characters and a line of ten megabytes are passed over', async () => {
    const { id } = await running();
    const frame = Buffer.from(
      'data: {"type":"status","timestamp":"2030-01-01T00:00:00.1","data":{"message":"Grüße 東京"}}\n\n',
    );
    for (const byte of frame) server.write(id, Buffer.of(byte));
    server.write(id, 'data: {"type": "trade", "timest');
    server.write(id, '\n\n');
    server.write(id, `data: ${'x'.repeat(10_000_000)}\n\n`);
    server.write(id, Buffer.from([0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0xfe, 0x0a, 0x0a]));
    server.write(id, 'HTTP/1.1 200 OK\n\n<html>\n\n');
    server.write(id, 'data: null\n\ndata: []\n\ndata: 7\n\ndata: {"type":"connected","model_id":8888}\n\n');
    server.tell(id, 'status', { message: 'the last' });
    await soon(() =>
      expect(activities('trader', id).map(({ message }) => message)).toEqual(
        expect.arrayContaining(['Grüße 東京', 'the last']),
      ),
    );
    expect(desk.link(`model-${id}`)).toMatchObject({ state: { kind: 'live' }, reconnections: 0 });
    await soon(() => expect(desk.link(`model-${id}`)?.rejected).toBeGreaterThanOrEqual(6));
  });

  it('D1 D3 a stream that falls mute, ends or breaks is opened again, and what was missed is read', async () => {
    const { id, run } = await running();
    server.isMute = true;
    await soon(() => expect(desk.link(`model-${id}`)?.reconnections).toBe(1));
    server.isMute = false;
    server.dropStreams();
    await soon(() => expect(desk.link(`model-${id}`)?.reconnections).toBe(2));
    server.fault = ({ call }) => (call.includes('/stream/') ? { holdUntil: gate } : undefined);
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    server.dropStreams();
    Object.assign(run, { status: 'completed', ended_at: '2026-01-05T21:00:00', final_return: 0.5 });
    await soon(() => expect(desk.model(id)?.status).toBe('idle'));
    await soon(() => expect(desk.alerts()).toMatchObject([{ kind: 'run_complete' }]));
    open();
  });

  it('D7 a burst of ten thousand events, each twice and in inverted order, is shown once each and drops nothing of note', async () => {
    const { id } = await running();
    const frames = Array.from({ length: 10_000 }, (_, index) => {
      const at = new Date(clock.now() + index).toISOString().slice(0, -1);
      return `data: ${JSON.stringify({ type: 'progress', timestamp: at, data: { message: `m${index}`, progress: index / 100 } })}\n\n`;
    });
    server.write(
      id,
      frames
        .flatMap((frame) => [frame, frame])
        .toReversed()
        .join(''),
    );
    server.tell(id, 'trade', {
      action: 'buy',
      symbol: 'AAPL',
      amount: 3,
      price: 9.5,
      message: 'after the flood',
      reasoning: '',
    });
    await soon(() =>
      expect(activities('trader', id).map(({ message }) => message)).toContain('after the flood'),
    );
    expect(desk.link(`model-${id}`)).toMatchObject({
      state: { kind: 'live' },
      rejected: 0,
      reconnections: 0,
    });
    expect(desk.model(id)?.progressPct).toBe(99.99);
    const said = activities('trader', id).map(({ message }) => message);
    expect(new Set(said).size).toBe(said.length);
    expect(
      [...desk.core.desk.entries('trades')].filter(([, { backendId }]) => backendId === 'trader'),
    ).toHaveLength(1);
  });

  it('S3 the token of a stream is nowhere but in its address: not in the journal, a log, a sample, an error or at another origin', async () => {
    const elsewhere = await startSheetServer(clock);
    const { id } = await running();
    const token = server.tokensGiven.at(-1) ?? '';
    server.write(id, `data: garbage ${token} https://h/x?token=${token}\n\n`);
    server.fault = ({ url }) =>
      url.includes('/stream/')
        ? {
            change: () => ({
              status: 307,
              body: `token=${token}`,
              type: 'text/html',
              headers: { location: `${elsewhere.address}${url}` },
            }),
          }
        : { change: (answer) => ({ ...answer, body: answer.body.replaceAll('day-trading', token) }) };
    server.dropStreams();
    await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('waiting'));
    await soon(() => expect(server.calls(`GET /api/trading/stream/${id}`).length).toBeGreaterThan(2));
    server.fault = ({ url }) =>
      url.includes('/runs')
        ? {
            change: () => ({
              status: 500,
              type: 'application/json',
              body: JSON.stringify({ detail: `no ${token}`, type: 'E' }),
            }),
          }
        : undefined;
    await soon(() => expect(desk.model(id)?.statusNote).toEqual(containing('could not be read')));
    expect(elsewhere.requests).toEqual([]);
    const shown =
      JSON.stringify([...desk.core.desk.entries('links')]) +
      JSON.stringify([...desk.core.desk.entries('activity')]);
    const files = readdirSync(desk.folder).map((name) =>
      readFileSync(join(desk.folder, name)).toString('latin1'),
    );
    for (const secret of [...server.tokensGiven, 'p4ss-word-of-owner'])
      for (const text of [shown, ...files]) expect(text.includes(secret)).toBe(false);
    await elsewhere.close();
  });
});

describe('what happens elsewhere', LIMIT, () => {
  it('quirk 4 a lost end of a session inside the server is told, as is one that the server forgot', async () => {
    const id = Number(server.addModel().id);
    const user_id = server.users[0]?.id;
    server.agents.set(id, { model_id: id, user_id, status: 'running', started_at: '2026-01-05T14:30:00' });
    await desk.connect(server);
    await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('live'));
    server.agents.set(id, {
      model_id: id,
      user_id,
      status: 'failed',
      error: 'No credit left',
      started_at: '2026-01-05T14:30:00',
    });
    await soon(() =>
      expect(desk.alerts()).toMatchObject([{ kind: 'run_failed', message: containing('No credit left') }]),
    );
    expect(desk.model(id)).toMatchObject({
      status: 'idle',
      lastError: 'No credit left',
      statusNote: containing('until the server restarts'),
    });
    server.agents.set(id, { model_id: id, user_id, status: 'running', started_at: '2026-01-05T15:30:00' });
    await soon(() => expect(desk.model(id)?.status).toBe('running'));
    await server.restart();
    await soon(() => expect(desk.alerts()).toMatchObject([{ message: containing('restarted'), count: 2 }]));
  });

  it('quirk 4 an end that was heard is told once, although a reading shows it as well', async () => {
    const id = Number(server.addModel().id);
    const agent = {
      model_id: id,
      user_id: server.users[0]?.id,
      status: 'running',
      started_at: '2026-01-05T14:30:00',
    };
    server.agents.set(id, agent);
    await desk.connect(server);
    await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('live'));
    const frame = server.tell(id, 'complete', { message: 'Trading session completed' });
    server.agents.set(id, { ...agent, status: 'completed' });
    server.write(id, frame);
    await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('stopped'));
    const atMs = clock.now();
    await soon(() => expect(clock.now()).toBeGreaterThan(atMs + 30_000));
    expect(desk.alerts()).toMatchObject([{ kind: 'run_complete', count: 1 }]);
  });

  it('progress begins anew with the next run, whatever the last one came to', async () => {
    const { id, run } = await running();
    server.tell(id, 'complete', { message: 'Trading session completed' });
    Object.assign(run, { status: 'completed' });
    await soon(() => expect(desk.model(id)?.status).toBe('idle'));
    server.agents.set(id, {
      model_id: id,
      user_id: server.users[0]?.id,
      status: 'running',
      started_at: '2026-01-06T14:30:00',
    });
    await soon(() => expect(desk.model(id)?.status).toBe('running'));
    expect(desk.model(id)?.progressPct).toBeNull();
  });

  it('a run that is deleted elsewhere, and a number that comes again, are another run and said so', async () => {
    const { id, run } = await running();
    server.runs = [];
    await soon(() =>
      expect(desk.alerts()).toMatchObject([{ kind: 'run_gone', message: containing('deleted elsewhere') }]),
    );
    expect(desk.model(id)?.status).toBe('idle');
    const again = server.addRun(id);
    expect(again.run_number).toBe(run.run_number);
    await soon(() => expect(desk.model(id)?.activeRunId).toBe(String(again.id)));
    Object.assign(again, { status: 'failed' });
    await soon(() =>
      expect(
        desk
          .alerts()
          .map(({ kind }) => kind)
          .sort(),
      ).toEqual(['run_failed', 'run_gone']),
    );
    // The same id once more, as after a reset of the database.
    server.runs = [];
    await soon(() => expect(runsOf(id)).toEqual([]));
    server.addRun(id, { id: again.id, started_at: '2030-02-02T00:00:00' });
    await soon(() => expect(desk.model(id)?.status).toBe('running'));
    Object.assign(server.runs[0]!, { status: 'failed' });
    await soon(() => expect(desk.alerts().find(({ kind }) => kind === 'run_failed')?.count).toBe(2));
  });

  it('models that are added, renamed and removed elsewhere come, change and go with all that is theirs', async () => {
    const { id } = await running();
    const added = Number(server.addModel({ name: 'New' }).id);
    await soon(() => expect(desk.model(added)?.name).toBe('New'));
    Object.assign(server.models.at(-1)!, { name: 'Renamed' });
    await soon(() => expect(desk.model(added)?.name).toBe('Renamed'));
    server.models = server.models.filter((one) => one.id !== id);
    await soon(() => expect(desk.model(id)).toBeUndefined());
    expect(runsOf(id)).toEqual([]);
    await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('stopped'));
    await soon(() => expect(server.openStreams(id)).toBe(0));
    server.models = [];
    await soon(() => expect(desk.model(added)).toBeUndefined());
    expect(desk.link('api')).toMatchObject({ state: { kind: 'live' }, rejected: 0 });
  });

  it('D7 two hundred models, fifty of them at work, are all there and listened to, and PANIC stops each', async () => {
    const ids = Array.from({ length: 200 }, () => Number(server.addModel().id));
    for (const id of ids.slice(0, 50)) server.addRun(id);
    await desk.connect(server);
    await soon(() => expect(server.openStreams()).toBe(50));
    await soon(() => expect(ids.filter((id) => desk.model(id)?.status === 'idle')).toHaveLength(150));
    desk.core.panic.press('window');
    await soon(() => expect(server.runs).toEqual([]));
    await soon(() => expect(desk.core.desk.get('killSwitches', 'trader')?.enabled).toBe(true));
    await soon(() => expect(server.openStreams()).toBe(0));
    expect(desk.alerts()).toEqual([]);
  });
});

describe('acts', LIMIT, () => {
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

describe('two AI-Traders on one desk', LIMIT, () => {
  it('models of the same number on two servers, and of two users of one, are never mixed up', async () => {
    const other = await startSheetServer(clock);
    other.users[0]!.email = 'second@example.com';
    other.users[0]!.password = 'another-password';
    server.users.push({ id: 'user-two', email: 'two@example.com', password: 'two-password' });
    const id = Number(server.addModel({ name: 'Of the first' }).id);
    other.addModel({ id, name: 'Of the second' });
    const theirs = Number(server.addModel({ name: 'Of user two', user_id: 'user-two' }).id);
    server.addRun(id);
    other.addRun(id, { id: server.runs[0]!.id });
    await desk.connect(server, 'one');
    await desk.connect(other, 'two');
    await desk.connect(server, 'three', 1);
    for (const backendId of ['one', 'two'])
      await soon(() => expect(desk.link(`model-${id}`, backendId)?.state.kind).toBe('live'));
    await soon(() => expect(desk.model(theirs, 'three')?.name).toBe('Of user two'));
    expect([desk.model(id, 'one')?.name, desk.model(id, 'two')?.name, desk.model(id, 'three')]).toEqual([
      'Of the first',
      'Of the second',
      undefined,
    ]);
    const same = [id, 'status', { message: 'said by both' }, '2030-01-01T00:00:00.5'] as const;
    server.tell(...same);
    other.tell(...same);
    await soon(() => expect([activities('one').length, activities('two').length]).toEqual([1, 1]));

    for (const backendId of ['one', 'two']) await soon(() => expect(desk.mayStart(backendId)).toBe(true));
    // A start on one whose answer is lost, while the other one gets a run of its own.
    server.fault = ({ call }) =>
      call.includes('/start') ? { change: () => (server.runs.pop(), HTML) } : undefined;
    const [lost, good] = await Promise.all([
      desk.submit('start-intraday', { modelId: String(id), ...start }, 'one'),
      desk.submit('start-intraday', { modelId: String(id), ...start }, 'two'),
    ]);
    expect([lost.status, good.status]).toEqual(['unconfirmed', 'confirmed']);
    expect(await desk.submit('stop-model', { modelId: String(id) }, 'two')).toMatchObject({
      status: 'confirmed',
    });
    expect(desk.model(id, 'one')?.status).toBe('running');
    for (const { url, authorization } of other.requests)
      for (const token of server.tokensGiven)
        expect(`${url} ${authorization ?? ''}`.includes(token)).toBe(false);
    await other.close();
  });
});

describe('PANIC', LIMIT, () => {
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

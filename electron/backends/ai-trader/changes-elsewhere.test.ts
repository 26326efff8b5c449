import { describe, expect, it } from 'vitest';

import {
  HTML,
  activities,
  clock,
  containing,
  desk,
  running,
  runsOf,
  server,
  start,
  useSheet,
} from './testing/sheet-bench.ts';
import { startSheetServer } from './testing/sheet-server.ts';
import { soon } from '../../lib/testing/soon.ts';

useSheet();

describe('what happens elsewhere', () => {
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

describe('two AI-Traders on one desk', () => {
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

import { describe, expect, it } from 'vitest';

import {
  HTML,
  activities,
  clock,
  containing,
  desk,
  hurried,
  running,
  runsOf,
  server,
  useSheet,
} from './testing/sheet-bench.ts';
import { startSheetServer } from './testing/sheet-server.ts';
import { soon } from '../../lib/testing/soon.ts';

useSheet();

describe('what the server answers', () => {
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

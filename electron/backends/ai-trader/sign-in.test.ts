import { describe, expect, it } from 'vitest';

import { activities, clock, containing, desk, running, server, useSheet } from './testing/sheet-bench.ts';
import { soon } from '../../lib/testing/soon.ts';

useSheet();

describe('the sign-in', () => {
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

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { activities, clock, containing, desk, running, server, useSheet } from './testing/sheet-bench.ts';
import { startSheetServer } from './testing/sheet-server.ts';
import { soon } from '../../lib/testing/soon.ts';

useSheet();

describe('the streams', () => {
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

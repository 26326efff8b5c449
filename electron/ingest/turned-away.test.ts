import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { once } from 'node:events';

import { describe, expect, it } from 'vitest';

import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';

import { MAX_BODY_BYTES, MAX_PER_MINUTE, MAX_WAITING } from './listener.ts';
import { pythonAlert, useListening } from './testing/listening.ts';

const start = useListening();

describe('S6 what the listener turns away', () => {
  it('is off by default, and nothing listens then', async () => {
    expect(settingsSchema.parse({}).ingest).toEqual({ enabled: false, port: 8_477, bind: 'loopback' });
    const { ingest, events, post } = await start({ enabled: false });
    expect(ingest.status().listening).toBe(false);
    expect(events).toEqual([]);
    await expect(post(pythonAlert())).rejects.toThrow();
  });

  it('400: each member that is missing or wrong, by name, without its value', async () => {
    const { post, alerts } = await start();
    const reply = await post({ ...pythonAlert(), symbol: undefined, price: 'secret words', volumeRatio: -1 });
    expect(reply).toMatchObject({ status: 400, body: { error: 'Invalid alert data' } });
    const details = reply.body.details as { path: string[] }[];
    expect(details.map(({ path }) => path[0]).sort()).toEqual(['price', 'symbol', 'volumeRatio']);
    expect(JSON.stringify(reply.body)).not.toContain('secret words');
    for (const body of ['{', '[]', 'null', '7', '{"price":NaN}']) expect((await post(body)).status).toBe(400);
    for (const timestamp of ['2030-01-01T00:10:00', '2030-02-31T00:10:00Z', '2030-13-01 00:10:00+01:00'])
      expect((await post(pythonAlert({ timestamp }))).status).toBe(400);
    expect(alerts()).toEqual([]);
  });

  it('401: no key, another key, a key of another length, several keys', async () => {
    const { post, key, alerts } = await start();
    for (const given of [undefined, '', 'other', `${key} `.repeat(2), key.toUpperCase()])
      expect(await post(pythonAlert(), { 'X-API-Key': given })).toMatchObject({
        status: 401,
        body: { error: 'Unauthorized' },
      });
    expect(alerts()).toEqual([]);
  });

  it('the old key after a new one was made, which takes effect at once', async () => {
    const { post, ingest } = await start();
    const { key } = await ingest.rotateKey();
    expect((await post(pythonAlert())).status).toBe(401);
    expect((await post(pythonAlert(), { 'X-API-Key': key })).status).toBe(200);
  });

  it('403: pages, whatever their origin, and names that are not this machine', async () => {
    const { post, ingest } = await start();
    for (const Origin of ['https://evil.example', 'http://127.0.0.1', 'null'])
      expect((await post(pythonAlert(), { Origin })).status).toBe(403);
    const { port } = new URL(ingest.status().url);
    for (const Host of [`evil.example:${port}`, `127.0.0.1.evil.example:${port}`, `192.0.2.1:${port}`])
      expect((await post(pythonAlert(), { Host })).status).toBe(403);
    for (const Host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
      expect((await post(pythonAlert(), { Host })).status).toBe(200);
  });

  it('404 and 405: it has one path and one method', async () => {
    const { post } = await start();
    for (const path of ['/', '/api/volume-alerts', '/api/volume-alerts/ingest/', '//x', '/%00'])
      expect((await post(pythonAlert(), {}, path)).status).toBe(404);
    expect((await post(pythonAlert(), {}, '/api/volume-alerts/ingest?from=script')).status).toBe(200);
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS'])
      expect(await post('', {}, undefined, method)).toMatchObject({
        status: 405,
        headers: { allow: 'POST' },
      });
  });

  it('413: a large body by what its header says and, without one, by what arrives', async () => {
    const { post, ingest } = await start();
    const large = JSON.stringify(pythonAlert({ message: 'x'.repeat(MAX_BODY_BYTES) }));
    expect((await post(large)).status).toBe(413);
    const chunked = { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' };
    expect((await post(large, chunked)).status).toBe(413);
    expect((await post(pythonAlert(), chunked)).status).toBe(200);
    expect(ingest.status().refused).toBe(2);
  });

  it('415: what is not JSON, or compressed', async () => {
    const { post } = await start();
    const packed = await post(pythonAlert(), { 'Content-Encoding': 'gzip' });
    expect(packed).toMatchObject({ status: 415, body: { error: 'The body must not be compressed' } });
    expect((await post(pythonAlert(), { 'Content-Encoding': 'identity' })).status).toBe(200);
    for (const type of [undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])
      expect((await post(pythonAlert(), { 'Content-Type': type })).status).toBe(415);
    expect((await post(pythonAlert(), { 'Content-Type': 'application/json; charset=utf-8' })).status).toBe(
      200,
    );
  });

  it('429: more than the allowance of a minute, wrong keys included, with the time to wait', async () => {
    const { post, clock, alerts } = await start();
    for (let index = 0; index < MAX_PER_MINUTE - 1; index += 1)
      await post('', { 'X-API-Key': `try-${index}` });
    await clock.advance(20_000);
    expect((await post(pythonAlert())).status).toBe(200);
    expect(await post(pythonAlert({ symbol: 'BBBUSDT' }))).toMatchObject({
      status: 429,
      headers: { 'retry-after': '40' },
    });
    await clock.advance(40_000);
    expect((await post(pythonAlert({ symbol: 'BBBUSDT' }))).status).toBe(200);
    expect(alerts()).toHaveLength(2);
  });

  it('a client that trickles its head or its body, by the machine’s time', async () => {
    const { post, ingest, key } = await start();
    const { port } = new URL(ingest.status().url);
    const slow = async (text: string): Promise<string> => {
      const socket = connect(Number(port), '127.0.0.1');
      let answer = '';
      socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
      socket.on('error', () => undefined);
      const trickle = setInterval(() => socket.write('x'), 500);
      socket.write(text);
      await closed(socket);
      clearInterval(trickle);
      return answer;
    };
    const head = 'POST /api/volume-alerts/ingest HTTP/1.1\r\nHost: localhost\r\n';
    const [inHead, inBody] = await Promise.all([
      slow(`${head}X-Slow: `),
      slow(`${head}X-API-Key: ${key}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n`),
      // Others are served meanwhile.
      expect(post(pythonAlert())).resolves.toMatchObject({ status: 200 }),
    ]);
    for (const answer of [inHead, inBody]) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(ingest.status().received).toBe(1);
  });

  it('more mute connections than there is room for, of which the oldest go and not the scripts', async () => {
    const { post, ingest } = await start();
    const { port } = new URL(ingest.status().url);
    const mute = await Promise.all(
      Array.from({ length: 3 * MAX_WAITING }, async () => {
        const socket = connect(Number(port), '127.0.0.1');
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        return socket;
      }),
    );
    for (const symbol of ['AAAUSDT', 'BBBUSDT'])
      expect(await post(pythonAlert({ symbol }))).toMatchObject({ status: 200 });
    for (const socket of mute) socket.destroy();
  });

  it('bytes that are no HTTP, without harm to the next request', async () => {
    const { post, ingest } = await start();
    const socket = connect(Number(new URL(ingest.status().url).port), '127.0.0.1');
    socket.end('\u0000\u0001nonsense\r\n\r\n');
    socket.on('error', () => undefined);
    await closed(socket.resume());
    expect((await post(pythonAlert())).status).toBe(200);
  });

  it('can only deliver alerts: nothing else reaches the desk, whatever is posted', async () => {
    const { post, events } = await start();
    await post(pythonAlert({ backendId: 'bot-1', severity: 'critical', type: 'panic' }));
    await post({ type: 'approval-proposed', approval: {} });
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(['backend-configured', 'link-status', 'feed', 'alert']),
    );
    for (const event of events) if ('backendId' in event) expect(event.backendId).toBe('ingest');
  });
});

/** However it ends: what is written after the answer breaks the connection, which is no failure here. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => void socket.once('close', () => resolve()));

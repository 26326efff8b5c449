import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { once } from 'node:events';

import { afterEach, describe, expect, it } from 'vitest';

import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';
import { alert as alertSchema } from '#shared/domain/alerts/alert.ts';
import { volumeSpike } from '#shared/domain/alerts/volume.ts';

import { MAX_BODY_BYTES, MAX_PER_MINUTE, MAX_WAITING } from './listener.ts';
import type { Listening } from './testing/listening.ts';
import { createMemory, pythonAlert, startListening } from './testing/listening.ts';

let at: Listening;
afterEach(() => at.close());

const start = async (...given: Parameters<typeof startListening>): Promise<Listening> =>
  (at = await startListening(...given));

const links = ({ events }: Listening): LinkStatus[] =>
  events.flatMap((event) => (event.type === 'link-status' ? [event.status] : []));

describe('a detector that posts an alert', () => {
  it('is answered 200 with an id, and the desk has the spike and one alert of medium severity', async () => {
    const { post, alerts, events } = await start();
    const reply = await post(pythonAlert());
    expect(reply).toMatchObject({ status: 200, body: { success: true } });
    const spikes = events.flatMap((event) =>
      event.type === 'feed' && event.slice === 'spikes' ? event.entries : [],
    );
    expect(spikes).toHaveLength(1);
    expect(volumeSpike.parse(spikes[0])).toMatchObject({
      backendId: 'ingest',
      id: reply.body.alertId,
      symbol: 'AAAUSDT',
      kind: 'spike',
      currentVolume: '9000000.5',
      ratio: '4.5',
      price: null,
      fundingRate: '-0.0001',
    });
    expect(alertSchema.parse(alerts()[0]?.alert)).toMatchObject({
      kind: 'volume_spike',
      severity: 'medium',
      instrument: 'AAAUSDT',
    });
  });

  it('may write times with an offset, microseconds or a space, numbers as texts, and null for what is optional', async () => {
    const { post } = await start();
    const times = ['2030-01-01T00:10:00Z', '2030-01-01T01:10:00.5+01:00', '2030-01-01 00:10:00.123456+00:00'];
    for (const timestamp of times) expect((await post(pythonAlert({ timestamp }))).status).toBe(200);
    const loose = { currentVolume: '9e6', price: '1.25', isUpdate: null, alertType: null, oiChange: null };
    expect((await post(pythonAlert(loose))).status).toBe(200);
  });

  it('may begin its text with a byte order mark, as programs of Windows do, and end lines as they do', async () => {
    const { post, alerts } = await start();
    const text = JSON.stringify(pythonAlert(), null, 2).replaceAll('\n', '\r\n');
    expect((await post(`\uFEFF${text}`)).status).toBe(200);
    expect(alerts()).toHaveLength(1);
  });

  it('that posts the same again gets the same id, and the desk no second alert', async () => {
    const { post, alerts, ingest } = await start();
    const [first, again] = [await post(pythonAlert()), await post(pythonAlert({ message: 'sent twice' }))];
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(alerts()).toHaveLength(1);
    const update = await post(pythonAlert({ alertType: 'FULL_UPDATE', isUpdate: true }));
    expect(update.body.alertId).not.toBe(first.body.alertId);
    expect(ingest.status()).toMatchObject({ received: 2, refused: 0 });
    // The spike and its update are one row of the alerts.
    expect(new Set(alerts().map(({ alert }) => alert.groupKey)).size).toBe(1);
  });

  it('may send far more than one connection holds at once, each told once', async () => {
    const { post, alerts } = await start();
    const symbols = Array.from({ length: 100 }, (_, index) => `S${index}USDT`);
    const replies = await Promise.all(symbols.map((symbol) => post(pythonAlert({ symbol }))));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(alerts()).toHaveLength(100);
  });
});

describe('a desk that goes away and comes back', () => {
  it('D6 answers a script only when its alert is on disk', async () => {
    const memory = createMemory();
    const { post, alerts } = await start({}, memory);
    const write = memory.holdBack();
    let isAnswered = false;
    const posted = post(pythonAlert()).finally(() => (isAnswered = true));
    await expect.poll(() => alerts().length).toBe(1);
    await post(pythonAlert(), { 'X-API-Key': 'other' });
    expect([isAnswered, await memory.recall()]).toEqual([false, null]);
    write();
    const { body } = await posted;
    expect(await memory.recall()).toEqual([body.alertId]);
  });

  it('knows what it was sent before: posted again it is no second alert', async () => {
    const memory = createMemory();
    const before = await start({}, memory);
    const { body } = await before.post(pythonAlert());
    await before.close();
    const after = await start({}, memory);
    expect(await after.post(pythonAlert())).toMatchObject({ status: 200, body });
    expect([before.alerts().length, after.alerts().length]).toEqual([1, 0]);
    expect((await after.post(pythonAlert({ symbol: 'BBBUSDT' }))).status).toBe(200);
    expect(after.alerts()).toHaveLength(1);
  });

  it('delivers all the same where the disk refuses, since the desk itself says so', async () => {
    const memory = createMemory();
    memory.refuse();
    const { post, alerts } = await start({}, memory);
    expect((await post(pythonAlert())).status).toBe(200);
    expect(alerts()).toHaveLength(1);
  });
});

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
      await once(socket, 'close');
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
  }, 60_000);

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
    await once(socket.resume(), 'close');
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

describe('how it stands on the desk', () => {
  it('has a name, only watches, and a light that is live while it listens', async () => {
    const listening = await start();
    expect(listening.events[0]).toMatchObject({
      type: 'backend-configured',
      config: { id: 'ingest', practice: false, watchesOnly: true },
    });
    expect(links(listening).map(({ state }) => state.kind)).toEqual(['connecting', 'live']);
    expect(listening.ingest.status()).toMatchObject({ listening: true, lastError: null });
  });

  it('D5 keeps what it could not understand, redacted and bounded, and counts what it refused', async () => {
    const listening = await start();
    for (let index = 0; index < 12; index += 1)
      await listening.post({ password: 'hunter2', note: 'x'.repeat(5_000) });
    // The first at once, the others together.
    expect(links(listening).at(-1)?.rejected).toBeLessThan(12);
    await listening.clock.advance(1_000);
    const status = links(listening).at(-1);
    expect(status).toMatchObject({ received: 12, rejected: 12, perMinute: 12 });
    expect(status?.rejectedSamples).toHaveLength(10);
    expect(status?.rejectedSamples[0]?.raw.length).toBeLessThanOrEqual(2_000);
    expect(JSON.stringify(listening.events)).not.toContain('hunter2');
  });

  it('S1 tells the key to whoever made it and to nobody else', async () => {
    const listening = await start();
    await listening.post(pythonAlert());
    await listening.post({});
    expect(JSON.stringify([listening.events, listening.ingest.status()])).not.toContain(listening.key);
  });

  it('goes from the desk when it is switched off, and comes back, without a restart', async () => {
    const { change, events, ingest, post } = await start();
    const { url } = ingest.status();
    await change({ enabled: false });
    expect(events.at(-1)).toEqual({ type: 'backend-removed', backendId: 'ingest' });
    await expect(fetch(url, { method: 'POST' })).rejects.toThrow();
    await change({ enabled: true });
    expect((await post(pythonAlert())).status).toBe(200);
  });

  it('says in words that its port is taken, and takes it when it is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const listening = await start({ port });
    const words = `Port ${port} is taken by another program.`;
    expect(links(listening).at(-1)?.state).toMatchObject({
      kind: 'stopped',
      cause: { message: expect.stringContaining(words) as string },
    });
    expect(listening.ingest.status()).toMatchObject({
      listening: false,
      lastError: { message: expect.stringContaining(words) as string },
    });
    await new Promise((resolve) => other.close(resolve));
    await listening.clock.advance(15_000);
    await listening.ingest.settled();
    expect(links(listening).at(-1)?.state.kind).toBe('live');
  });

  it('listens to this machine alone unless the network was asked for', async () => {
    const { change, ingest } = await start();
    expect(ingest.status().networkUrls).toEqual([]);
    await change({ bind: 'network' });
    const { url, listening } = ingest.status();
    expect(listening).toBe(true);
    expect(new URL(url).hostname).toBe('127.0.0.1');
  });

  it('stops at once when the settings change twice while it opens', async () => {
    const { change, ingest, events } = await start({ enabled: false });
    await Promise.all([change({ enabled: true }), change({ enabled: false })]);
    expect(ingest.status().listening).toBe(false);
    expect(events.at(-1)).toEqual({ type: 'backend-removed', backendId: 'ingest' });
  });
});

import { describe, expect, it } from 'vitest';

import { alert as alertSchema } from '#shared/domain/alerts/alert.ts';
import { volumeSpike } from '#shared/domain/alerts/volume.ts';

import { createMemory, pythonAlert, useListening } from './testing/listening.ts';

const start = useListening();

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

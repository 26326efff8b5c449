import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ManualClock } from '../../lib/clock.ts';
import type { Practice } from '../practice.ts';
import { openHub } from '../testing/hub-client.ts';
import type { Client } from '../testing/practice-client.ts';
import { startForTest } from '../testing/practice-client.ts';
import { practiceBackend } from '../port.ts';

let practice: Practice;
let clock: ManualClock;
let client: Client;
let address: string;

beforeEach(async () => {
  ({ practice, clock, client } = await startForTest());
  ({ address } = practiceBackend(practice.ready, 'market-hub'));
});
afterEach(() => practice.stop());

describe('the wire of the practice market hub', () => {
  it('welcomes first, on any path, from any origin', async () => {
    for (const path of ['', '/', '/any/path?and=query']) {
      const hub = await openHub(address + path, { origin: 'https://elsewhere.example' });
      expect(JSON.parse(hub.texts[0] ?? '')).toMatchObject({
        type: 'system_status',
        data: { status: 'connected' },
      });
      await hub.close();
    }
  });

  it('negotiates compression where it is offered, and no protocol', async () => {
    const compressed = await openHub(address);
    expect(compressed.upgrade.headers['sec-websocket-extensions']).toContain('permessage-deflate');
    const plain = await openHub(address, { perMessageDeflate: false });
    expect(plain.upgrade.headers['sec-websocket-extensions']).toBeUndefined();
    expect(plain.upgrade.headers['sec-websocket-protocol']).toBeUndefined();
  });

  it('answers a plain request with 426', async () => {
    const answer = await fetch(address.replace('ws:', 'http:'));
    expect(answer.status).toBe(426);
    expect(answer.headers.get('content-type')).toContain('text/plain');
  });

  it('answers a ping to that client only, in the reply form', async () => {
    const [asking, other] = [await openHub(address), await openHub(address)];
    asking.send('{"type":"ping"}');
    expect((await asking.first('heartbeat')).data).toEqual({ message: 'pong' });
    asking.send(Buffer.from('{"type":"ping"}'));
    await asking.settled();
    await other.settled();
    expect(asking.of('heartbeat')).toHaveLength(2);
    expect(other.of('heartbeat')).toEqual([]);
  });

  it('passes over what it does not know, without an answer', async () => {
    const hub = await openHub(address);
    for (const text of ['{"type":"subscribe","symbols":["ETH-USDC"]}', '{"type":"bogus"}', '{}', 'not json'])
      hub.send(text);
    await hub.settled();
    expect(hub.texts).toHaveLength(1);
  });

  it('closes with 1011 on JSON that is no object, and on bytes that are no text', async () => {
    for (const message of ['[1,2]', '"text"', '7', 'null', Buffer.from([0xff, 0xfe])]) {
      const hub = await openHub(address);
      hub.send(message);
      expect(await hub.closed).toBe(1011);
    }
  });

  it('beats every 30 s from the start of the server, with the count of clients', async () => {
    await clock.advance(29_000);
    const [one, two] = [await openHub(address), await openHub(address)];
    await clock.advance(1_000);
    for (const hub of [one, two]) expect((await hub.first('heartbeat')).data.clients).toBe(2);
    await clock.advance(30_000);
    await one.settled();
    expect(one.of('heartbeat')).toHaveLength(2);
  });

  it('replays nothing to one who comes back', async () => {
    const before = await openHub(address);
    await client.control('market-hub-tell', { type: 'alert', data: { message: 'once' } });
    await before.first('alert');
    await before.close();
    const after = await openHub(address);
    await client.control('market-hub-tell', { type: 'alert', data: { message: 'later' } });
    await after.first('alert');
    expect(after.of('alert').map(({ data }) => data.message)).toEqual(['later']);
  });

  it('writes local times without a zone, with microseconds unless they are 0, and escapes what is not ASCII', async () => {
    const hub = await openHub(address);
    expect(new Date(hub.of('system_status')[0]?.timestamp ?? '').getTime()).toBe(clock.now());
    expect(hub.of('system_status')[0]?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    await clock.advance(123);
    await client.control('market-hub-tell', { type: 'alert', data: { message: 'Überfluß 🚀' } });
    await client.control('market-hub-tell', { type: 'alert', data: { message: 'second' } });
    const [first, second] = [
      await hub.first('alert'),
      await hub.first('alert', ({ message }) => message === 'second'),
    ];
    expect(first.data.message).toBe('Überfluß 🚀');
    expect(hub.texts[1]).toMatch(/^[\x20-\x7e]+$/);
    expect(first.timestamp).toMatch(/\.123000$/);
    expect(second.timestamp).toMatch(/\.123001$/);
  });

  it('sends tokens that are no JSON when it is asked to, and only then', async () => {
    const hub = await openHub(address);
    const text = '{"type":"price_update","data":{"symbol":"ETH","price":NaN},"timestamp":""}';
    await client.control('market-hub-raw', { text });
    await hub.settled();
    expect(hub.texts.slice(1)).toEqual([text]);
  });
});

describe('faults of the practice market hub', () => {
  it('is mute while it hangs: no welcome, no pong, no beat', async () => {
    const hub = await openHub(address);
    await client.control('hang', { what: 'live' });
    const late = await openHub(address, { welcomed: false });
    late.send('{"type":"ping"}');
    hub.send('{"type":"ping"}');
    await Promise.all([late.settled(), hub.settled()]);
    await clock.advance(65_000);
    await client.control('resume-hang');
    hub.send('{"type":"ping"}');
    await hub.first('heartbeat');
    late.send('[]');
    expect(await late.closed).toBe(1011);
    expect(late.texts).toEqual([]);
    expect(hub.of('heartbeat').map(({ data }) => data)).toEqual([{ message: 'pong' }]);
  });

  it('drops connections, repeats what it tells, and counts its clients', async () => {
    const hub = await openHub(address);
    expect(await client.control('state')).toMatchObject({ marketHubClients: 1 });
    await client.control('duplicate-events', { copies: 2 });
    await client.control('market-hub-tell', { type: 'alert', data: { message: 'thrice' } });
    await hub.settled();
    expect(hub.of('alert')).toHaveLength(3);
    await client.control('drop-connections');
    expect(await hub.closed).toBe(1006);
  });
});

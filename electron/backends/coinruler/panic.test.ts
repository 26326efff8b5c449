import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createManualClock } from '../../lib/clock.ts';
import type { Backend, PanicPort } from '../port.ts';
import { coinruler } from './kind.ts';
import type { Harness } from './testing/harness.ts';
import { containing, createHarness, eventually } from './testing/harness.ts';
import type { StubServer } from './testing/stub-server.ts';
import { SILENCE, startStubServer } from './testing/stub-server.ts';

let server: StubServer;
let harness: Harness;
let backend: Backend;
const clock = createManualClock();

beforeEach(async () => {
  server = await startStubServer();
  harness = createHarness({ address: server.address, ownerId: 'owner-1', clock });
  backend = coinruler.create(harness.context);
});

afterEach(async () => {
  backend.dispose();
  await server.close();
});

function panic(): PanicPort {
  if (backend.panic === null) throw new Error('CoinRuler can be halted');
  return backend.panic;
}

const stored = (enabled: boolean | null): object => ({
  enabled,
  reason: 'r',
  timestamp: '2030-01-01T00:00:00Z',
  setBy: 'quarterdeck',
});

describe('panic', () => {
  it('K11 halts by a request of its own, without a stream', async () => {
    server.on('POST /kill-switch', { json: stored(true) });
    expect(await panic().halt('drill')).toMatchObject({ kind: 'accepted' });
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).toMatchObject({
      body: { enabled: true, reason: 'drill', setBy: 'quarterdeck' },
      headers: { 'x-owner-id': 'owner-1' },
    });
    expect(await harness.event('kill-switch')).toMatchObject({ killSwitch: { enabled: true } });
  });

  it('K4 is confirmed by reading the kill switch', async () => {
    server.on('GET /kill-switch', { json: { ...stored(true), _id: 'k' } });
    expect(await panic().read()).toMatchObject({ enabled: true, setBy: 'quarterdeck' });
  });

  it('K2 a server that hangs is given up within four seconds, as unknown', async () => {
    server.on('POST /kill-switch', SILENCE);
    const answering = panic().halt('drill');
    await eventually(() => server.asked.length).toBe(1);
    await clock.advance(4_000);
    expect((await answering).kind).toBe('unknown');
  });

  it('§4.3 an answer that does not say enabled is not taken for a halt', async () => {
    server.on('POST /kill-switch', { json: { timestamp: '2030-01-01T00:00:00Z' } });
    expect((await panic().halt('drill')).kind).toBe('unknown');
    server.on('POST /kill-switch', { json: stored(false) });
    expect((await panic().halt('drill')).kind).toBe('unknown');
  });

  it('a refused owner id is a refusal, in words', async () => {
    server.on('POST /kill-switch', { status: 401, json: { error: 'Unauthorized' } });
    expect(await panic().halt('drill')).toMatchObject({
      kind: 'refused',
      message: containing('owner id'),
    });
  });

  it('§7.6 goes out when the budget of everything else is used up', async () => {
    for (let count = 0; count < 60; count += 1) {
      await backend.read('status', {}, new AbortController().signal).catch(() => null);
    }
    const before = server.asked.length;
    expect(before).toBeLessThanOrEqual(40);
    server.on('POST /kill-switch', { json: stored(true) });
    expect((await panic().halt('drill')).kind).toBe('accepted');
    expect(server.asked.length).toBe(before + 1);
  });

  it('K5 a server that nobody listens at was not asked, which is no refusal of its own', async () => {
    await server.close();
    await expect(panic().halt('drill')).rejects.toMatchObject({ sent: false });
  });

  it('§7.12 a kill switch that reads null is unknown', async () => {
    server.on('GET /kill-switch', { json: { ...stored(null), _id: 'k' } });
    expect((await panic().read()).enabled).toBeNull();
  });

  it('K4 an unreadable kill switch rejects in words', async () => {
    server.on('GET /kill-switch', { status: 503, json: { error: 'Database not connected' } });
    await expect(panic().read()).rejects.toThrow('database');
  });

  it('K7 resumes', async () => {
    server.on('POST /kill-switch', { json: stored(false) });
    expect((await panic().resume('checked')).kind).toBe('accepted');
    expect(server.asked[0]?.body).toMatchObject({ enabled: false });
  });

  it('K9 says what it does not do', () => {
    expect(coinruler.descriptor.panic.doesNot.join(' ')).toMatch(/positions.*ten minutes/s);
    expect(coinruler.descriptor.panic.byHand).toContain('Coinbase');
  });
});

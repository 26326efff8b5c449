import { afterEach, describe, expect, it } from 'vitest';

import type { LinkStatus } from '#shared/domain/link.ts';
import { SECOND_MS } from '#shared/time.ts';

import { volspike } from './kind.ts';
import { createHarness } from './testing/harness.ts';
import { recordedAnswer } from './testing/recordings.ts';
import { startStub } from './testing/stub-server.ts';

let closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

const ACCOUNT = { secrets: { email: 'pro@example.com', password: 'secret1' } };

async function start(given: Parameters<typeof createHarness>[1] = {}, prepare?: (stub: Stub) => void) {
  const stub = await startStub();
  closing.push(stub.close);
  prepare?.(stub);
  const harness = createHarness(stub.address, given);
  const backend = volspike.create(harness.context);
  closing.push(() => backend.dispose());
  backend.start();
  const inState = async (linkId: string, kind: LinkStatus['state']['kind']) => {
    const { status } = await harness.event(
      'link-status',
      (event) => event.status.linkId === linkId && event.status.state.kind === kind,
    );
    return status;
  };
  return { stub, harness, backend, inState };
}
type Stub = Awaited<ReturnType<typeof startStub>>;

const count = (stub: Stub, what: string): number => stub.asked.all.filter((one) => one.what === what).length;

describe('over a real socket', () => {
  it('listens as a guest, reads the list, and takes what comes', async () => {
    const { stub, harness, inState } = await start();
    await inState('live', 'live');
    expect(stub.handshakes.all[0]?.auth).toEqual({ token: 'guest' });
    expect(harness.entries('spikes').length).toBe(2);
    expect(harness.of('alert')).toEqual([]);
    expect(harness.of('link-status').some(({ status }) => status.linkId === 'account')).toBe(false);
  });

  it('9. an id is sent as what it is, and no token of a session goes to the socket', async () => {
    const { stub, inState } = await start({ ...ACCOUNT, options: { identity: 'u-pro' } });
    await inState('account', 'live');
    await inState('live', 'live');
    expect(stub.handshakes.all[0]).toMatchObject({ auth: { token: 'u-pro' }, query: { method: 'id' } });
    expect(JSON.stringify(stub.handshakes.all)).not.toContain('<jwt>');
    const list = stub.asked.all.find(({ what }) => what === 'GET /api/volume-alerts');
    expect(list?.authorization).toBeUndefined();
  });

  it('D2 asks instead while the socket is refused, says so, and rests when it stands again', async () => {
    const { stub, harness, inState } = await start({}, (one) => void one.refuse('Authentication failed'));
    const waiting = await inState('live', 'waiting');
    await inState('polling', 'live');
    expect(harness.entries('spikes').length).toBe(2);
    stub.refuse(null);
    if (waiting.state.kind === 'waiting')
      await harness.clock.advance(waiting.state.nextAttemptAtMs - harness.clock.now());
    await inState('live', 'live');
    expect((await inState('polling', 'stopped')).state).toMatchObject({ cause: { code: 'disabled' } });
  });

  it('D2 an identity that is not accepted stops the link', async () => {
    const { inState } = await start(
      { options: { identity: 'nobody' } },
      (one) => void one.refuse('Invalid token'),
    );
    expect((await inState('live', 'stopped')).state).toMatchObject({ cause: { code: 'credentials' } });
  });

  it('tier-changed opens the socket anew', async () => {
    const { stub, harness, inState } = await start();
    await inState('live', 'live');
    stub.tell('tier-changed', { tier: 'pro' });
    await expect
      .poll(async () => {
        await harness.clock.advance(SECOND_MS);
        return stub.handshakes.all.length;
      })
      .toBe(2);
  });
});

describe('the account', () => {
  it('8. a session ended elsewhere stops it, in words, and nothing is asked again', async () => {
    const { stub, harness, inState } = await start(ACCOUNT);
    await inState('account', 'live');
    stub.answer('GET /api/watchlist', recordedAnswer('old token after second login'));
    await harness.clock.advance(61 * SECOND_MS);
    const { state } = await inState('account', 'stopped');
    expect(state).toMatchObject({
      cause: { code: 'credentials', message: expect.stringContaining('elsewhere') as unknown },
    });
    const before = stub.asked.all.length;
    await harness.clock.advance(600 * SECOND_MS);
    expect(count(stub, 'POST /api/auth/signin')).toBe(1);
    expect(stub.asked.all.slice(before).filter(({ what }) => what.includes('watchlist'))).toEqual([]);
  });

  it('session:invalidated of another session is nothing, of ours it stops the account and not the socket', async () => {
    const { stub, harness, inState } = await start(ACCOUNT);
    await inState('account', 'live');
    await inState('live', 'live');
    stub.tell('session:invalidated', { sessionId: 'another', reason: 'new_login' });
    stub.tell('session:invalidated', { sessionId: 'cmwplwsaf00027t7dcpz4f226', reason: 'new_login' });
    await inState('account', 'stopped');
    expect(
      harness
        .of('link-status')
        .filter(({ status }) => status.linkId === 'live')
        .at(-1)?.status.state.kind,
    ).toBe('live');
    expect(count(stub, 'POST /api/auth/signin')).toBe(1);
  });

  it('the device stays the same from one start to the next', async () => {
    const { stub, harness, inState, backend } = await start(ACCOUNT);
    await inState('account', 'live');
    backend.dispose();
    const again = volspike.create(harness.context);
    closing.push(() => again.dispose());
    again.start();
    await stub.asked.until(() => count(stub, 'POST /api/auth/signin') === 2);
    const devices = stub.asked.all
      .filter(({ what }) => what === 'POST /api/auth/signin')
      .map(({ body }) => (JSON.parse(body) as { deviceId: string }).deviceId);
    expect(new Set(devices).size).toBe(1);
  });

  it('sets a threshold, reads it again, and says limits and duplicates in words', async () => {
    const { stub, inState, backend } = await start(ACCOUNT);
    await inState('account', 'live');
    const params = { symbol: 'BTCUSDT', figure: 'price', threshold: '50000' };
    const by = { requestId: 'r', origin: 'test' };
    stub.answer('POST /api/user-alerts', recordedAnswer('user-alerts create'));
    const answer = await backend.acting.perform('threshold.create', params, by);
    expect(answer.kind).toBe('accepted');
    expect(await backend.acting.verify('threshold.create', params, answer)).toMatchObject({
      kind: 'confirmed',
    });
    stub.answer('POST /api/user-alerts', recordedAnswer('free email delivery'));
    expect(await backend.acting.perform('threshold.create', params, by)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('requires Pro or Elite') as unknown,
    });
    const prepared = await backend.acting.prepare('threshold.create', { ...params, threshold: '-1' });
    expect(prepared.checks).toMatchObject([{ verdict: 'block' }]);
  });
});

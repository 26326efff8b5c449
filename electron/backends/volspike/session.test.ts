import { describe, expect, it, onTestFinished } from 'vitest';

import { HOUR_MS, SECOND_MS } from '#shared/time.ts';

import { volspike } from './kind.ts';
import { recordedAnswer, spike } from './testing/recordings.ts';
import { ACCOUNT, BY, start } from './testing/start.ts';
import type { Started } from './testing/start.ts';
import type { Stub } from './testing/stub-server.ts';

const SIGN_IN = 'POST /api/auth/signin';
const LISTS = 'GET /api/watchlist';

/** Each sign-in gives a token of its own. */
function numbered(stub: Stub): void {
  let given = 0;
  stub.answer(SIGN_IN, () => {
    given += 1;
    const signedIn = recordedAnswer('signin').body as object;
    return { status: 200, body: { ...signedIn, token: `jwt-${given}`, sessionId: `session-${given}` } };
  });
}

/** The next answer to this is held back until `release`. */
function hold(stub: Stub, what: string, answer: { status: number; body: unknown }) {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  stub.answer(what, async () => {
    await held;
    return answer;
  });
  return { release: () => release() };
}

/** Moves on to so long before the session is to be renewed, with both links live. */
async function almostDue({ clock, backend, settled, now }: Started, beforeMs: number): Promise<void> {
  const dueAtMs = clock.now() + 23 * HOUR_MS;
  await clock.advance(23 * HOUR_MS - 40 * SECOND_MS);
  // Hours in one go look like an outage.
  backend.wake();
  await settled(() => now('live') === 'live' && now('account') === 'live');
  await clock.advance(dueAtMs - beforeMs - clock.now());
}

const bearersOf = ({ stub }: Started, what: string) =>
  stub.asked.all.filter((one) => one.what === what).map(({ authorization }) => authorization);

describe('the session', () => {
  it('signs in anew before the token runs out, from the same device', async () => {
    const desk = await start(ACCOUNT, numbered);
    await desk.inState('account', 'live');
    await almostDue(desk, SECOND_MS);
    await desk.clock.advance(2 * SECOND_MS);
    await desk.backend.refresh();
    expect(bearersOf(desk, LISTS).at(-1)).toBe('Bearer jwt-2');
    expect(desk.stub.count(SIGN_IN)).toBe(2);
    const devices = desk.stub.asked.all
      .filter(({ what }) => what === SIGN_IN)
      .map(({ body }) => (body as { deviceId: string }).deviceId);
    expect([devices.length, new Set(devices).size]).toEqual([2, 1]);
  });

  it('D2 signs in anew before the token runs out also where the clock is set back meanwhile', async () => {
    const desk = await start(ACCOUNT, numbered);
    await desk.inState('account', 'live');
    desk.clock.jump(-5 * HOUR_MS);
    await almostDue(desk, 0);
    await desk.backend.refresh();
    await desk.settled(() => desk.stub.count(SIGN_IN) === 2);
    expect(desk.now('account')).toBe('live');
  });

  it('the device stays the same from one start to the next', async () => {
    const desk = await start(ACCOUNT);
    await desk.inState('account', 'live');
    desk.backend.dispose();
    const again = volspike.create(desk.context);
    onTestFinished(() => again.dispose());
    again.start();
    await desk.settled(() => desk.stub.count(SIGN_IN) === 2);
    const devices = desk.stub.asked.all
      .filter(({ what }) => what === SIGN_IN)
      .map(({ body }) => (body as { deviceId: string }).deviceId);
    expect(new Set(devices).size).toBe(1);
  });

  it('D6 a device that cannot be read is replaced for this run alone, and what is kept stays', async () => {
    const desk = await start(ACCOUNT);
    await desk.inState('account', 'live');
    desk.backend.dispose();
    const { memory } = desk.context;
    const unread = { ...memory, recall: () => Promise.reject(new Error('unreadable')) };
    const blind = volspike.create({ ...desk.context, memory: unread });
    blind.start();
    await desk.settled(() => desk.stub.count(SIGN_IN) === 2);
    blind.dispose();
    const again = volspike.create(desk.context);
    onTestFinished(() => again.dispose());
    again.start();
    await desk.settled(() => desk.stub.count(SIGN_IN) === 3);
    const [first, second, third] = desk.stub.asked.all
      .filter(({ what }) => what === SIGN_IN)
      .map(({ body }) => (body as { deviceId: string }).deviceId);
    expect([third === first, second === first]).toEqual([true, false]);
  });

  it('a request that was under way while the session was renewed does not end the new one', async () => {
    const desk = await start(ACCOUNT, numbered);
    await desk.inState('account', 'live');
    // Asked with the old token, and answered only once there is a new one.
    const late = hold(desk.stub, 'GET /api/auth/sessions', recordedAnswer('old token after second login'));
    await almostDue(desk, 3 * SECOND_MS);
    const read = desk.backend.read('sessions', {}, new AbortController().signal);
    const refused = expect(read).rejects.toThrow('renewed meanwhile');
    await desk.stub.asked.until(({ what }) => what === 'GET /api/auth/sessions');
    expect(bearersOf(desk, 'GET /api/auth/sessions')).toEqual(['Bearer jwt-1']);
    await desk.clock.advance(4 * SECOND_MS);
    desk.stub.answer('GET /api/watchlist/limits', { status: 200, body: {} });
    await desk.backend.read('limits', {}, new AbortController().signal);
    expect(bearersOf(desk, 'GET /api/watchlist/limits')).toEqual(['Bearer jwt-2']);
    late.release();
    await refused;
    await desk.backend.read('limits', {}, new AbortController().signal);
    await desk.advanceUntil(() => desk.now('account') === 'live');
    expect(desk.stub.count(SIGN_IN)).toBe(2);
  });

  it('the end of the old session while it is renewed is no news', async () => {
    const desk = await start(ACCOUNT, numbered);
    await desk.inState('account', 'live');
    await desk.inState('live', 'live');
    const { body } = recordedAnswer('signin');
    const signIn = hold(desk.stub, SIGN_IN, {
      status: 200,
      body: { ...(body as object), token: 'jwt-2', sessionId: 'session-2' },
    });
    await almostDue(desk, SECOND_MS);
    await desk.clock.advance(2 * SECOND_MS);
    desk.stub.answer('GET /api/watchlist/limits', { status: 200, body: {} });
    const read = desk.backend.read('limits', {}, new AbortController().signal);
    await desk.settled(() => desk.stub.count(SIGN_IN) === 2);
    desk.stub.tell('session:invalidated', { sessionId: 'session-1', reason: 'new_login' });
    desk.stub.tell('volume-alert', spike('after'));
    await desk.event('alert', ({ alert }) => alert.id === 'spike-after');
    signIn.release();
    await read;
    expect(bearersOf(desk, 'GET /api/watchlist/limits')).toEqual(['Bearer jwt-2']);
    await desk.advanceUntil(() => desk.now('account') === 'live');
  });

  it('a plain 401 ends the session too, and signing in again is a person’s act', async () => {
    const desk = await start(ACCOUNT, numbered);
    await desk.inState('account', 'live');
    desk.stub.answer(LISTS, recordedAnswer('watchlist no auth'));
    await desk.advanceUntil(() => desk.now('account') === 'stopped');
    await desk.clock.advance(HOUR_MS);
    expect(desk.stub.count(SIGN_IN)).toBe(1);
    desk.stub.answer(LISTS, recordedAnswer('watchlist mock token'));
    const answer = await desk.backend.acting.perform('account.sign-in', {}, BY);
    expect(answer).toMatchObject({ kind: 'accepted' });
    expect(await desk.backend.acting.verify('account.sign-in', {}, answer)).toMatchObject({
      kind: 'confirmed',
    });
    await desk.settled(() => desk.now('account') === 'live');
    expect(bearersOf(desk, LISTS).at(-1)).toBe('Bearer jwt-2');
  });
});

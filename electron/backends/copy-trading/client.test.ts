import { expect, it } from 'vitest';
import { z } from 'zod';

import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import type { HttpAnswer, HttpPort, HttpRequest } from '../../connections/port.ts';
import { createManualClock } from '../../lib/clock.ts';
import type { AskOptions } from './ask-options.ts';
import { createClient } from './client.ts';
import { createSession } from './session.ts';

const DAY_S = 86_400;

/** A server that signs everybody in for a day and takes the token, with its clock so far from ours. */
function startWithClock(aheadMs: number) {
  const clock = createManualClock();
  let signIns = 0;
  const api: HttpPort = {
    request() {
      signIns += 1;
      const iat = Math.floor((clock.now() + aheadMs) / 1_000);
      const claims = Buffer.from(JSON.stringify({ iat, exp: iat + DAY_S })).toString('base64url');
      const body = { success: true, token: `h.${claims}.${signIns}` };
      return Promise.resolve({ kind: 'json', status: 200, headers: {}, body });
    },
    stream: () => {
      throw new Error('nothing is streamed here');
    },
    budget: () => null,
    dispose: () => undefined,
  };
  const session = createSession(api, '0xwallet', clock);
  const token = (): Promise<string> => session.token({ priority: 'read' });
  return { clock, token, signIns: () => signIns };
}

it.each([-48 * HOUR_MS, -23.5 * HOUR_MS, 0, 48 * HOUR_MS])(
  'D2 one sign-in lasts its day less an hour, with the clock of the server %i ms ahead',
  async (aheadMs) => {
    const { clock, token, signIns } = startWithClock(aheadMs);
    await token();
    await clock.advance(23 * HOUR_MS - 1);
    await token();
    expect(signIns()).toBe(1);
    await clock.advance(1);
    await token();
    expect(signIns()).toBe(2);
  },
);

it('D2 a sign-in is renewed in time also where our clock is set back meanwhile, and after a sleep', async () => {
  const { clock, token, signIns } = startWithClock(0);
  await token();
  clock.jump(-10 * HOUR_MS);
  await clock.advance(23 * HOUR_MS);
  await token();
  expect(signIns()).toBe(2);
  clock.jump(30 * HOUR_MS);
  await token();
  expect(signIns()).toBe(3);
});

/** A server that signs everybody in and takes no token. */
function startTakingNone() {
  const asked: HttpRequest[] = [];
  const answer = (status: number, body: unknown): HttpAnswer => ({
    kind: 'json',
    status,
    headers: {},
    body,
  });
  const api: HttpPort = {
    request(request) {
      asked.push(request);
      return Promise.resolve(
        request.path === '/api/auth/login'
          ? answer(200, { success: true, token: `token-${asked.length}` })
          : answer(401, { error: 'Token expired' }),
      );
    },
    stream: () => {
      throw new Error('nothing is streamed here');
    },
    budget: () => null,
    dispose: () => undefined,
  };
  const clock = createManualClock();
  const client = createClient(api, api, createSession(api, '0xwallet', clock), clock);
  return {
    clock,
    signIns: () => asked.filter(({ path }) => path === '/api/auth/login').length,
    read: (priority: AskOptions['priority'] = 'read') =>
      client.readOwn('/portfolio', z.object({}), { priority }).catch(() => null),
  };
}

it.each([-10 * HOUR_MS, 0])(
  'D2 a server that takes no token is asked for the next after ten minutes, with the clock set by %i ms meanwhile',
  async (setByMs) => {
    const { clock, read, signIns } = startTakingNone();
    await read();
    expect(signIns()).toBe(2);
    clock.jump(setByMs);
    await clock.advance(9 * MINUTE_MS);
    await read();
    expect(signIns()).toBe(2);
    await clock.advance(MINUTE_MS);
    await read();
    expect(signIns()).toBe(3);
  },
);

it('K11 PANIC signs in anew whatever was refused before', async () => {
  const { read, signIns } = startTakingNone();
  await read();
  await read('panic');
  expect(signIns()).toBe(3);
});

import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { redirectUri } from '#shared/domain/backends/sign-in.ts';

import { createConnections } from '../connections/connections.ts';
import type { JournalRecord } from '../journal/port.ts';
import { createManualClock, type ManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { findFreePort } from '../lib/testing/free-port.ts';
import { createDiscordClient } from './discord-client.ts';
import type { SignInPort } from './port.ts';
import { createSignIn } from './sign-in.ts';
import { CLIENT_ID, type OauthServer, startOauthServer } from './testing/oauth-server.ts';

const BOT = 'bot-1';
const OWNER = '987654321098765432';

let clock: ManualClock;
let port: number;
let server: OauthServer;
let secrets: Map<string, string>;
let journal: JournalRecord[];
let reconnected: string[];
let opened: string[];
/** What the browser does with the address that it is given. */
let browser: (address: string) => Promise<unknown>;
let signIn: SignInPort;
let clientId: string | null;

beforeEach(async () => {
  clock = createManualClock();
  port = await findFreePort();
  server = await startOauthServer(redirectUri(port));
  secrets = new Map();
  journal = [];
  reconnected = [];
  opened = [];
  browser = follow;
  clientId = CLIENT_ID;
  signIn = createSignIn({
    settings: () => ({ discordClientId: clientId, port }),
    ownerSecretOf: (id) => (id === BOT ? 'ownerId' : null),
    backendIds: () => [BOT],
    vault: {
      set: (id, name, value) => Promise.resolve(void secrets.set(`${id}/${name}`, value)),
      reveal: (id, name) => Promise.resolve(secrets.get(`${id}/${name}`) ?? null),
      remove: (id, name) => Promise.resolve(void secrets.delete(`${id}/${name}`)),
    },
    reconnect: (id) => void reconnected.push(id),
    discord: createDiscordClient(
      createConnections({ clock, log: silentLogger, random: () => 0 }),
      server.base,
    ),
    openBrowser(address) {
      opened.push(address);
      void browser(address);
      return Promise.resolve();
    },
    journal: { append: (record) => void journal.push(record) },
    random: randomBytes,
    clock,
    log: silentLogger,
  });
});

afterEach(async () => {
  signIn.dispose();
  // No token, code or verifier is in the journal (S1).
  const written = JSON.stringify(journal);
  for (const secret of [...server.tokens, ...server.codes]) expect(written).not.toContain(secret);
  await server.close();
});

/** A browser: follows the redirects and reads the page at the end. */
const follow = (address: string): Promise<Response> => fetch(address);
const ownerId = (): string | undefined => secrets.get(`${BOT}/ownerId`);
const stateOf = (address: string): string => new URL(address).searchParams.get('state') ?? '';
const back = (query: string): string => `${redirectUri(port)}?${query}`;

/** Begins, and has the address of the browser's page in hand. */
async function begin() {
  browser = () => Promise.resolve();
  const answer = signIn.start(BOT);
  await expect.poll(() => opened.length).toBe(1);
  return { answer, address: opened[0] ?? '' };
}

async function isListening(): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}

describe('S4 signing in with Discord', () => {
  it('goes through the system’s browser with PKCE and state, and the owner id is that of who signed in', async () => {
    let page = '';
    browser = async (address) => (page = await (await follow(address)).text());
    expect(await signIn.start(BOT)).toEqual({ ok: true, message: 'Signed in as owner.' });
    expect(ownerId()).toBe(OWNER);
    expect(reconnected).toEqual([BOT]);
    expect(server.refusals).toEqual([]);
    await expect.poll(() => page).toContain('You can close this page');
    expect(page).not.toContain(server.codes[0] ?? 'no code');
    expect(await signIn.status(BOT)).toMatchObject({ state: 'signed-in', name: 'owner' });
    expect(journal.map(({ summary }) => summary)).toEqual(['Signed in with Discord as owner']);
    expect(await isListening()).toBe(false);
  });

  it('takes no secret along, asks for the name alone and makes each state and challenge anew', async () => {
    await signIn.start(BOT);
    await signIn.start(BOT);
    const [one, two] = opened.map((address) => new URL(address).searchParams);
    expect(one?.get('scope')).toBe('identify');
    expect(one?.get('code_challenge_method')).toBe('S256');
    expect(one?.has('client_secret')).toBe(false);
    expect(one?.get('state')).not.toBe(two?.get('state'));
    expect(one?.get('code_challenge')).not.toBe(two?.get('code_challenge'));
  });

  it('as somebody else than the owner that is kept is refused in words, and withdrawn at Discord', async () => {
    secrets.set(`${BOT}/ownerId`, '111111111111111111');
    const { ok, message } = await signIn.start(BOT);
    expect(ok).toBe(false);
    expect(message).toContain('not the owner');
    expect(ownerId()).toBe('111111111111111111');
    expect(server.revoked).toEqual([server.tokens[1]]);
    expect(await signIn.status(BOT)).toMatchObject({ state: 'signed-out' });
  });

  it('as the owner that is kept is taken, and signing out leaves an id that the person typed', async () => {
    secrets.set(`${BOT}/ownerId`, OWNER);
    expect(await signIn.start(BOT)).toMatchObject({ ok: true });
    expect(await signIn.signOut(BOT)).toMatchObject({ ok: true });
    expect(ownerId()).toBe(OWNER);
  });

  it('that is denied, cancelled or never comes back changes nothing and says so', async () => {
    server.decision = 'deny';
    expect((await signIn.start(BOT)).message).toContain('did not allow');
    opened = [];
    const cancelled = await begin();
    expect(await signIn.status(BOT)).toMatchObject({ state: 'under-way' });
    expect(await signIn.start(BOT)).toMatchObject({ ok: false, message: 'A sign-in is under way already.' });
    signIn.cancel();
    expect((await cancelled.answer).message).toContain('cancelled');
    opened = [];
    const late = await begin();
    await clock.advance(300_000);
    expect((await late.answer).message).toContain('within five minutes');
    expect(await isListening()).toBe(false);
    expect(secrets.size).toBe(0);
    expect(clock.pending()).toBe(0);
  });

  it('with a wrong state, two states or none is turned away, and the right one still counts', async () => {
    const { answer, address } = await begin();
    for (const query of [
      'code=x&state=wrong',
      `code=x`,
      `code=x&state=${stateOf(address)}&state=again`,
      'error=access_denied',
    ])
      expect((await follow(back(query))).status).toBe(400);
    await follow(address);
    expect(await answer).toMatchObject({ ok: true });
  });

  it('takes one callback: a second one finds nothing, and a code that is played again opens nothing', async () => {
    const { answer, address } = await begin();
    await follow(address);
    expect(await answer).toMatchObject({ ok: true });
    const code = server.codes[0] ?? '';
    await expect(follow(back(`code=${code}&state=${stateOf(address)}`))).rejects.toThrow();
    opened = [];
    const again = await begin();
    await follow(back(`code=${code}&state=${stateOf(again.address)}`));
    expect((await again.answer).message).toContain('refused');
    expect(server.refusals).toEqual(['used code']);
  });

  it('a code that another client asked for fails at its verifier', async () => {
    const first = await begin();
    const redirected = await fetch(first.address, { redirect: 'manual' });
    const stolen = new URL(redirected.headers.get('location') ?? '').searchParams.get('code') ?? '';
    signIn.cancel();
    await first.answer;
    opened = [];
    const second = await begin();
    await follow(back(`code=${stolen}&state=${stateOf(second.address)}`));
    expect(await second.answer).toMatchObject({ ok: false });
    expect(server.refusals).toEqual(['verifier']);
    expect(ownerId()).toBeUndefined();
  });

  it('without a client id, or for a backend whose owner does not sign in, says so and opens nothing', async () => {
    clientId = null;
    expect((await signIn.start(BOT)).message).toContain('client id');
    clientId = CLIENT_ID;
    expect((await signIn.start('other')).message).toContain('does not sign in');
    expect(opened).toEqual([]);
    expect(await isListening()).toBe(false);
  });

  it('says which port is taken, and opens no browser', async () => {
    const other = await occupy(port);
    expect((await signIn.start(BOT)).message).toContain(`Port ${port} is taken`);
    expect(opened).toEqual([]);
    await new Promise((resolve) => other.close(resolve));
  });
});

describe('S4 the session', () => {
  it('is renewed before it runs out, with a new refresh token each time', async () => {
    await signIn.start(BOT);
    const first = secrets.get(`${BOT}/discord-session`) ?? '';
    signIn.watch();
    await clock.advance(604_800_000 - 3_600_000 + 600_000);
    await expect.poll(() => server.tokens.length).toBe(4);
    await expect.poll(() => secrets.get(`${BOT}/discord-session`)).toContain(server.tokens[3]);
    expect(first).toContain(server.tokens[1]);
    expect(secrets.get(`${BOT}/discord-session`)).not.toContain(server.tokens[1]);
    expect(await signIn.status(BOT)).toMatchObject({ state: 'signed-in' });
  });

  it('that Discord withdrew has ended, is said and journaled, and the owner id stays so that PANIC still works', async () => {
    await signIn.start(BOT);
    server.withdrawn = true;
    await clock.advance(604_800_000);
    signIn.watch();
    await expect.poll(async () => (await signIn.status(BOT)).state).toBe('ended');
    await expect.poll(() => journal.at(-1)?.summary).toContain('has ended');
    expect(ownerId()).toBe(OWNER);
  });

  it('ends with signing out: withdrawn at Discord, and the owner id that it gave goes with it', async () => {
    await signIn.start(BOT);
    expect(await signIn.signOut(BOT)).toMatchObject({ ok: true, message: 'Signed out.' });
    expect(server.revoked).toEqual([server.tokens[1]]);
    expect(secrets.size).toBe(0);
    expect(reconnected).toEqual([BOT, BOT]);
  });

  it('ends here even when Discord cannot be told, which is said', async () => {
    await signIn.start(BOT);
    await server.close();
    const { ok, message } = await signIn.signOut(BOT);
    expect(ok).toBe(true);
    expect(message).toContain('could not be told');
    expect(secrets.size).toBe(0);
  });
});

describe('S6 the listener of the sign-in', () => {
  it('is there only while one is under way, on loopback, and turns away what is no callback of a browser', async () => {
    expect(await isListening()).toBe(false);
    const { answer, address } = await begin();
    const good = `/discord/callback?code=x&state=${stateOf(address)}`;
    expect(await ask({ path: good, headers: { Origin: 'https://evil.example' } })).toBe(403);
    expect(await ask({ path: good, headers: { Host: `evil.example:${port}` } })).toBe(403);
    expect(await ask({ path: good, headers: { Host: `localhost:${port}` } })).toBe(403);
    expect(await ask({ path: good, method: 'POST' })).toBe(405);
    expect(await ask({ path: '/other' })).toBe(404);
    expect(await ask({ path: `/discord/callback?state=${stateOf(address)}` })).toBe(400);
    expect(await signIn.status(BOT)).toMatchObject({ state: 'under-way' });
    signIn.cancel();
    await answer;
    expect(await isListening()).toBe(false);
  });

  it('has room for the browser, however many connections somebody opens and leaves mute', async () => {
    const { answer, address } = await begin();
    const mute = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        return socket;
      }),
    );
    await follow(address);
    expect(await answer).toMatchObject({ ok: true });
    for (const socket of mute) socket.destroy();
  });

  it('takes no request that is larger than a callback, and one under another method, however it is asked', async () => {
    const { answer, address } = await begin();
    const state = stateOf(address);
    expect(await ask({ path: `/discord/callback?state=${state}&code=${'x'.repeat(9_000)}` })).toBe(431);
    expect(await ask({ path: `/discord/callback?state=${state}&code=${'x'.repeat(600)}` })).toBe(400);
    expect(await ask({ path: `/discord/callback?state=${state}&code=a%0d%0ab` })).toBe(400);
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE'])
      expect(await ask({ path: `/discord/callback?code=x&state=${state}`, method }), method).toBe(405);
    expect(await ask({ path: `//evil.example/discord/callback?code=x&state=${state}` })).toBe(404);
    signIn.cancel();
    expect(await answer).toMatchObject({ ok: false });
    expect(secrets.size).toBe(0);
  });

  it('is one for one sign-in: a second one is refused, and what comes late finds nobody', async () => {
    const { answer, address } = await begin();
    expect((await signIn.start(BOT)).message).toContain('under way already');
    expect(opened).toHaveLength(1);
    await clock.advance(5 * 60_000);
    expect((await answer).message).toContain('within five minutes');
    await expect(follow(address)).rejects.toThrow();
    opened = [];
    const next = await begin();
    expect(stateOf(next.address)).not.toBe(stateOf(address));
    expect((await follow(back(`code=late&state=${stateOf(address)}`))).status).toBe(400);
    await follow(next.address);
    expect(await next.answer).toMatchObject({ ok: true });
  });
});

function ask({
  path,
  method = 'GET',
  headers = {},
}: {
  path: string;
  method?: string;
  headers?: object;
}): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path, method, headers: { ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

function occupy(wanted: number): Promise<Server> {
  return new Promise((resolve) => {
    const other = createServer();
    other.listen(wanted, '127.0.0.1', () => resolve(other));
  });
}

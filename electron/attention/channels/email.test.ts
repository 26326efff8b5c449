import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';

import type { ChannelConfig } from '#shared/domain/attention/channel.ts';

import { createConnections } from '../../connections/connections.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { email } from './email.ts';
import { startMailServer as start } from './testing/mail-server.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function startMailServer(options: SMTPServerOptions = {}) {
  const server = await start(options);
  closers.push(server.close);
  return server;
}

/** Takes everything up to the text of a mail, and hangs up with it half read. */
async function startServerThatBreaksOff(): Promise<number> {
  const server = createServer((socket) => {
    let takesText = false;
    socket.on('error', () => undefined);
    socket.write('220 here\r\n');
    socket.on('data', (data) => {
      if (takesText) socket.destroy();
      takesText = data.toString().startsWith('DATA');
      socket.write(takesText ? '354 go on\r\n' : '250 fine\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

/** Answers the first command with lines of which none is the last. */
async function startServerThatTalksOn(): Promise<{ port: number; talking: Promise<null> }> {
  const { promise: talking, resolve: begin } = Promise.withResolvers<null>();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 here\r\n');
    socket.once('data', () => {
      const timer = setInterval(() => socket.write('250-and another thing\r\n'), 50);
      socket.on('close', () => clearInterval(timer));
      begin(null);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { port: (server.address() as AddressInfo).port, talking };
}

function send(
  port: number,
  options: ChannelConfig['options'] = {},
  password: string | null = null,
  clock = createManualClock(),
) {
  const config: ChannelConfig = {
    id: 'mail',
    kind: 'email',
    name: 'Mail',
    enabled: true,
    minSeverity: 'low',
    practice: true,
    recipients: [],
    options: {
      host: '127.0.0.1',
      port: String(port),
      security: 'none',
      from: 'desk@example.com',
      ...options,
    },
  };
  const sender = email.open({
    config,
    secret: () => Promise.resolve(password),
    connections: createConnections({ clock, log: silentLogger, random: () => 0 }),
    clock,
  });
  const message = {
    id: 'm1',
    title: 'Bot: <b>halted</b>',
    body: 'Set by "auto-risk" & kept.',
    severity: 'critical',
    atMs: Date.UTC(2030, 0, 2, 3, 4, 5),
  } as const;
  return sender.send(message, 'you@example.com');
}

describe('e-mail', () => {
  it('arrives as text and as HTML in which nothing that a bot wrote is markup', async () => {
    const { mails, port } = await startMailServer();
    expect(await send(port)).toEqual({ kind: 'delivered' });
    const [mail] = mails;
    expect(mail?.to).toEqual(['you@example.com']);
    expect(mail?.raw).toMatch(/^Subject: \[CRITICAL\] Bot: <b>halted<\/b>$/m);
    expect(mail?.raw).toContain('Content-Type: text/plain');
    expect(mail?.raw).toContain('Content-Type: text/html');
    expect(mail?.raw).toContain('Bot: &lt;b&gt;halted&lt;/b&gt;');
    expect(mail?.raw).toContain('&quot;auto-risk&quot; &amp; kept.');
  });

  it('has the same id each time that it is tried, so that a mailbox can tell a repetition', async () => {
    const { mails, port } = await startMailServer();
    await send(port);
    await send(port);
    const ids = mails.map(({ raw }) => /^Message-ID:\s*(\S+)/m.exec(raw)?.[1]);
    expect(ids[0]).toBeDefined();
    expect(ids[1]).toBe(ids[0]);
  });

  it('signs in with the user and the password from the vault', async () => {
    const asked: unknown[] = [];
    const { mails, port } = await startMailServer({
      authOptional: false,
      onAuth({ username, password }, _session, callback) {
        asked.push([username, password]);
        callback(password === 'right' ? null : new Error('no'), { user: username });
      },
    });
    expect(await send(port, { user: 'me' }, 'wrong')).toEqual({
      kind: 'refused',
      reason: '127.0.0.1 does not accept the user and password.',
    });
    expect(await send(port, { user: 'me' }, 'right')).toEqual({ kind: 'delivered' });
    expect(asked).toEqual([
      ['me', 'wrong'],
      ['me', 'right'],
    ]);
    expect(mails).toHaveLength(1);
  });

  it.each([
    [451, 'later'],
    [550, 'refused'],
  ])('that is answered with %i is %s', async (responseCode, kind) => {
    const { mails, port } = await startMailServer({
      onRcptTo(_address, _session, callback) {
        callback(Object.assign(new Error('not now'), { responseCode }));
      },
    });
    expect(await send(port)).toMatchObject({ kind });
    expect(mails).toEqual([]);
  });

  it.each([
    [421, 'onMailFrom', 'later'],
    [451, 'onData', 'later'],
    [550, 'onMailFrom', 'refused'],
    [552, 'onData', 'refused'],
  ] as const)('that is answered with %i in %s is %s', async (responseCode, where, kind) => {
    const error = Object.assign(new Error('no'), { responseCode });
    const { mails, port } = await startMailServer(
      where === 'onMailFrom'
        ? { onMailFrom: (_address, _session, callback) => callback(error) }
        : {
            onData(stream, _session, callback) {
              stream.resume().on('end', () => callback(error));
            },
          },
    );
    expect(await send(port)).toMatchObject({ kind });
    expect(mails).toEqual([]);
  });

  it('S3 to a server whose certificate nobody vouches for is refused, and the password stays here', async () => {
    const asked: unknown[] = [];
    const { mails, port } = await startMailServer({
      hideSTARTTLS: false,
      onAuth(auth, _session, callback) {
        asked.push(auth);
        callback(null, { user: 'me' });
      },
    });
    const answer = await send(port, { security: 'starttls', user: 'me' }, 'hunter2hunter2');
    expect(answer).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect([asked, mails]).toEqual([[], []]);
  });

  it('that nobody listens for is tried later', async () => {
    const { port } = await startMailServer();
    for (const close of closers.splice(0)) await close();
    expect(await send(port)).toMatchObject({ kind: 'later' });
  });

  it('whose server breaks off with the text in its hands leaves the fate unknown', async () => {
    expect(await send(await startServerThatBreaksOff())).toMatchObject({ kind: 'unknown' });
  });

  it('whose server talks on without an end is given up after a minute, and tried later', async () => {
    const { port, talking } = await startServerThatTalksOn();
    const clock = createManualClock();
    const answer = send(port, {}, null, clock);
    await talking;
    await clock.advance(60_000);
    expect(await answer).toMatchObject({ kind: 'later' });
    expect(clock.pending()).toBe(0);
  });

  it('S3 beyond this computer is never sent without encryption', async () => {
    expect(await send(25, { host: 'mail.example.com' })).toEqual({
      kind: 'refused',
      reason: 'Without encryption mail is given to this computer alone: choose TLS or STARTTLS.',
    });
  });

  it('S3 with STARTTLS asked for and not offered, nothing is sent', async () => {
    const { mails, port } = await startMailServer();
    expect((await send(port, { security: 'starttls' })).kind).not.toBe('delivered');
    expect(mails).toEqual([]);
  });
});

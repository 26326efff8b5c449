import net from 'node:net';
import type { AddressInfo } from 'node:net';

import { describe, expect, it } from 'vitest';

import { failureOf, get, httpBench } from './testing/http-bench.ts';
import { startUntrustedServer } from './testing/untrusted-server.ts';

const bench = httpBench();
const { connect } = bench;

describe('credentials and origins', () => {
  const secret = { credentials: async () => ({ 'x-owner-id': 'captain' }) };

  it('S3 follows a redirect within the origin, with credentials', async () => {
    expect(await connect(secret).request(get('/redirect-here'))).toMatchObject({
      body: { path: '/echo?from=redirect', headers: { 'x-owner-id': 'captain' } },
    });
  });

  it('S3 sends nothing to another origin, not even without credentials', async () => {
    const failure = await failureOf(connect(secret).request(get('/redirect-elsewhere')));
    expect(failure.linkCause.code).toBe('bad-answer');
    expect(bench.server.requestsElsewhere).toHaveLength(0);
  });

  it('A5 does not repeat an act at another address', async () => {
    const failure = await failureOf(connect(secret).request(get('/redirect-here', { method: 'POST' })));
    expect(failure).toMatchObject({ sent: true, linkCause: { code: 'bad-answer' } });
    expect(bench.server.requestsTo('/echo')).toBe(0);
  });

  it('S3 refuses plain http to anything but this computer', async () => {
    for (const baseUrl of [
      'http://bot.example',
      'http://192.168.1.7:3001',
      'http://localhost.evil.example',
    ]) {
      const failure = await failureOf(connect({ ...secret, baseUrl }).request(get('/ok')));
      expect(failure).toMatchObject({ sent: false, linkCause: { code: 'insecure' } });
    }
  });

  it('S3 allows plain http where the person did', async () => {
    // Nothing listens there; what matters is that it is tried.
    const port = connect({ baseUrl: 'http://bot.invalid', allowPlainHttp: true });
    expect(await failureOf(port.request(get('/ok')))).toMatchObject({
      sent: false,
      linkCause: { code: 'unreachable' },
    });
  });

  it('S3 sends nothing to a server whose certificate nobody vouches for, and says why', async () => {
    const untrusted = await startUntrustedServer();
    const failure = await failureOf(connect({ ...secret, baseUrl: untrusted.address }).request(get('/ok')));
    expect(failure).toMatchObject({ sent: false, linkCause: { code: 'insecure' } });
    expect(failure.message).toContain('signed by itself');
    expect(untrusted.requests()).toBe(0);
    await untrusted.close();
  });

  it('S3 says so when a server does not speak TLS', async () => {
    const baseUrl = bench.server.address.replace('http:', 'https:');
    expect(await failureOf(connect({ baseUrl }).request(get('/ok')))).toMatchObject({
      sent: false,
      linkCause: { code: 'insecure' },
    });
    expect(bench.server.requests).toHaveLength(0);
  });
});

describe('unreachable servers', () => {
  it('says who refuses, and is certain that nothing was sent', async () => {
    const address = bench.server.address;
    await bench.server.close();
    const failure = await failureOf(connect({ baseUrl: address }).request(get('/ok', { method: 'POST' })));
    expect(failure).toMatchObject({ sent: false, linkCause: { code: 'refused' } });
  });

  it('names a host that does not exist, and is certain that nothing was sent', async () => {
    const failure = await failureOf(connect({ baseUrl: 'https://no-such-host.invalid' }).request(get('/ok')));
    expect(failure).toMatchObject({ sent: false, linkCause: { code: 'unreachable' } });
  });

  it('D1 gives up a TLS handshake that is never answered, certain that nothing was sent', async () => {
    const mute = net.createServer();
    const accepted = new Promise<net.Socket>((resolve) => mute.once('connection', resolve));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const request = failureOf(
      connect({ baseUrl: `https://127.0.0.1:${port}` }).request(get('/ok', { timeoutMs: 60_000 })),
    );
    const socket = await accepted;
    await bench.clock.advance(10_000);
    expect(await request).toMatchObject({ sent: false, linkCause: { code: 'timeout' } });
    socket.destroy();
    await new Promise((resolve) => mute.close(resolve));
  });
});

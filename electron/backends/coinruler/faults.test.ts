import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FaultServer } from '../../connections/testing/fault-server.ts';
import { startFaultServer } from '../../connections/testing/fault-server.ts';
import { HttpFailure } from '../../connections/port.ts';
import { createManualClock } from '../../lib/clock.ts';
import type { Client } from './client.ts';
import { createClient } from './client.ts';
import { openHttp } from './http.ts';
import { anyJson } from '../kit/reading.ts';
import { wireKillSwitch, wirePending } from './protocol.ts';
import { createHarness } from './testing/harness.ts';

let server: FaultServer;
let client: Client;

beforeEach(async () => {
  server = await startFaultServer();
  const clock = createManualClock();
  client = createClient(
    openHttp(createHarness({ address: server.address, ownerId: 'owner-SECRET', clock }).context).http,
  );
});

afterEach(async () => {
  client.http.dispose();
  await server.close();
});

const failure = async (path: string, timeoutMs = 10_000): Promise<HttpFailure> => {
  const error = await client
    .read(path, wirePending, { priority: 'read', timeoutMs })
    .catch((caught: unknown) => caught);
  if (!(error instanceof HttpFailure)) throw new Error(`${path} did not fail as it should`);
  return error;
};

describe('D5 a server that goes wrong, read', () => {
  it.each([
    ['/html', 'bad-answer'],
    ['/html-404', 'bad-answer'],
    ['/html-500', 'server-error'],
    ['/401', 'credentials'],
    ['/cut-json', 'bad-answer'],
    ['/nan', 'bad-answer'],
    ['/no-content-type', 'bad-answer'],
    ['/ok', 'bad-answer'],
    ['/truncated-json', 'closed'],
    ['/reset', 'closed'],
    ['/not-http', 'bad-answer'],
    ['/redirect-loop', 'bad-answer'],
    ['/redirect-elsewhere', 'bad-answer'],
    ['/compressed', 'bad-answer'],
    ['/endless-body', 'bad-answer'],
    ['/endless-headers', 'bad-answer'],
  ])('%s fails as %s, in words', async (path, code) => {
    const { linkCause } = await failure(path);
    expect(linkCause.code).toBe(code);
    expect(linkCause.message).not.toMatch(/[<{]|SECRET/);
    expect(linkCause.message.length).toBeLessThan(300);
  });

  it('S3 the owner id goes to no other origin', async () => {
    await failure('/redirect-elsewhere');
    expect(JSON.stringify(server.requestsElsewhere)).not.toContain('SECRET');
  });

  it('D5 bad UTF-8 in a text costs a character and not the answer', async () => {
    expect(await client.read('/bad-utf8-json', anyJson, { priority: 'read' })).toEqual({ name: 'caf\uFFFD' });
  });
});

describe('§7.6 Retry-After', () => {
  it('is kept with the failure, and nothing but panic goes out meanwhile', async () => {
    expect(await failure('/429')).toMatchObject({ linkCause: { code: 'rate-limited' }, retryAfterMs: 7_000 });
    // A reading that would rather fail than wait the seven seconds.
    expect((await failure('/ok', 5_000)).sent).toBe(false);
    expect(server.requestsTo('/ok')).toBe(0);
    expect((await client.send('POST', '/echo', {}, { priority: 'panic' })).kind).toBe('done');
  });
});

describe('A5 a server that goes wrong, acted on', () => {
  it.each(['/reset', '/truncated-json', '/not-http', '/html-500', '/html', '/cut-json'])(
    '%s leaves the fate unknown',
    async (path) => {
      expect((await client.send('POST', path, {}, { priority: 'decision' })).kind).toBe('unknown');
    },
  );

  it.each(['/401', '/html-404', '/429'])('%s is a refusal', async (path) => {
    expect((await client.send('POST', path, {}, { priority: 'decision' })).kind).toBe('refused');
  });
});

describe('a 503 while the server restarts', () => {
  it('is over when it is over', async () => {
    await failure('/503-then-ok');
    await failure('/503-then-ok');
    expect(await client.read('/503-then-ok', wireKillSwitch, { priority: 'read' })).toMatchObject({
      timestamp: null,
    });
  });
});

import { afterEach, describe, expect, it } from 'vitest';

import type { ManualClock } from '../../lib/clock.ts';
import type { Client } from '../testing/practice-client.ts';
import { startForTest } from '../testing/practice-client.ts';
import { practiceBackend } from '../port.ts';

let stop: (() => Promise<void>) | null = null;
afterEach(async () => {
  await stop?.();
  stop = null;
});

async function start(): Promise<{ client: Client; clock: ManualClock; ownerId: string }> {
  const { practice, client, clock } = await startForTest();
  stop = () => practice.stop();
  return { client, clock, ownerId: practiceBackend(practice.ready, 'coinruler').secrets.ownerId ?? '' };
}

describe('who may call (sheet 2)', () => {
  it('takes any of three owner headers, the first present counting', async () => {
    const { client, ownerId } = await start();
    const patch = (headers: Record<string, string>): Promise<number> =>
      client.call('POST', '/rotation/scheduler/check', {}, headers).then((reply) => reply.status);
    expect(await patch({ 'X-Owner': ownerId })).toBe(200);
    expect(await patch({ 'X-User-Id': ownerId })).toBe(200);
    expect(await patch({ 'X-Owner-Id': 'wrong', 'X-Owner': ownerId })).toBe(401);
    const refused = await client.call('POST', '/kill-switch', {});
    expect([refused.status, refused.text]).toEqual([401, '{"error":"Unauthorized"}']);
  });

  it('refuses a foreign origin with an HTML 500 before anything is counted', async () => {
    const { client } = await start();
    const reply = await client.call('GET', '/health', undefined, { origin: 'http://evil.example' });
    expect(reply.status).toBe(500);
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(reply.headers.get('x-ratelimit-remaining')).toBeNull();
  });
});

describe('answers that are no JSON (sheet 3)', () => {
  it('an unknown route is an HTML 404', async () => {
    const { client } = await start();
    const reply = await client.call('GET', '/nowhere');
    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(reply.text).toContain('<pre>Cannot GET /nowhere</pre>');
  });

  it('a malformed body is an HTML 400, a too large one an HTML 413', async () => {
    const { client } = await start();
    const malformed = await client.call('POST', '/approvals', '{"a":');
    expect(malformed.status).toBe(400);
    expect(malformed.text).toContain('<pre>SyntaxError: ');
    expect((await client.call('POST', '/approvals', { text: 'x'.repeat(110_000) })).status).toBe(413);
  });

  it('without the JSON content type a body counts as empty', async () => {
    const { client } = await start();
    const reply = await client.call('POST', '/approvals', '{"title":"lost"}', {
      'content-type': 'text/plain',
    });
    expect(reply.body).not.toHaveProperty('title');
  });
});

describe('the rate limit (sheet 1)', () => {
  it('lets 60 requests of a minute through, streams included, then answers 429 in HTML with Retry-After', async () => {
    const { client, clock } = await start();
    const live = await client.live();
    expect(live.headers['x-ratelimit-remaining']).toBe('59');
    const first = await client.call('GET', '/health');
    expect(first.headers.get('x-ratelimit-limit')).toBe('60');
    expect(first.headers.get('x-ratelimit-reset')).toBe(String(Math.ceil((clock.now() + 60_000) / 1_000)));
    for (let index = 0; index < 58; index += 1) await client.call('GET', '/health');
    await clock.advance(20_000);
    const refused = await client.call('GET', '/health');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(refused.headers.get('retry-after')).toBe('40');
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(refused.text).toBe('Too many requests, please try again later.');
    await clock.advance(40_000);
    expect((await client.call('GET', '/health')).status).toBe(200);
    live.close();
  });

  it('can be switched off for load tests', async () => {
    const { client } = await start();
    await client.control('rate-limit', { enabled: false });
    for (let index = 0; index < 70; index += 1)
      expect((await client.call('GET', '/health')).status).toBe(200);
  });
});

describe('the live stream (sheet 5.1)', () => {
  it('has the headers and the framing of the real one', async () => {
    const { client, clock } = await start();
    const live = await client.live();
    expect(live.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
      'transfer-encoding': 'chunked',
    });
    const iso = new Date(clock.now()).toISOString();
    await live.until('\n\n');
    expect(live.text()).toBe(`data: {"type":"connected","ts":"${iso}"}\n\n`);
    await clock.advance(30_000);
    expect(await live.until('heartbeat')).toBe(`data: {"type":"connected","ts":"${iso}"}\n\n: heartbeat\n\n`);
    live.close();
  });

  it('tells a forced snapshot twice, and replays nothing to those who come later', async () => {
    const { client } = await start();
    const live = await client.live();
    await client.call('POST', '/portfolio/snapshot/force', {});
    await client.control('alert', { message: 'end of test' });
    await live.until('end of test');
    const updates = live.frames().filter((frame) => frame.type === 'portfolio:updated');
    expect(updates).toHaveLength(2);
    expect(updates[0]).toEqual(updates[1]);
    const later = await client.live();
    await later.until('connected');
    expect(later.frames()).toHaveLength(1);
    live.close();
    later.close();
  });
});

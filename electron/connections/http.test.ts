import { describe, expect, it } from 'vitest';

import { failureOf, get, httpBench } from './testing/http-bench.ts';

const bench = httpBench();
const { connect } = bench;

describe('request', () => {
  it('answers JSON with its status and headers', async () => {
    const answer = await connect().request(get('/ok'));
    expect(answer).toMatchObject({ kind: 'json', status: 200, body: { ok: true } });
    expect(answer.headers['content-type']).toContain('application/json');
  });

  it('joins the path below the base address', async () => {
    await connect({ baseUrl: `${bench.server.address}/api/` }).request(get('/ok?limit=5'));
    expect(bench.server.requests[0]?.path).toBe('/api/ok?limit=5');
  });

  it.each(['POST', 'PATCH', 'PUT'] as const)('always sends a JSON object with %s', async (method) => {
    const port = connect();
    await port.request(get('/echo', { method }));
    await port.request(get('/echo', { method, body: { status: 'approved', note: 'größer' } }));
    expect(bench.server.requests.map(({ body }) => body)).toEqual([
      '{}',
      '{"status":"approved","note":"größer"}',
    ]);
    expect(bench.server.requests.map(({ headers }) => headers['content-type'])).toEqual([
      'application/json',
      'application/json',
    ]);
  });

  it('sends no body with GET and asks for no compression', async () => {
    await connect().request(get('/echo'));
    expect(bench.server.requests[0]).toMatchObject({ body: '', headers: { 'accept-encoding': 'identity' } });
    expect(bench.server.requests[0]?.headers['content-type']).toBeUndefined();
  });

  it('asks for the credentials anew each time, and lets nothing stand beside them', async () => {
    let ownerId = 'first';
    const port = connect({ credentials: async () => ({ 'X-Owner-Id': ownerId }) });
    await port.request(get('/echo', { headers: { 'x-owner-id': 'mine' } }));
    ownerId = 'second';
    await port.request(get('/echo'));
    expect(bench.server.requests.map(({ headers }) => headers['x-owner-id'])).toEqual(['first', 'second']);
  });

  it('keeps a connection for reads, and gives each act one of its own', async () => {
    const port = connect();
    await port.request(get('/ok'));
    await port.request(get('/ok'));
    expect(bench.server.connections).toBe(1);
    await port.request(get('/echo', { method: 'POST', priority: 'decision' }));
    await port.request(get('/ok', { priority: 'panic' }));
    expect(bench.server.connections).toBe(3);
  });

  it('D2 asks once more when a kept connection turns out to be dead', async () => {
    const port = connect();
    await port.request(get('/stale-keep-alive'));
    expect(await port.request(get('/stale-keep-alive'))).toMatchObject({ status: 200 });
    expect(bench.server.connections).toBe(2);
  });

  it('D5 does not ask twice on a fresh connection that breaks', async () => {
    const failure = await failureOf(connect().request(get('/reset')));
    expect(failure).toMatchObject({ sent: true, linkCause: { code: 'closed' } });
    expect(bench.server.requestsTo('/reset')).toBe(1);
  });

  it('A5 never sends an act twice, and says that its fate is unknown', async () => {
    const failure = await failureOf(
      connect().request(get('/reset', { method: 'PATCH', priority: 'decision' })),
    );
    expect(failure).toMatchObject({ sent: true, linkCause: { code: 'closed' } });
    expect(bench.server.requestsTo('/reset')).toBe(1);
  });

  it.each([
    '/../kill-switch',
    '/approvals/../kill-switch',
    '/approvals/%2E%2e/kill-switch',
    '/a\\..\\b',
    'approvals',
    '',
  ])('S3 does not ask for %j, which would lead elsewhere', async (path) => {
    expect(await failureOf(connect().request(get(path)))).toMatchObject({ sent: false });
    expect(bench.server.requests).toHaveLength(0);
  });

  it('D5 says so when a credential cannot be sent, without repeating it', async () => {
    const port = connect({ credentials: async () => ({ 'X-Owner-Id': 'line\nbreak' }) });
    const failure = await failureOf(port.request(get('/ok')));
    expect(failure).toMatchObject({ sent: false, linkCause: { code: 'credentials' } });
    expect(failure.message).not.toContain('break');
  });

  it('says so when the credentials cannot be read', async () => {
    const port = connect({ credentials: () => Promise.reject(new Error('vault')) });
    expect(await failureOf(port.request(get('/ok')))).toMatchObject({
      sent: false,
      linkCause: { code: 'credentials' },
    });
  });
});

describe('bad answers', () => {
  it.each([
    ['/html', 200],
    ['/html-404', 404],
    ['/html-500', 500],
  ])('D5 answers the HTML of %s as text', async (path, status) => {
    const answer = await connect().request(get(path));
    expect(answer).toMatchObject({ kind: 'text', status });
    expect(answer.body).toContain('<html>');
  });

  it.each(['/cut-json', '/nan', '/no-content-type'])('D5 does not take %s for JSON', async (path) => {
    expect(await connect().request(get(path))).toMatchObject({ kind: 'text', status: 200 });
  });

  it('D5 tolerates bytes that are not UTF-8', async () => {
    expect(await connect().request(get('/bad-utf8-json'))).toMatchObject({
      kind: 'json',
      body: { name: 'caf\uFFFD' },
    });
  });

  it.each([
    ['/truncated-json', 'closed'],
    ['/compressed', 'bad-answer'],
    ['/not-http', 'bad-answer'],
    ['/endless-headers', 'bad-answer'],
    ['/endless-body', 'bad-answer'],
    ['/redirect-loop', 'bad-answer'],
  ])('D5 ends %s as %s, with its fate unknown', async (path, code) => {
    expect(await failureOf(connect().request(get(path)))).toMatchObject({ sent: true, linkCause: { code } });
    await bench.server.sockets(0);
  });

  it('D5 refuses what is nested so deeply that reading it would overflow the stack, its fate unknown', async () => {
    const failure = await failureOf(connect().request(get('/deep-json')));
    expect(failure).toMatchObject({ sent: true, linkCause: { code: 'bad-answer' } });
    expect(failure.message).toContain('nested too deeply');
  });

  it('brackets that stand in a text nest nothing', async () => {
    expect(await connect().request(get('/brackets-in-text'))).toMatchObject({
      kind: 'json',
      body: { list: [[1], [2]] },
    });
  });

  it('D5 follows a redirect at most three times', async () => {
    await failureOf(connect().request(get('/redirect-loop')));
    expect(bench.server.requestsTo('/redirect-loop')).toBe(4);
  });

  it('answers an error status with its body, so that the caller can read it', async () => {
    expect(await connect().request(get('/503-then-ok'))).toMatchObject({
      status: 503,
      body: { error: 'Database not connected' },
    });
  });
});

describe('time', () => {
  it('D1 gives up a server that never answers, after the time of the request and not before', async () => {
    let settled = false;
    const request = failureOf(connect().request(get('/never-answers'))).finally(() => (settled = true));
    await bench.server.arrived('/never-answers', 1);
    await bench.clock.advance(4_999);
    expect(settled).toBe(false);
    await bench.clock.advance(1);
    expect(await request).toMatchObject({ sent: true, linkCause: { code: 'timeout' } });
    await bench.server.sockets(0);
  });

  it.each(['/slow-headers', '/slow-body', '/half-open'])(
    'D1 gives up %s although it goes on sending or stays open',
    async (path) => {
      const request = failureOf(connect().request(get(path)));
      await bench.server.arrived(path, 1);
      await bench.clock.advance(5_000);
      expect(await request).toMatchObject({ sent: true, linkCause: { code: 'timeout' } });
    },
  );

  it('gives up credentials that never come, and sends nothing when they come late', async () => {
    let give = (): void => undefined;
    const port = connect({ credentials: () => new Promise((resolve) => (give = () => resolve({}))) });
    const request = failureOf(port.request(get('/ok')));
    await bench.clock.advance(5_000);
    expect(await request).toMatchObject({ sent: false, linkCause: { code: 'timeout' } });
    give();
    await connect().request(get('/echo'));
    expect(bench.server.requestsTo('/ok')).toBe(0);
  });

  it('ends with the signal of the caller, before and after it was sent', async () => {
    const port = connect();
    expect(await failureOf(port.request(get('/ok', { signal: AbortSignal.abort() })))).toMatchObject({
      sent: false,
    });
    const controller = new AbortController();
    const request = failureOf(port.request(get('/never-answers', { signal: controller.signal })));
    await bench.server.arrived('/never-answers', 1);
    controller.abort();
    expect(await request).toMatchObject({ sent: true, linkCause: { code: 'closed' } });
    await bench.server.sockets(0);
  });
});

describe('limit of requests', () => {
  const budget = { limit: 6, windowMs: 60_000, keptForPanic: 1, keptForDecisions: 1 };

  it('D2 keeps to a refusal, with panic excepted', async () => {
    const port = connect({ budget });
    expect(await failureOf(port.request(get('/429')))).toMatchObject({
      sent: false,
      retryAfterMs: 7_000,
      linkCause: { code: 'rate-limited' },
    });
    expect(port.budget()).toMatchObject({ used: 1, retryAtMs: bench.clock.now() + 7_000 });
    expect(await failureOf(port.request(get('/ok')))).toMatchObject({ sent: false, retryAfterMs: 7_000 });
    expect(bench.server.requestsTo('/ok')).toBe(0);
    expect(await port.request(get('/ok', { priority: 'panic' }))).toMatchObject({ status: 200 });
    const patient = port.request(get('/ok', { timeoutMs: 10_000 }));
    await bench.clock.advance(7_000);
    expect(await patient).toMatchObject({ status: 200 });
  });

  it('counts streams and redirects, and not what was never sent', async () => {
    const port = connect({ budget: { ...budget, limit: 60 } });
    await port.request(get('/redirect-here'));
    for await (const message of port.stream({ ...get('/chat'), idleTimeoutMs: 5_000 }))
      expect(message).toBeDefined();
    expect(port.budget()).toMatchObject({ used: 3 });
    const address = bench.server.address;
    await bench.server.close();
    await failureOf(port.request(get('/ok')));
    expect(port.budget()).toMatchObject({ used: 3 });
    expect(address).toBe(bench.server.address);
  });

  it('tells no budget where there is none', () => {
    expect(connect().budget()).toBeNull();
  });
});

describe('dispose', () => {
  it('leaves no socket, no timer and nobody waiting', async () => {
    const port = connect({ budget: { limit: 1, windowMs: 60_000, keptForPanic: 0, keptForDecisions: 0 } });
    const onWire = failureOf(port.request(get('/never-answers')));
    await bench.server.arrived('/never-answers', 1);
    const queued = failureOf(port.request(get('/ok', { timeoutMs: 120_000 })));
    await bench.clock.advance(0);
    port.dispose();
    expect(await onWire).toMatchObject({ sent: true, linkCause: { code: 'disabled' } });
    expect(await queued).toMatchObject({ sent: false, linkCause: { code: 'disabled' } });
    expect(await failureOf(port.request(get('/ok')))).toMatchObject({
      sent: false,
      linkCause: { code: 'disabled' },
    });
    await bench.server.sockets(0);
    expect(bench.clock.pending()).toBe(0);
  });

  it('closes kept connections', async () => {
    const port = connect();
    await port.request(get('/ok'));
    expect(bench.server.openSockets()).toBe(1);
    port.dispose();
    await bench.server.sockets(0);
  });
});

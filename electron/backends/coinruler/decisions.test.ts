import { describe, expect, it } from 'vitest';

import { containing } from './testing/harness.ts';
import {
  ID,
  accepted,
  backend,
  clock,
  executableItem,
  fullPage,
  harness,
  lost,
  pending,
  pendingItem,
  perform,
  sent,
  server,
  startServerAnew,
  useStub,
} from './testing/acts-bench.ts';

useStub();

describe('A5 a mark that is answered with 200 and not with ok', () => {
  it.each([[null], [[]], [{}], [{ ok: false }], [{ success: true }]])(
    'A5 %j is none: its fate is not known, and it may yet show',
    async (json) => {
      pending(executableItem);
      server.on(`PATCH /approvals/${ID}`, { json });
      const answer = await perform('approval.approve', { approvalId: ID });
      expect(answer).toMatchObject({ kind: 'unknown', message: containing('not that it is marked') });
      const verified = await backend.acting.verify('approval.approve', { approvalId: ID }, answer);
      expect(verified.kind).toBe('pending');
    },
  );
});

describe('A5 a fresh read before each decision', () => {
  it('passes what is still pending, and shows it as it is now', async () => {
    pending(executableItem);
    const { checks, subject } = await backend.acting.prepare('approval.execute', { approvalId: ID });
    expect(checks.map(({ verdict }) => verdict)).toEqual(['pass']);
    expect(subject).toMatchObject({ id: ID, instrument: 'XRP', allocationPct: '10' });
  });

  it.each(['approval.approve', 'approval.decline', 'approval.execute'])(
    'blocks %s of one that is no longer pending',
    async (act) => {
      const { checks, subject } = await backend.acting.prepare(act, { approvalId: ID });
      expect(subject).toBeNull();
      expect(checks).toMatchObject([{ id: 'still-pending', verdict: 'block' }]);
    },
  );

  it('A2 blocks approving one that changed since it was shown', async () => {
    pending(executableItem);
    await backend.refresh();
    pending({
      ...executableItem,
      metadata: { intent: { action: { type: 'exit', symbol: 'XRP', allocationPct: 1 } } },
    });
    const { checks } = await backend.acting.prepare('approval.approve', { approvalId: ID });
    expect(checks).toMatchObject([{ verdict: 'pass' }, { id: 'unchanged', verdict: 'block' }]);
  });

  it('absence from a full page proves nothing: approving asks again, declining does not', async () => {
    pending(...fullPage);
    const approve = await backend.acting.prepare('approval.approve', { approvalId: ID });
    const decline = await backend.acting.prepare('approval.decline', { approvalId: ID });
    expect(approve.checks[0]?.verdict).toBe('warn');
    expect(decline.checks[0]?.verdict).toBe('pass');
  });

  it('A8 an unreadable list blocks approving and not declining', async () => {
    server.on('GET /approvals/pending', { status: 500, html: 'Error' });
    expect((await backend.acting.prepare('approval.approve', { approvalId: ID })).checks[0]?.verdict).toBe(
      'block',
    );
    expect((await backend.acting.prepare('approval.decline', { approvalId: ID })).checks[0]?.verdict).toBe(
      'pass',
    );
  });

  it('blocks executing what holds no trade', async () => {
    pending(pendingItem);
    const { checks } = await backend.acting.prepare('approval.execute', { approvalId: ID });
    expect(checks).toContainEqual(expect.objectContaining({ id: 'executable', verdict: 'block' }));
  });

  it('executing one that was approved before asks again', async () => {
    pending(executableItem);
    await backend.refresh();
    server.on(`PATCH /approvals/${ID}`, { json: { ok: true } });
    await perform('approval.approve', { approvalId: ID });
    pending();
    await backend.acting.verify('approval.approve', { approvalId: ID }, accepted);
    const { checks, subject } = await backend.acting.prepare('approval.execute', { approvalId: ID });
    expect(checks).toMatchObject([{ id: 'still-pending', verdict: 'warn' }]);
    expect(subject?.status).toBe('approved');
  });
});

describe('approving and declining', () => {
  it('marks with a PATCH that carries owner and name', async () => {
    server.on(`PATCH /approvals/${ID}`, { json: { ok: true } });
    expect(await perform('approval.decline', { approvalId: ID, reason: 'not now' })).toMatchObject({
      kind: 'accepted',
    });
    const [patch] = sent('PATCH');
    expect(patch?.body).toEqual({ status: 'declined', actedBy: 'quarterdeck' });
    expect(patch?.headers['x-owner-id']).toBe('owner-1');
    expect(patch?.headers['content-type']).toContain('application/json');
  });

  it.each([
    ['401', { status: 401, json: { error: 'Unauthorized' } }, 'refused', 'owner id'],
    [
      '403 without an owner set',
      { status: 403, json: { error: 'Owner protection not configured' } },
      'refused',
      'OWNER_ID',
    ],
    [
      '503 without a database',
      { status: 503, json: { error: 'Database not connected' } },
      'refused',
      'database',
    ],
    ['404 as a page', { status: 404, html: 'Cannot PATCH' }, 'refused', 'does not know'],
    ['500 with words', { status: 500, json: { error: 'input must be hex' } }, 'unknown', 'not known'],
    [
      'A5 409, which is none of its refusals',
      { status: 409, json: { error: 'Conflict' } },
      'unknown',
      'not known',
    ],
    ['502 as a page', { status: 502, html: 'Bad gateway' }, 'unknown', 'not known'],
    ['200 as a page', { status: 200, html: 'Welcome' }, 'unknown', 'not CoinRuler'],
  ] as const)('answered with %s', async (_, answer, kind, words) => {
    server.on(`PATCH /approvals/${ID}`, answer);
    const result = await perform('approval.approve', { approvalId: ID });
    expect(result.kind).toBe(kind);
    expect(result.message).toContain(words);
    expect(result.message).not.toContain('<');
  });

  it.each([
    [400, true],
    [404, true],
    [401, undefined],
    [429, undefined],
  ])('A5 a %i may have come after it acted: doubtful %s', async (status, doubtful) => {
    server.on(`PATCH /approvals/${ID}`, { status, json: { error: 'No' } });
    const answer = await perform('approval.approve', { approvalId: ID });
    expect(answer).toMatchObject({ kind: 'refused' });
    expect('doubtful' in answer ? answer.doubtful : undefined).toBe(doubtful);
  });

  it('A5 a broken connection is neither success nor failure', async () => {
    server.on(`PATCH /approvals/${ID}`, (response) => response.socket?.destroy());
    expect((await perform('approval.approve', { approvalId: ID })).kind).toBe('unknown');
  });

  it('A5 nothing was sent where nobody listens', async () => {
    await server.close();
    expect(await perform('approval.approve', { approvalId: ID })).toMatchObject({ kind: 'refused' });
    await startServerAnew();
  });

  it('an id cannot lead to another call', async () => {
    await perform('approval.approve', { approvalId: '../kill-switch' });
    expect(sent('PATCH').every(({ path }) => path.startsWith('/approvals/'))).toBe(true);
  });
});

describe('K4 verified by re-reading', () => {
  it('accepted and gone from the list is confirmed', async () => {
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, accepted)).kind).toBe(
      'confirmed',
    );
  });

  it('still pending is contradicted', async () => {
    pending(pendingItem);
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, accepted)).kind).toBe(
      'contradicted',
    );
  });

  it('A5 absence from a full page is unverifiable', async () => {
    pending(...fullPage);
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, accepted)).kind).toBe(
      'unverifiable',
    );
  });

  it('A5 a lost answer and no longer pending: the decision is unknown', async () => {
    const verification = await backend.acting.verify('approval.approve', { approvalId: ID }, lost);
    expect(verification.kind).toBe('unverifiable');
    expect(verification.message).toContain('what was decided is not known');
  });

  it('A5 a lost answer and still pending: it may be on its way, and after half a minute it is not', async () => {
    pending(pendingItem);
    server.on(`PATCH /approvals/${ID}`, (response) => response.socket?.destroy());
    const answer = await perform('approval.approve', { approvalId: ID });
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, answer)).kind).toBe(
      'pending',
    );
    await clock.advance(30_000);
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, answer)).kind).toBe(
      'contradicted',
    );
  });

  it('A5 the half minute is over in half a minute, although the clock was set back meanwhile', async () => {
    pending(pendingItem);
    server.on(`PATCH /approvals/${ID}`, (response) => response.socket?.destroy());
    const answer = await perform('approval.approve', { approvalId: ID });
    clock.jump(-3_600_000);
    await clock.advance(29_000);
    const verify = () => backend.acting.verify('approval.approve', { approvalId: ID }, answer);
    expect((await verify()).kind).toBe('pending');
    await clock.advance(1_000);
    expect((await verify()).kind).toBe('contradicted');
  });

  it('A5 the half minute is not over sooner because the clock was set forward', async () => {
    pending(pendingItem);
    server.on(`PATCH /approvals/${ID}`, (response) => response.socket?.destroy());
    const answer = await perform('approval.approve', { approvalId: ID });
    clock.jump(3_600_000);
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, answer)).kind).toBe(
      'pending',
    );
  });

  it('A5 an announcement after the clock was set back is of this decision', async () => {
    backend.start();
    await harness.event('link-status', ({ status }) => status.state.kind === 'live');
    server.on(`PATCH /approvals/${ID}`, { json: { ok: true } });
    pending(...fullPage);
    const answer = await perform('approval.decline', { approvalId: ID });
    clock.jump(-3_600_000);
    server.tell({
      type: 'approval:updated',
      data: { id: ID, status: 'declined', actedBy: 'quarterdeck' },
    });
    await harness.event('approval-status');
    expect(await backend.acting.verify('approval.decline', { approvalId: ID }, answer)).toMatchObject({
      kind: 'confirmed',
    });
  });

  it('A5 beyond a full page, what is announced while the list is read counts', async () => {
    backend.start();
    await harness.event('link-status', ({ status }) => status.state.kind === 'live');
    server.on(`PATCH /approvals/${ID}`, { json: { ok: true } });
    server.on('GET /approvals/pending', (response) => {
      server.tell({
        type: 'approval:updated',
        data: { id: ID.toUpperCase(), status: 'declined', actedBy: 'quarterdeck' },
      });
      void harness.event('approval-status').then(() => {
        const body = JSON.stringify({ count: 50, items: fullPage });
        response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      });
    });
    const answer = await perform('approval.decline', { approvalId: ID });
    expect(await backend.acting.verify('approval.decline', { approvalId: ID }, answer)).toMatchObject({
      kind: 'confirmed',
      message: containing('announced'),
    });
  });

  it('A5 beyond a full page, the announcement is waited for a moment, and then it cannot be told', async () => {
    pending(...fullPage);
    server.on(`PATCH /approvals/${ID}`, { json: { ok: true } });
    const answer = await perform('approval.decline', { approvalId: ID });
    const verify = () => backend.acting.verify('approval.decline', { approvalId: ID }, answer);
    expect((await verify()).kind).toBe('pending');
    await clock.advance(500);
    expect((await verify()).kind).toBe('unverifiable');
  });

  it('an unreadable list says to ask again', async () => {
    server.on('GET /approvals/pending', { status: 503, json: { error: 'x' } });
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, accepted)).kind).toBe(
      'pending',
    );
  });
});
